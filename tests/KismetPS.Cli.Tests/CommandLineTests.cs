using Xunit;

namespace KismetPS.Cli.Tests;

public sealed class CommandLineTests : CliFolder
{
    [Fact]
    public void Help_names_every_command()
    {
        CliResult result = CliProcess.Run("--help");
        Assert.Equal(0, result.ExitCode);
        foreach (string command in new[] { "demo", "listen", "import", "send", "serve", "decode", "vendors", "interfaces" })
        {
            Assert.Matches($@"(?m)^\s+{command}\b", result.Out);
        }
    }

    [Theory]
    [InlineData("demo", "--output", "--seconds")]
    [InlineData("listen", "--port", "--address", "--sensor", "--capture", "--duration", "--idle-timeout", "--count", "--emit", "--watch", "--json", "--output")]
    [InlineData("import", "--csv", "--json", "--networks", "--emit", "--output", "--first", "--speed")]
    [InlineData("send", "--to", "--port", "--rate", "--loop", "--serial", "--name")]
    [InlineData("serve", "--listen", "--interface", "--port", "--address", "--allow", "--max-client", "--certificate", "--allow-control", "--drone-port", "--drone-protocol", "--duration")]
    [InlineData("decode", "--as", "--json")]
    [InlineData("vendors", "--json")]
    [InlineData("interfaces", "--json")]
    public void Help_of_a_command_names_its_options_and_the_exit_codes(string command, params string[] options)
    {
        CliResult result = CliProcess.Run(command, "--help");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Exit codes: 0 done", string.Join(' ', result.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.All(options, option => Assert.Contains(option, result.Out, StringComparison.Ordinal));
        Assert.Empty(result.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("listen --port 70000")]
    [InlineData("listen --port abc")]
    [InlineData("listen --duration soon")]
    [InlineData("listen --sensor somewhere")]
    [InlineData("listen --sensor 10.20/16")]
    [InlineData("listen --address nowhere")]
    [InlineData("listen --emit Everything")]
    [InlineData("listen --watch --json")]
    [InlineData("listen --watch --count 3")]
    [InlineData("import")]
    [InlineData("import x --csv --json")]
    [InlineData("import x --csv --networks")]
    [InlineData("import x --output y.csv --emit Alert")]
    [InlineData("import x --speed 0")]
    [InlineData("import x --emit Everything")]
    [InlineData("import x --speed fast")]
    [InlineData("send x --to localhost --rate fast")]
    [InlineData("listen --count many --watch")]
    [InlineData("send x")]
    [InlineData("send x --to localhost --rate -1")]
    [InlineData("send x --to localhost --serial 12")]
    [InlineData("send x --to localhost --port 0")]
    [InlineData("serve --port 70000")]
    [InlineData("serve --listen 70000")]
    [InlineData("serve --allow somewhere")]
    [InlineData("serve --drone-protocol Stable")]
    [InlineData("serve --drone-port 0 --drone-protocol Unknown")]
    [InlineData("serve --key x")]
    [InlineData("decode")]
    [InlineData("decode 00 --as Toast")]
    [InlineData("vendors")]
    [InlineData("demo --seconds 0")]
    [InlineData("demo extra")]
    public void Wrong_usage_is_exit_code_2_with_the_reason_and_where_to_look(string line)
    {
        CliResult result = CliProcess.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("kismetps: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("--help'", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    [Fact]
    public void Version_is_told()
    {
        CliResult result = CliProcess.Run("--version");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", result.Out);
    }

    [Fact]
    public void Vendors_come_from_the_registry_and_random_addresses_are_named_so()
    {
        CliResult result = CliProcess.Run("vendors", "000c.421f.65e9", "b8-27-eb-00-00-01", "DAA1195E8B03", "01:00:5e:00:00:01", "ff:ff:ff:ff:ff:ff");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"(?m)^00:0C:42:1F:65:E9  Routerboard", result.Out);
        Assert.Matches(@"(?m)^B8:27:EB:00:00:01  Raspberry Pi", result.Out);
        Assert.Matches(@"(?m)^DA:A1:19:5E:8B:03  \(locally administered", result.Out);
        Assert.Matches(@"(?m)^01:00:5E:00:00:01  \(a group", result.Out);
        Assert.Matches(@"(?m)^FF:FF:FF:FF:FF:FF  \(everybody", result.Out);

        CliResult json = CliProcess.Run("vendors", "--json", "00:0C:42:1F:65:E9", "nothing");
        Assert.Equal(1, json.ExitCode);
        Assert.Contains("nothing", json.Error, StringComparison.Ordinal);
        using var document = System.Text.Json.JsonDocument.Parse(Assert.Single(json.Lines));
        Assert.Equal("00:0C:42:1F:65:E9", document.RootElement.GetProperty("MacAddress").GetString());
        Assert.False(document.RootElement.GetProperty("IsRandomized").GetBoolean());
    }

    [Fact]
    public void Interfaces_are_listed_or_the_missing_library_is_named()
    {
        CliResult result = CliProcess.Run("interfaces");
        if (result.ExitCode == 0)
        {
            Assert.StartsWith("Name", result.Out, StringComparison.Ordinal);
            AssertPlain(result.Out);
        }
        else
        {
            Assert.Equal(1, result.ExitCode);
            Assert.Contains("[PcapLibraryMissing]", result.Error, StringComparison.Ordinal);
        }
    }
}
