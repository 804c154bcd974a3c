using System.Text.Json;
using KismetPS.Export.Formats;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Cli.Tests;

public sealed class ImportTests : CliFolder
{
    [Fact]
    public void The_table_has_every_device_of_the_scene_and_nothing_for_a_terminal_to_act_on()
    {
        CliResult result = CliProcess.Run("import", Office);
        Assert.Equal(0, result.ExitCode);
        AssertPlain(result.Out);
        AssertScene(result.Lines.Where(static l => l.Length > 17 && l[2] == ':').Select(static l => l[..17]));
        Assert.Matches(@"(?m)^D8:C7:C8:4A:10:E1  AccessPoint  HF-Office\s+Aruba\s+1  WPA2-EAP\s+-\d\d\s+\d+\s+5$", result.Out);
        Assert.Contains("FcsError 26", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_lines_are_devices_and_read_back()
    {
        CliResult result = CliProcess.Run("import", Office, "--json");
        Assert.Equal(0, result.ExitCode);
        File.WriteAllText(At("d.jsonl"), result.Out);
        AssertScene(Read(At("d.jsonl")).Select(static d => d.MacAddress));
    }

    [Fact]
    public void Csv_and_files_of_every_format_hold_the_same_devices()
    {
        CliResult csv = CliProcess.Run("import", Office, "--csv");
        File.WriteAllText(At("stdout.csv"), csv.Out);
        List<string> expected = [.. Read(At("stdout.csv")).Select(static d => d.MacAddress)];
        AssertScene(expected);
        foreach (string name in new[] { "d.csv", "d.json", "d.jsonl" })
        {
            CliResult result = CliProcess.RunIn(Folder, null, "import", Office, "--output", name);
            Assert.Equal((0, string.Empty), (result.ExitCode, result.Out));
            Assert.Equal(expected, Read(At(name)).Select(static d => d.MacAddress));
        }

        Assert.Equal(csv.Out, File.ReadAllText(At("d.csv")));

        // And a file of devices converts into another.
        Assert.Equal(0, CliProcess.RunIn(Folder, null, "import", "d.json", "--output", "again.csv").ExitCode);
        Assert.Equal(csv.Out, File.ReadAllText(At("again.csv")));
    }

    [Fact]
    public void Networks_show_names_learnt_protections_and_widths()
    {
        CliResult result = CliProcess.Run("import", Office, "--networks");
        Assert.Equal(0, result.ExitCode);
        AssertPlain(result.Out);
        foreach (string row in new[]
        {
            @"HF-Office\s+D8:C7:C8:4A:37:F6\s+37\s+6135\s+160  be\s+WPA3-EAP-SUITE-B-192",
            @"HF-Office\s+D8:C7:C8:4A:22:F2\s+36\s+5180\s+80  ac\s+WPA2-EAP",
            @"HF-Guest\s+24:A4:3C:5B:01:60\s+6\s+2437\s+20  ax\s+WPA2/WPA3-PSK\+SAE",
            @"HF-6E\s+24:A4:3C:5B:01:65\s+5\s+5975\s+80  ax\s+WPA3-SAE",
            @"backroom\s+4C:5E:0C:77:00:06\s+6\s+2437",
            @"Harbour Free-owe\s+F2:9F:C2:30:44:00\s+44\s+5220\s+20  n\s+OWE",
            @"SCALE-07\s+00:1D:AA:03:07:11\s+11\s+2462\s+g\s+WEP",
            @"Café Möwe ☕\s+50:C7:BF:0D:CA:FE\s+3\s+2422",
            @"\\x1B\[2J\\x1B\[31mPWNED\s+02:BA:D0:00:00:02",
            @"=cmd\|' /c calc'!A0\s+02:BA:D0:00:00:02",
        })
        {
            Assert.Matches("(?m)^" + row, result.Out);
        }
    }

    [Fact]
    public void Alerts_tell_what_happened()
    {
        CliResult result = CliProcess.Run("import", Office, "--emit", "Alert", "--json");
        Assert.Equal(0, result.ExitCode);
        string[] kinds = [.. result.Lines.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("Type").GetString()!)];
        Assert.Empty(new[] { "ChannelChange", "DeauthenticationFlood", "BroadcastDisconnect", "SsidSpoof", "LongSsid" }.Except(kinds));
        Assert.DoesNotContain("BssTimestamp", kinds);
    }

    [Fact]
    public void Two_sensors_make_one_device_with_two_signals()
    {
        CliResult result = CliProcess.Run("import", TwoSensors, "--json");
        File.WriteAllText(At("d.jsonl"), result.Out);
        List<KismetDevice> devices = Read(At("d.jsonl"));
        AssertScene(devices.Select(static d => d.MacAddress), office: false, sensors: true);
        KismetDevice guest = devices.Single(static d => d.MacAddress == "24:A4:3C:5B:01:60");
        Assert.Equal(["4C:5E:0C:E0:57:01", "4C:5E:0C:E0:57:02"], guest.Sensors.Select(static s => s.SensorId).Order());
        Assert.InRange(guest.Packets, guest.Sensors.Max(static s => s.Packets), guest.Sensors.Sum(static s => s.Packets) - 1);
        Assert.Matches(@"sensor 4C:5E:0C:E0:57:01 \(east wing\): \d+ received, \d+ lost", result.Error);
    }

    [Fact]
    public void Packets_and_frames_stream()
    {
        CliResult packets = CliProcess.Run("import", TwoSensors, "--emit", "Packet", "--json");
        Assert.All(packets.Lines, static line => Assert.Equal(1, JsonDocument.Parse(line).RootElement.GetProperty("Version").GetInt32()));
        CliResult frames = CliProcess.Run("import", TwoSensors, "--emit", "Frame");
        Assert.Equal(packets.Lines.Length, frames.Lines.Length);
        Assert.Equal(7, CliProcess.Run("import", TwoSensors, "--emit", "Frame", "--first", "7").Lines.Length);
    }

    [Fact]
    public void A_damaged_capture_gives_what_came_before_and_exit_code_3()
    {
        byte[] bytes = File.ReadAllBytes(Office);
        File.WriteAllBytes(At("cut.pcapng"), bytes[..(bytes.Length / 2)]);
        CliResult result = CliProcess.RunIn(Folder, null, "import", "cut.pcapng");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("[CaptureDamaged]", result.Error, StringComparison.Ordinal);
        Assert.Contains("D8:C7:C8:4A:10:E1", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_records_of_a_device_file_are_named_and_exit_code_3()
    {
        File.WriteAllText(At("d.csv"), "MacAddress,Ssid,Vendor\n00:00:00:00:00:01,a,\u001b[31mx\nnonsense,b,c\n00:00:00:00:00:02,c,d\n");
        CliResult result = CliProcess.RunIn(Folder, null, "import", "d.csv");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("line 3", result.Error, StringComparison.Ordinal);
        Assert.Contains("00:00:00:00:00:02", result.Out, StringComparison.Ordinal);
        AssertPlain(result.Out);
    }

    [Fact]
    public void One_bad_file_does_not_spoil_the_others()
    {
        File.WriteAllText(At("text.pcap"), "no capture");
        CliResult result = CliProcess.RunIn(Folder, null, "import", "missing.pcap", "text.pcap", Office);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("[FileNotFound]", result.Error, StringComparison.Ordinal);
        Assert.Contains("[CaptureFormatUnknown]", result.Error, StringComparison.Ordinal);
        Assert.Contains("D8:C7:C8:4A:10:E1", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.pcap", "FileNotFound")]
    [InlineData("*.nothing", "FileNotFound")]
    [InlineData(".", "FileNotReadable")]
    public void What_cannot_be_read_is_one_error(string file, string id)
    {
        CliResult result = CliProcess.RunIn(Folder, null, "import", file);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"[{id}]", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    [Fact]
    public void Wildcards_are_expanded_where_no_shell_does()
    {
        CliResult result = CliProcess.RunIn(Path.GetDirectoryName(Office)!, null, "import", "*.pcap*", "--csv");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("office.pcapng: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("two-sensors.tzsp.pcap: ", result.Error, StringComparison.Ordinal);
    }

    private static List<KismetDevice> Read(string path)
    {
        var devices = new List<KismetDevice>();
        using DeviceFileReader reader = DeviceFileReader.Open(path);
        while (reader.TryRead(out KismetDevice? device))
        {
            devices.Add(device);
        }

        Assert.Equal(0, reader.BadRecords);
        return devices;
    }
}
