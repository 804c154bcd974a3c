using System.Text.Json;
using KismetPS.Capture.Pcap;
using KismetPS.Capture.Tzsp;
using Xunit;

namespace KismetPS.Cli.Tests;

public sealed class ListenTests : CliFolder
{
    [UnixFact]
    public void What_is_sent_is_heard_and_SIGTERM_ends_with_a_summary()
    {
        using CliProcess listen = CliProcess.Start(Folder, "listen", "--port", "0", "--address", "127.0.0.1", "--capture", "heard.pcapng", "--output", "heard.csv");
        int port = listen.WaitForPort();
        CliResult sent = CliProcess.Run("send", TwoSensors, "--to", "127.0.0.1", "--port", $"{port}", "--rate", "1000");
        Assert.Equal(0, sent.ExitCode);
        Assert.Matches(@"333 messages sent to 127\.0\.0\.1:\d+", sent.Error);
        listen.WaitUntil(static p => p.Out.Split('\n').Length > 42);
        listen.Signal("TERM");
        CliResult result = listen.WaitForEnd();

        Assert.Equal(0, result.ExitCode);
        AssertScene(result.Lines.Select(static l => l.Split("  ")[1]), office: false, sensors: true);
        Assert.All(result.Lines, static line => Assert.StartsWith("+ ", line, StringComparison.Ordinal));
        Assert.Contains("333 received, 333 decoded, 0 dropped, 0 dropped by the kernel", result.Error, StringComparison.Ordinal);
        Assert.Matches(@"sensor 4C:5E:0C:E0:57:01 \(east wing\): \d+ received, 2 lost", result.Error);
        Assert.Contains("wrote heard.csv", result.Error, StringComparison.Ordinal);
        AssertPlain(result.Out);

        // The capture holds what was heard.
        CliResult again = CliProcess.RunIn(Folder, null, "import", "heard.pcapng");
        AssertScene(again.Lines.Where(static l => l.Length > 17 && l[2] == ':').Select(static l => l[..17]), office: false, sensors: true);
        Assert.Contains("333 received, 333 decoded", again.Error, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Ctrl_C_ends_with_a_summary()
    {
        using CliProcess listen = CliProcess.Start(Folder, "listen", "--port", "0", "--address", "127.0.0.1", "--json");
        listen.WaitForPort();
        listen.Signal("INT");
        CliResult result = listen.WaitForEnd();
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("0 received, 0 decoded", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    [Fact]
    public void Count_ends_a_stream_of_frames()
    {
        using CliProcess listen = CliProcess.Start(Folder, "listen", "--port", "0", "--address", "127.0.0.1", "--emit", "Frame", "--json", "--count", "25");
        Send(listen.WaitForPort(), TwoSensors);
        CliResult result = listen.WaitForEnd();
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(25, result.Lines.Length);
        Assert.All(result.Lines, static line => Assert.True(JsonDocument.Parse(line).RootElement.TryGetProperty("Subtype", out _)));
    }

    [Fact]
    public void Silence_ends_it_and_alerts_are_told_as_they_come()
    {
        using CliProcess listen = CliProcess.Start(Folder, "listen", "--port", "0", "--address", "127.0.0.1", "--emit", "Alert", "--idle-timeout", "10");
        int port = listen.WaitForPort();

        // A busy machine may lose a part of what is sent at once: then it is sent again.
        for (int i = 0; i < 20 && !listen.Out.Contains("DeauthenticationFlood", StringComparison.Ordinal); i++)
        {
            SendAtOnce(port, Office, 1000);
            Thread.Sleep(500);
        }

        Assert.False(listen.HasExited);
        CliResult result = listen.WaitForEnd();
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("DeauthenticationFlood", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Strangers_are_dropped_and_counted()
    {
        using CliProcess listen = CliProcess.Start(Folder, "listen", "--port", "0", "--address", "127.0.0.1", "--sensor", "192.0.2.0/24", "198.51.100.7", "--idle-timeout", "10s");
        SendAtOnce(listen.WaitForPort(), TwoSensors, 500);
        CliResult result = listen.WaitForEnd();
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Out);
        Assert.Contains("SensorNotAllowed 333", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_watch_without_a_terminal_lists_instead()
    {
        CliResult result = CliProcess.Run("listen", "--port", "0", "--address", "127.0.0.1", "--watch", "--duration", "00:00:01");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("no terminal", result.Error, StringComparison.Ordinal);
        AssertPlain(result.Out);
    }

    [Fact]
    public void A_port_in_use_is_an_error_at_once()
    {
        using var socket = new System.Net.Sockets.UdpClient(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        int port = ((System.Net.IPEndPoint)socket.Client.LocalEndPoint!).Port;
        CliResult result = CliProcess.Run("listen", "--port", $"{port}", "--address", "127.0.0.1");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("[AddressInUse]", result.Error, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_reader_that_goes_away_ends_it()
    {
        using CliProcess listen = CliProcess.StartUnread("listen", "--port", "0", "--address", "127.0.0.1", "--emit", "Frame", "--json");
        int port = listen.WaitForPort();
        listen.CloseOutput();
        Send(port, TwoSensors);
        CliResult result = listen.WaitForEnd();
        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("InternalFailure", result.Error, StringComparison.Ordinal);
    }

    [UnixFact]
    public void An_interrupted_send_says_how_far_it_came()
    {
        using CliProcess send = CliProcess.Start(Folder, "send", Office, "--to", "127.0.0.1", "--port", "9", "--rate", "50");
        send.WaitUntil(static p => p.Error.Contains("sending to", StringComparison.Ordinal));
        Thread.Sleep(500);
        send.Signal("INT");
        CliResult result = send.WaitForEnd();
        Assert.Equal(130, result.ExitCode);
        Assert.Matches(@"\d+ messages sent to 127\.0\.0\.1:9", result.Error);
    }

    [Fact]
    public void A_loop_sends_again_and_a_name_that_does_not_resolve_is_an_error()
    {
        CliResult twice = CliProcess.Run("send", TwoSensors, "--to", "127.0.0.1", "--port", "9", "--rate", "0", "--loop", "2");
        Assert.Equal(0, twice.ExitCode);
        Assert.Contains("666 messages sent", twice.Error, StringComparison.Ordinal);
        CliResult lost = CliProcess.Run("send", TwoSensors, "--to", "no-such-host.invalid");
        Assert.Equal(1, lost.ExitCode);
        Assert.Contains("[HostNotFound]", lost.Error, StringComparison.Ordinal);
    }

    // From this process: on a busy machine a sender of its own may take longer to start than the listener waits.
    private static void SendAtOnce(int port, string file, double rate)
    {
        using var sender = new TzspSender("127.0.0.1", port, new TzspSenderOptions { Rate = rate });
        using var source = new CaptureFileSource(file, new CaptureFileOptions());
        source.Open();
        var sink = new ReplaySink(_ => sender, onSent: null, CancellationToken.None);
        source.Tap = sink;
        source.Run(sink, CancellationToken.None);
    }

    private static void Send(int port, string file) =>
        Assert.Equal(0, CliProcess.Run("send", file, "--to", "127.0.0.1", "--port", $"{port}", "--rate", "2000", "--serial", "4C:5E:0C:00:00:01", "--name", "test").ExitCode);
}
