using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Cli.Tests;

public sealed class ForwardTests : CliFolder
{
    private const string Key = "0123456789ABCDEF0123456789ABCDEF";

    [Fact]
    public async Task Frames_of_a_capture_are_sent_to_a_server()
    {
        using var listener = new ScriptedPeer();
        Task<CliResult> running = Task.Run(() => CliProcess.Run("forward", Office, "--to", "127.0.0.1", "--port", $"{listener.Port}", "--speed", "0", "--source-name", "file"));
        using RemoteCapturePeer peer = await RemoteCapturePeer.AcceptAsync(listener);
        (RemoteFrame source, _) = await peer.OpenAsync();
        Assert.Equal("kismetps:name=file,type=pcapfile", source.Fields[1]);
        int packets = 0;
        RemoteFrame? frame;
        while ((frame = await peer.ReadAsync()) is { Command: 16 })
        {
            packets++;
        }

        Assert.Equal(4, frame!.Command);
        Assert.True(packets > 100);
        peer.Dispose();
        CliResult result = await running;
        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"{packets} sent, 0 queued, 0 dropped", result.Error, StringComparison.Ordinal);
        AssertPlain(result.Error);
    }

    [UnixFact]
    public async Task What_is_heard_goes_through_a_WebSocket_until_SIGTERM()
    {
        await File.WriteAllTextAsync(At("key"), Key + "\nnot this\n");
        using var listener = new ScriptedPeer();
        using CliProcess forward = CliProcess.Start(
            Folder, "forward", "--listen", "0", "--address", "127.0.0.1", "--to", "127.0.0.1", "--port", $"{listener.Port}", "--protocol", "WebSocket", "--api-key-file", At("key"));
        using RemoteCapturePeer peer = (await RemoteCapturePeer.AcceptWebSocketAsync(listener, $"Cookie: KISMET={Key}\r\n"))!;
        await peer.OpenAsync();
        Task sending = Task.Run(() => CliProcess.Run("send", TwoSensors, "--to", "127.0.0.1", "--port", $"{forward.WaitForPort()}", "--rate", "1000"));
        for (int i = 0; i < 100; i++)
        {
            await peer.ReadAsync(16);
        }

        await sending;
        forward.Signal("TERM");
        await peer.ReadAsync(4);
        peer.Dispose();
        CliResult result = forward.WaitForEnd();
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"\d+ sent, 0 queued, 0 dropped", result.Error);
        Assert.DoesNotContain(Key, result.Error + result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_with_a_path_is_a_WebSocket_behind_a_proxy()
    {
        await File.WriteAllTextAsync(At("key"), Key);
        using var listener = new ScriptedPeer();
        Task<CliResult> running = Task.Run(() => CliProcess.Run("forward", Office, "--to", $"http://127.0.0.1:{listener.Port}/kismet", "--api-key-file", At("key"), "--speed", "0"));
        using RemoteCapturePeer peer = (await RemoteCapturePeer.AcceptWebSocketAsync(listener, "GET /kismet/datasource/remote/remotesource.ws HTTP/1.1\r\n"))!;
        Assert.Contains($"Cookie: KISMET={Key}\r\n", peer.Request, StringComparison.Ordinal);
        await peer.OpenAsync();
        await peer.ReadAsync(4);
        peer.Dispose();
        Assert.Equal(0, (await running).ExitCode);
    }

    [Fact]
    public void Failures_are_told_by_their_ids()
    {
        CliResult refused = CliProcess.Run("forward", Office, "--to", "127.0.0.1", "--port", $"{ScriptedPeer.ClosedPort()}");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("[ConnectionRefused]", refused.Error, StringComparison.Ordinal);
        CliResult missing = CliProcess.Run("forward", At("none.pcap"), "--to", "127.0.0.1");
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("[FileNotFound]", missing.Error, StringComparison.Ordinal);
        CliResult key = CliProcess.Run("forward", Office, "--to", "127.0.0.1", "--protocol", "WebSocket", "--api-key-file", At("none"));
        Assert.Contains("[FileNotReadable]", key.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_others_may_read_is_told_before_anything_is_sent()
    {
        await File.WriteAllTextAsync(At("key"), Key);
        CliResult clear = CliProcess.Run("forward", Office, "--to", "http://no-such-host.invalid/kismet", "--api-key-file", At("key"));
        Assert.Contains("clear text", clear.Error, StringComparison.Ordinal);
        Assert.Contains("[HostNotFound]", clear.Error, StringComparison.Ordinal);
        CliResult proxy = CliProcess.Run("forward", Office, "--to", "https://no-such-host.invalid/kismet", "--api-key-file", At("key"));
        Assert.DoesNotContain("clear text", proxy.Error, StringComparison.Ordinal);
        Assert.Contains("[HostNotFound]", proxy.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("forward", "--to", "x")]
    [InlineData("forward", "a.pcap")]
    [InlineData("forward", "a.pcap", "--listen", "0", "--to", "x")]
    [InlineData("forward", "a.pcap", "--to", "x", "--api-key-file", "k")]
    [InlineData("forward", "a.pcap", "--to", "http://x/y", "--port", "80")]
    [InlineData("forward", "a.pcap", "--to", "http://x/y", "--protocol", "Tcp")]
    [InlineData("forward", "a.pcap", "--to", "x", "--port", "0")]
    [InlineData("forward", "a.pcap", "--to", "x", "--speed", "-1")]
    public void Wrong_usage(params string[] arguments) => Assert.Equal(2, CliProcess.Run(arguments).ExitCode);
}
