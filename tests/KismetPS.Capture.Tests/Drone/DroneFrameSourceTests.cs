using System.Buffers;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using KismetPS.Capture.Drone;
using KismetPS.Capture.Tests.Tzsp;
using KismetPS.TestKit;
using KismetPS.TestKit.Frames;
using KismetPS.Wireless;
using Xunit;

namespace KismetPS.Capture.Tests.Drone;

/// <summary>The drone client over real sockets, against a scripted drone.</summary>
public sealed class DroneFrameSourceTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);
    private static readonly byte[] s_beacon = FrameBuilder.Beacon(new MacAddress(0x0002_0304_0506), "drone", 6).Build();

    [KismetReferenceTheory]
    [InlineData(DroneRecordings.Stable)]
    [InlineData(DroneRecordings.Newcore)]
    public async Task A_recorded_drone_played_over_TCP_gives_its_frames(string file)
    {
        byte[] stream = DroneRecordings.FromDrone(file);
        var expected = DroneRecordings.Packets(stream);
        using ScriptedPeer peer = new();
        using Running running = await Running.StartAsync(Options(peer.Port), peer, stream[..200]);
        await ScriptedPeer.SendInPiecesAsync(running.Socket, stream.AsMemory(200), new Random(9));
        await WaitFor(() => running.Sink.Frames.Count == expected.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Data, running.Sink.Frames[i].Packet[..expected[i].Data.Length]);
            Assert.InRange(running.Sink.Frames[i].Info.TimestampNs, running.StartedNs, running.StartedNs + 600_000_000_000);
        }

        Assert.Equal(stream.Length, running.Source.ReadCounters().Bytes);
        Assert.Equal(expected.Count, running.Source.ReadCounters().Received);
        Assert.Equal(file == DroneRecordings.Stable ? DroneProtocol.Stable : DroneProtocol.Newcore, running.Source.Protocol);
        Assert.True(running.Source.IsConnected);
        Assert.Equal($"localhost:{peer.Port}", running.Source.EndPoint);
    }

    [Fact]
    public void Nobody_there_is_an_error_at_once()
    {
        int port = ScriptedPeer.ClosedPort();
        using DroneFrameSource source = new(Options(port));
        KismetException error = Assert.Throws<KismetException>(source.Open);
        Assert.Equal(KismetErrorId.ConnectionRefused, error.Id);
        Assert.NotNull(error.Advice);

        using DroneFrameSource unknown = new(Options(port) with { ComputerName = "no-such-host.invalid" });
        Assert.Equal(KismetErrorId.HostNotFound, Assert.Throws<KismetException>(unknown.Open).Id);
    }

    [Fact]
    public async Task The_second_port_is_tried_after_the_first()
    {
        using ScriptedPeer peer = new();
        int closed = ScriptedPeer.ClosedPort();
        using DroneFrameSource source = new(Options(closed) with { Ports = [closed, peer.Port] });
        Task<Socket> accept = peer.AcceptAsync();
        Task open = Task.Run(source.Open);
        using Socket socket = await accept;
        await socket.SendAsync(Hello());
        await open.WaitAsync(s_patience);
        Assert.Equal(peer.Port, source.Port);

        using DroneFrameSource none = new(Options(closed) with { Ports = [closed, ScriptedPeer.ClosedPort()] });
        KismetException error = Assert.Throws<KismetException>(none.Open);
        Assert.Equal(KismetErrorId.ConnectionRefused, error.Id);
        Assert.Contains(" and ", error.Message);
    }

    [Theory]
    [InlineData("*KISMET: 0.0.0 1234 \u0001Kismet_2016\u0001 pcapdump,netxml 0\n", KismetErrorId.ServerUnknown, "Connect-KismetServer")]
    [InlineData("*KI", KismetErrorId.ServerUnknown, "")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", KismetErrorId.ServerUnknown, "port")]
    [InlineData("", KismetErrorId.ConnectionTimeout, "-Timeout")]
    [InlineData(null, KismetErrorId.ConnectionRefused, "allowed hosts")]
    public async Task What_is_no_drone_is_told(string? answer, KismetErrorId id, string advice)
    {
        using ScriptedPeer peer = new();
        using DroneFrameSource source = new(Options(peer.Port) with { ConnectTimeout = answer switch { "" => TimeSpan.FromMilliseconds(400), "*KI" => TimeSpan.FromSeconds(5), _ => s_patience } });
        Task open = Task.Run(source.Open);
        using Socket socket = await peer.AcceptAsync();
        if (answer is null)
        {
            socket.Close();
        }
        else if (answer.Length > 0)
        {
            await socket.SendAsync(Encoding.Latin1.GetBytes(answer));
        }

        KismetException error = await Assert.ThrowsAsync<KismetException>(() => open.WaitAsync(s_patience));
        Assert.Equal(id, error.Id);
        Assert.Contains(advice, error.Advice);
    }

    [Fact]
    public async Task A_version_nobody_published_is_an_error()
    {
        using ScriptedPeer peer = new();
        using DroneFrameSource source = new(Options(peer.Port));
        Task open = Task.Run(source.Open);
        using Socket socket = await peer.AcceptAsync();
        await socket.SendAsync(new byte[] { 0xDE, 0xCA, 0xFB, 0xAD, 1, 0, 0, 0, 4, 0, 10, 0, 0 });
        KismetException error = await Assert.ThrowsAsync<KismetException>(() => open.WaitAsync(s_patience));
        Assert.Equal(KismetErrorId.ServerUnknown, error.Id);
        Assert.Contains("version 10", error.Message);
    }

    [Fact]
    public async Task Connecting_can_be_given_up()
    {
        using ScriptedPeer peer = new();
        using CancellationTokenSource stop = new();
        using DroneFrameSource source = new(Options(peer.Port) with { Cancel = stop.Token });
        Task open = Task.Run(source.Open);
        using Socket socket = await peer.AcceptAsync();
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => open.WaitAsync(s_patience));
    }

    /// <summary>How a connection is lost: closed in the middle of a frame, bytes that are no frame, a frame too long, another version, silence.</summary>
    [Theory]
    [InlineData("close", null)]
    [InlineData("sentinel", SourceDropReason.DroneSentinel)]
    [InlineData("long", SourceDropReason.DroneTooLong)]
    [InlineData("version", SourceDropReason.DroneVersion)]
    [InlineData("silence", null)]
    internal async Task A_lost_connection_is_one_warning_and_made_again(string how, SourceDropReason? reason)
    {
        using ScriptedPeer peer = new();
        using Running running = await Running.StartAsync(Options(peer.Port) with { SilenceTimeout = how == "silence" ? TimeSpan.FromSeconds(2) : TimeSpan.FromMinutes(10) }, peer, [.. Hello(), .. Packet()]);
        await WaitFor(() => running.Sink.Frames.Count == 1);
        switch (how)
        {
            case "close":
                await running.Socket.SendAsync(Packet().AsMemory(0, 50));
                running.Socket.Close();
                break;
            case "sentinel":
                await running.Socket.SendAsync("this is no frame"u8.ToArray());
                break;
            case "long":
                await running.Socket.SendAsync(new byte[] { 0xDE, 0xAD, 0xBE, 0xEF, 0, 0, 0, 3, 0x7F, 0xFF, 0xFF, 0xFF });
                break;
            case "version":
                byte[] hello = Hello();
                hello[15] = 2;
                await running.Socket.SendAsync(hello);
                break;
        }

        // The drone comes back, but first it takes the connection and says nothing sensible: still the same outage.
        using (Socket bad = await peer.AcceptAsync())
        {
            Assert.False(running.Source.IsConnected);
            await bad.SendAsync("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray());
        }

        using Socket again = await peer.AcceptAsync();
        await again.SendAsync((byte[])[.. Hello(), .. Packet(), .. Packet()]);
        using Timer alive = new(_ => SayNothing(again), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
        await WaitFor(() => running.Sink.Frames.Count == 3);
        Assert.Equal((1, true), (running.Source.Reconnects, running.Source.IsConnected));
        Assert.Single(running.Warnings);
        Assert.Single(running.Source.Origins);
        IReadOnlyDictionary<SourceDropReason, long> drops = running.Source.ReadCounters().Drops!;
        Assert.Equal(reason == SourceDropReason.DroneSentinel ? 2 : 1, drops[SourceDropReason.DroneSentinel]);
        if (reason is { } counted)
        {
            Assert.True(drops[counted] > 0);
        }

        running.Sink.Frames.ToList().ForEach(static f => Assert.Equal(s_beacon, f.Packet));
    }

    [Fact]
    public async Task A_stable_drone_that_hears_nothing_is_not_dead()
    {
        ArrayBufferWriter<byte> output = new();
        StableDrone.WriteHello(output, false);
        using ScriptedPeer peer = new();
        using Running running = await Running.StartAsync(Options(peer.Port) with { SilenceTimeout = TimeSpan.FromMilliseconds(100), ConnectTimeout = TimeSpan.FromSeconds(3) }, peer, output.WrittenSpan.ToArray());
        await Task.Delay(4000);
        Assert.True(running.Source.IsConnected);
        Assert.Empty(running.Warnings);
        await WaitFor(() => running.Sink.Idles > 2);
    }

    [Fact]
    public async Task Without_reconnecting_the_end_is_the_end()
    {
        using ScriptedPeer peer = new();
        using Running closed = await Running.StartAsync(Options(peer.Port) with { Reconnect = false }, peer, Hello());
        closed.Socket.Close();
        await closed.Run.WaitAsync(s_patience);

        using Running broken = await Running.StartAsync(Options(peer.Port) with { Reconnect = false }, peer, Hello());
        await broken.Socket.SendAsync("nonsense"u8.ToArray());
        KismetException error = await Assert.ThrowsAsync<KismetException>(() => broken.Run.WaitAsync(s_patience));
        Assert.Equal(KismetErrorId.ConnectionLost, error.Id);
    }

    [Fact]
    public async Task A_stop_ends_it_whether_connected_or_not()
    {
        using ScriptedPeer peer = new();
        foreach (bool connected in new[] { true, false })
        {
            using Running running = await Running.StartAsync(Options(peer.Port) with { FirstWait = TimeSpan.FromHours(1), LongestWait = TimeSpan.FromHours(1) }, peer, Hello());
            if (!connected)
            {
                running.Socket.Close();
                await WaitFor(() => running.Warnings.Count == 1);
            }

            running.Stop.Cancel();
            await running.Run.WaitAsync(s_patience);
        }
    }

    [Fact]
    public void Waits_double_up_to_the_limit_and_vary()
    {
        BackOff backOff = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), new Random(1));
        foreach (int due in new[] { 1, 2, 4, 8, 16, 30, 30, 30 })
        {
            Assert.InRange(backOff.Next(), TimeSpan.FromSeconds(due * 0.5), TimeSpan.FromSeconds(due));
        }

        backOff.Reset();
        HashSet<TimeSpan> firsts = [];
        for (int i = 0; i < 20; i++, backOff.Reset())
        {
            firsts.Add(backOff.Next());
        }

        Assert.True(firsts.Count > 10);
        Assert.All(firsts, static f => Assert.InRange(f, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1)));
    }

    private static DroneConnectionOptions Options(int port) => new()
    {
        Ports = [port],
        ConnectTimeout = TimeSpan.FromMinutes(10),
        FirstWait = TimeSpan.FromMilliseconds(20),
        LongestWait = TimeSpan.FromMilliseconds(100),
    };

    private static byte[] Hello()
    {
        ArrayBufferWriter<byte> output = new();
        NewcoreDrone.WriteHello(output, "2016-07-R1", "scripted");
        return output.WrittenSpan.ToArray();
    }

    // What a drone sends so that it is not taken for dead.
    private static void SayNothing(Socket socket)
    {
        ArrayBufferWriter<byte> output = new();
        NewcoreDrone.WriteNull(output);
        try
        {
            socket.Send(output.WrittenSpan);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static byte[] Packet()
    {
        ArrayBufferWriter<byte> output = new();
        Assert.True(NewcoreDrone.TryWritePacket(output, new DronePacket { Data = s_beacon, LinkType = 105 }));
        return output.WrittenSpan.ToArray();
    }

    private static async Task WaitFor(Func<bool> condition)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < s_patience, "waited in vain");
            await Task.Delay(10);
        }
    }

    /// <summary>A source that runs, and the drone's end of its first connection.</summary>
    private sealed class Running : IDisposable
    {
        private readonly List<string> _warnings = [];

        private Running(DroneFrameSource source, Socket socket)
        {
            Source = source;
            Socket = socket;
            Source.Outage = text =>
            {
                lock (_warnings)
                {
                    _warnings.Add(text);
                }
            };
            Run = Task.Factory.StartNew(() => Source.Run(Sink, Stop.Token), TaskCreationOptions.LongRunning);
        }

        public DroneFrameSource Source { get; }

        public Socket Socket { get; }

        public RecordingSink Sink { get; } = new();

        public CancellationTokenSource Stop { get; } = new();

        public Task Run { get; }

        public long StartedNs { get; } = (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) * 100;

        public IReadOnlyList<string> Warnings
        {
            get
            {
                lock (_warnings)
                {
                    return [.. _warnings];
                }
            }
        }

        public static async Task<Running> StartAsync(DroneConnectionOptions options, ScriptedPeer peer, byte[] first)
        {
            DroneFrameSource source = new(options);
            Task open = Task.Run(source.Open);
            Socket socket = await peer.AcceptAsync();
            await socket.SendAsync(first);
            await open.WaitAsync(s_patience);
            return new Running(source, socket);
        }

        public void Dispose()
        {
            Stop.Cancel();
            Socket.Dispose();
            try
            {
                Run.Wait(s_patience);
            }
            catch (AggregateException)
            {
                // Seen by the test.
            }

            Source.Dispose();
        }
    }
}
