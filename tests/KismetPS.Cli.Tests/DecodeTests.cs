using System.Text;
using System.Text.Json;
using KismetPS.TestKit.Frames;
using KismetPS.Wireless;
using Xunit;

namespace KismetPS.Cli.Tests;

public sealed class DecodeTests : CliFolder
{
    private static readonly MacAddress s_ap = MacAddress.Parse("00:0C:42:1F:65:E9");
    private static readonly FrameBuilder s_beacon = FrameBuilder.Beacon(s_ap, Encoding.UTF8.GetBytes("a\u001b[2J[red]"), 11, SecurityPreset.Wpa2Psk);

    public static TheoryData<string, string> Forms => new()
    {
        { "Auto", Convert.ToHexString(s_beacon.Build()) },
        { "Dot11", Convert.ToHexString(s_beacon.Build()) },
        { "Auto", Convert.ToHexString(s_beacon.BuildRadiotap()) },
        { "radiotap", Convert.ToHexString(s_beacon.BuildRadiotap()) },
        { "Auto", "01000012" + "0A01C4" + "12010B" + "01" + Convert.ToHexString(s_beacon.Build()) },
        { "Tzsp", "01000012" + "01" + Convert.ToHexString(s_beacon.Build()) },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_frame_is_decoded_in_every_form(string form, string hex)
    {
        foreach ((string[] arguments, string? input) in new[]
        {
            (new[] { hex }, (string?)null),
            (["0x" + string.Join(':', hex.Chunk(2).Select(static c => new string(c)))], null),
            (["-"], string.Join('\n', hex.Chunk(32).Select(static c => new string(c))) + "\n"),
            ([WriteFile(Convert.FromHexString(hex))], null),
        })
        {
            CliResult result = CliProcess.RunIn(Folder, input, ["decode", "--as", form, .. arguments]);
            Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
            Assert.Contains("Beacon 00:0C:42:1F:65:E9 > FF:FF:FF:FF:FF:FF", result.Out, StringComparison.Ordinal);
            Assert.Matches(@"Ssid\s+a\\x1B\[2J\[red\]", result.Out);
            Assert.Matches(@"Security\s+WPA2-PSK CCMP", result.Out);
            Assert.Matches(@"(?m)^  Channel\s+11\s*$", result.Out);
            AssertPlain(result.Out);
        }
    }

    [Fact]
    public void Json_has_a_line_for_the_message_and_one_for_the_frame()
    {
        CliResult result = CliProcess.Run("decode", "--json", "010000120a01c412010b01" + Convert.ToHexString(s_beacon.Build()));
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2, result.Lines.Length);
        using JsonDocument message = JsonDocument.Parse(result.Lines[0]);
        using JsonDocument frame = JsonDocument.Parse(result.Lines[1]);
        Assert.Equal(-60, message.RootElement.GetProperty("SignalDbm").GetInt32());
        Assert.Equal(2, message.RootElement.GetProperty("Tags").GetArrayLength());
        Assert.Equal("Beacon", frame.RootElement.GetProperty("Subtype").GetString());
        Assert.Equal("a\\x1B[2J[red]", frame.RootElement.GetProperty("Ssid").GetString());
    }

    [Fact]
    public void A_capture_is_decoded_frame_by_frame()
    {
        CliResult result = CliProcess.Run("decode", TwoSensors);
        Assert.Equal(0, result.ExitCode);
        Assert.True(result.Lines.Length > 300);
        Assert.Contains(result.Lines, static line => line.Contains("Beacon", StringComparison.Ordinal) && line.Contains("'HF-Guest'", StringComparison.Ordinal));
        AssertPlain(result.Out);
    }

    [Theory]
    [InlineData("80", "FrameInvalid")]
    [InlineData("01", "FrameInvalid")]
    [InlineData("zz", "ArgumentInvalid")]
    [InlineData("123", "ArgumentInvalid")]
    [InlineData("--as Tzsp 0200001201", "TzspInvalid")]
    [InlineData("--as Tzsp 01000012", "TzspInvalid")]
    public void What_is_no_frame_is_a_failure_with_its_id(string line, string id)
    {
        CliResult result = CliProcess.Run(["decode", .. line.Split(' ')]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"[{id}]", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void No_bytes_bring_it_down()
    {
        var random = new Random(5);
        for (int i = 0; i < 6; i++)
        {
            var bytes = new byte[random.Next(1, 400)];
            random.NextBytes(bytes);
            bytes[0] = (byte)(i % 2);
            CliResult result = CliProcess.Run("decode", Convert.ToHexString(bytes));
            Assert.InRange(result.ExitCode, 0, 3);
            Assert.DoesNotContain("InternalFailure", result.Error, StringComparison.Ordinal);
            AssertPlain(result.Out);
        }
    }

    private string WriteFile(byte[] bytes)
    {
        File.WriteAllBytes(At("frame.bin"), bytes);
        return At("frame.bin");
    }
}
