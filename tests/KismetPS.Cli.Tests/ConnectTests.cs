using System.Text.Json;
using KismetPS.Capture;
using KismetPS.Capture.Pcap;
using KismetPS.Kismet;
using KismetPS.Kismet.Text;
using KismetPS.Tracking;
using Xunit;
using Xunit.Sdk;

namespace KismetPS.Cli.Tests;

/// <summary>The program as a client of servers that run in this process: two processes and a real socket between them.</summary>
public sealed partial class ConnectTests : CliFolder
{
    [Theory]
    [InlineData("Unknown")]
    [InlineData("Stable")]
    [InlineData("Newcore")]
    public void A_client_has_the_devices_of_the_session_behind_the_server(string era)
    {
        using KismetImport import = Import();
        using KismetServer server = Serve(import, new KismetServerOptions { Era = Enum.Parse<TextEra>(era) });
        AssertSame(import, server.Port, stable: era == "Stable");
    }

    [Fact]
    public void One_of_our_processes_serves_another()
    {
        using CliProcess serve = CliProcess.Start(Folder, "serve", Office, "--port", "0");
        serve.WaitUntil(static p => ServingText().IsMatch(p.Error));
        using KismetImport same = Import();
        AssertSame(same, int.Parse(ServingText().Match(serve.Error).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), stable: false);
    }

    [Fact]
    public void Sentences_are_told_as_they_come_and_count_ends_it()
    {
        using KismetImport import = Import();
        using KismetServer server = Serve(import, new KismetServerOptions { Era = TextEra.Newcore });
        CliResult plain = CliProcess.Run("connect", "127.0.0.1", "--port", $"{server.Port}", "--emit", "Sentence", "--count", "40");
        Assert.Equal(0, plain.ExitCode);
        Assert.Equal(40, plain.Lines.Length);
        Assert.StartsWith("*KISMET: 0.0.0 ", plain.Lines[0], StringComparison.Ordinal);
        AssertPlain(plain.Out);
        CliResult json = CliProcess.Run("connect", "127.0.0.1", "--port", $"{server.Port}", "--emit", "Sentence", "--json", "--count", "40");
        JsonElement first = JsonDocument.Parse(json.Lines[0]).RootElement;
        Assert.Equal(("KISMET", "Newcore", "0.0.0"), (first.GetProperty("Name").GetString(), first.GetProperty("Era").GetString(), first.GetProperty("Fields").GetProperty("version").GetString()));
    }

    [Fact]
    public void A_server_that_goes_away_is_told_of_and_ends_it_only_without_reconnect()
    {
        using KismetImport import = Import();
        KismetServer server = Serve(import, new KismetServerOptions());
        using CliProcess stays = CliProcess.Start(Folder, "connect", "127.0.0.1", "--port", $"{server.Port}", "--json", "--output", "kept.csv");
        using CliProcess ends = CliProcess.Start(Folder, "connect", "127.0.0.1", "--port", $"{server.Port}", "--no-reconnect", "--json");
        stays.WaitUntil(static p => p.Out.Contains('\n', StringComparison.Ordinal));
        ends.WaitUntil(static p => p.Out.Contains('\n', StringComparison.Ordinal));
        server.Dispose();
        CliResult ended = ends.WaitForEnd();
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("[ConnectionLost]", ended.Error, StringComparison.Ordinal);
        stays.WaitUntil(static p => p.Error.Contains("trying again", StringComparison.Ordinal));
        Assert.False(stays.HasExited);
        if (!OperatingSystem.IsWindows())
        {
            stays.Signal("TERM");
            CliResult stopped = stays.WaitForEnd();
            Assert.Equal(0, stopped.ExitCode);
            Assert.Single(stopped.Error.Split("trying again")[1..]);
            Assert.True(File.ReadLines(At("kept.csv")).Count() > 30);
        }
    }

    [Fact]
    public void Frames_of_a_drone_are_tracked_here_and_written_to_a_file()
    {
        using TzspListener listener = TzspListener.Start(new KismetPS.Capture.Tzsp.TzspListenerOptions { Port = 0, Address = System.Net.IPAddress.Loopback });
        using KismetServer server = Serve(listener, new KismetServerOptions { DronePort = 0 });
        int port = server.DronePort ?? throw new InvalidOperationException("There is no drone port.");
        using CliProcess drone = CliProcess.Start(Folder, "connect", "127.0.0.1", "--drone", "--port", $"{port}", "--capture", "drone.pcapng", "--emit", "Frame", "--json", "--count", "100");
        drone.WaitUntil(static p => p.Error.Contains("connected to the drone", StringComparison.Ordinal));
        CliResult sent = CliProcess.Run("send", TwoSensors, "--to", "127.0.0.1", "--port", $"{listener.Port}", "--rate", "500");
        Assert.Equal(0, sent.ExitCode);
        CliResult result = drone.WaitForEnd();
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(100, result.Lines.Length);
        Assert.Equal(0, CliProcess.Run("import", At("drone.pcapng")).ExitCode);
    }

