using KismetPS.Export.Formats;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Cli.Tests;

public sealed class DemoTests : CliFolder
{
    [Fact]
    public void The_demo_ends_with_the_devices_of_the_scene_in_tables_and_a_file()
    {
        CliResult result = CliProcess.RunIn(Folder, null, "demo", "--seconds", "2");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        AssertPlain(result.Out);

        var devices = new List<KismetDevice>();
        using (DeviceFileReader reader = DeviceFileReader.Open(At("devices.csv")))
        {
            while (reader.TryRead(out KismetDevice? device))
            {
                devices.Add(device);
            }
        }

        AssertScene(devices.Select(static d => d.MacAddress), office: true, sensors: true);
        Assert.Equal(devices.Select(static d => d.SignalDbm ?? int.MinValue).OrderDescending(), devices.Select(static d => d.SignalDbm ?? int.MinValue));
        Assert.Equal(["devices.csv"], Directory.GetFileSystemEntries(Folder).Select(static p => Path.GetFileName(p)));
        Assert.Contains($"{devices.Count} devices, the loudest first", result.Out, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^100 %  2,123 of 2,123 messages sent, \d+ devices, \d+ networks, \d+ alerts$", result.Out.Replace("\r", string.Empty, StringComparison.Ordinal));
        Assert.Matches(@"\d+ alerts: .*ChannelChange 1.*DeauthenticationFlood 1.*SsidSpoof 1", result.Out);
        Assert.Matches(@"2,123 received, 2,097 decoded, 26 dropped, 0 dropped by the kernel", result.Out);
        Assert.Matches(@"sensor 4C:5E:0C:E0:57:02 \(west wing\)", result.Out);
        Assert.Contains("Start-TzspListener", result.Out, StringComparison.Ordinal);
        Assert.Contains("kismetps import", result.Out, StringComparison.Ordinal);

        // Again in the same folder: its own file is replaced, into another format too.
        Assert.Equal(0, CliProcess.RunIn(Folder, null, "demo", "--seconds", "1", "--output", "devices.csv").ExitCode);
    }

    [Fact]
    public void A_file_that_is_not_its_own_is_left_alone()
    {
        File.WriteAllText(At("devices.csv"), "name,phone\nJo,123\n");
        CliResult result = CliProcess.RunIn(Folder, null, "demo", "--seconds", "1");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("[FileExists]", result.Error, StringComparison.Ordinal);
        Assert.Equal("name,phone\nJo,123\n", File.ReadAllText(At("devices.csv")));
    }

    [Theory]
    [InlineData("no/folder/devices.csv", "FileNotWritable")]
    [InlineData("devices.txt", "ArgumentInvalid")]
    public void An_output_that_cannot_be_written_is_told_before_the_show(string output, string id)
    {
        CliResult result = CliProcess.RunIn(Folder, null, "demo", "--seconds", "30", "--output", output);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"[{id}]", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    [UnixFact]
    public void Interrupted_it_shows_what_it_has_and_says_so()
    {
        using CliProcess demo = CliProcess.Start(Folder, "demo", "--seconds", "20");
        demo.WaitUntil(static p => p.Out.Contains("25 %", StringComparison.Ordinal));
        demo.Signal("TERM");
        CliResult result = demo.WaitForEnd();
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("interrupted", result.Out, StringComparison.Ordinal);
        Assert.Contains("MAC address", result.Out, StringComparison.Ordinal);
    }
}