    [Theory]
    [InlineData("frames", "connect", "h", "--emit", "Frame")]
    [InlineData("TZSP", "connect", "h", "--emit", "Packet")]
    [InlineData("no sentences", "connect", "h", "--emit", "Sentence", "--protocol", "Rest")]
    [InlineData("no sentences", "connect", "h", "--emit", "Sentence", "--drone")]
    [InlineData("--tls", "connect", "h", "--drone", "--tls")]
    [InlineData("--capture", "connect", "h", "--capture", "x.pcapng")]
    [InlineData("--port", "connect", "h", "--port", "65536")]
    [InlineData("--timeout", "connect", "h", "--timeout", "0")]
    [InlineData("--watch", "connect", "h", "--watch", "--json")]
    [InlineData("no sentences", "listen", "--emit", "Sentence")]
    [InlineData("no sentences", "import", "x.pcap", "--emit", "Sentence")]
    public void What_makes_no_sense_is_refused(string why, params string[] arguments)
    {
        CliResult result = CliProcess.Run(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(why, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_fails_has_its_id()
    {
        CliResult refused = CliProcess.Run("connect", "127.0.0.1", "--port", $"{TestKit.ScriptedPeer.ClosedPort()}");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"[{KismetErrorId.ConnectionRefused}]", refused.Error, StringComparison.Ordinal);
        CliResult unknown = CliProcess.Run("connect", "no-such-host.invalid");
        Assert.Contains($"[{KismetErrorId.HostNotFound}]", unknown.Error, StringComparison.Ordinal);
    }

    // Nothing but the time tells it that all was said; a busy machine needs more of it.
    private void AssertSame(KismetImport import, int port, bool stable)
    {
        foreach (int seconds in new[] { 3, 15 })
        {
            try
            {
                AssertSame(import, port, stable, seconds);
                return;
            }
            catch (XunitException)
            {
                // Once more, with more time.
            }
        }

        AssertSame(import, port, stable, 60);
    }

    private void AssertSame(KismetImport import, int port, bool stable, int seconds)
    {
        CliResult result = CliProcess.RunIn(Folder, null, "connect", "127.0.0.1", "--port", $"{port}", "--emit", "Network", "--json", "--output", "told.jsonl", "--duration", $"{seconds}");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"connected to 127.0.0.1:{port}", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("left out", result.Error, StringComparison.Ordinal);

        Dictionary<string, JsonElement> told = File.ReadLines(At("told.jsonl")).Select(static l => JsonDocument.Parse(l).RootElement).ToDictionary(static d => d.GetProperty("MacAddress").GetString()!);
        IReadOnlyList<KismetDevice> devices = import.GetDevices();
        Assert.Equal(devices.Select(static d => d.MacAddress).Order(StringComparer.Ordinal), told.Keys.Order(StringComparer.Ordinal));

        // Stable has no frequencies, so that a channel of 6 GHz reads as one of the older bands, and counts frames of access points for their networks only.
        string[] fields = ["Ssid", "Channel", "SignalDbm", "Vendor", "IsRandomized"];
        foreach (string field in stable ? fields : [.. fields, "FrequencyMHz", "DataPackets", "EncryptedPackets", "Bytes", "Encryption"])
        {
            // What a bridge over the air uses is in no sentence.
            Assert.All(devices.Where(d => field != "Encryption" || d.Type != KismetDeviceType.Wds), d => Assert.Equal((d.MacAddress, field, Of(d, field)), (d.MacAddress, field, told[d.MacAddress].GetProperty(field).ToString())));
        }

        // A bridge over the air is an access point to this protocol, and so is whoever is behind one, since it is in no network.
        Assert.All(devices.Where(static d => d.Type != KismetDeviceType.Wds && d is not { Type: KismetDeviceType.Bridged, Bssid: null }), d => Assert.Equal((d.MacAddress, $"{d.Type}"), (d.MacAddress, told[d.MacAddress].GetProperty("Type").GetString())));

        // Stable has one name for each network.
        Func<string?, string?, string, string> key = (bssid, ssid, channel) => stable ? $"{bssid} {channel}" : $"{bssid} {ssid} {channel}";
        Assert.Equal(
            import.GetNetworks().Select(n => key(n.Bssid, n.Ssid, $"{n.Channel}")).Distinct().Order(StringComparer.Ordinal),
            result.Lines.Select(static l => JsonDocument.Parse(l).RootElement).Select(n => key(n.GetProperty("Bssid").GetString(), n.GetProperty("Ssid").GetString(), n.GetProperty("Channel").ToString())).Distinct().Order(StringComparer.Ordinal));
    }

    private static KismetImport Import()
    {
        KismetImport import = KismetImport.Start(Office, new CaptureFileOptions());
        Assert.True(import.Completion.Wait(TimeSpan.FromSeconds(180)));
        return import;
    }

    private static KismetServer Serve(DeviceSession session, KismetServerOptions options) =>
        KismetServer.Start([session], options with { Port = 0, Address = System.Net.IPAddress.Loopback });

    private static string Of(KismetDevice device, string field) =>
        Convert.ToString(typeof(KismetDevice).GetProperty(field)!.GetValue(device), System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty;

    [System.Text.RegularExpressions.GeneratedRegex(@"serving .*?:(\d+)")]
    private static partial System.Text.RegularExpressions.Regex ServingText();
}
