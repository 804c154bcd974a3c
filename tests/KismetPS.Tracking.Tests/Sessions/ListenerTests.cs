using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.TestKit;
using KismetPS.TestKit.Frames;
using KismetPS.Tracking.Tests.Oracle;
using Xunit;

namespace KismetPS.Tracking.Tests.Sessions;

/// <summary>Listening sessions over real sockets and files.</summary>
public sealed class ListenerTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    [Fact]
    public void A_port_in_use_is_an_error_at_once_and_leaves_nothing_behind()
    {
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        int port = FreePort.Next();
        taken.Bind(new IPEndPoint(IPAddress.Loopback, port));
        using TestFolder folder = new();
        string file = folder.At("never.pcapng");
        KismetException error = Assert.Throws<KismetException>(() => Listen(port, file));
        Assert.Equal(KismetErrorId.AddressInUse, error.Id);
        Assert.False(File.Exists(file));

        taken.Dispose();
        using TzspListener listener = Listen(port, file);
        Assert.Equal((port, KismetSessionState.Running), (listener.Port, listener.State));
    }

    [Fact]
    public void A_capture_file_that_cannot_be_made_is_an_error_at_once_and_frees_the_port()
    {
        using TestFolder folder = new();
        int port = FreePort.Next();
        KismetException error = Assert.Throws<KismetException>(() => Listen(port, folder.At("missing/sub/file.pcapng")));
        Assert.Contains(error.Id, new[] { KismetErrorId.FileNotWritable, KismetErrorId.FileNotFound });
        using TzspListener again = Listen(port, null);
        Assert.Equal(KismetSessionState.Running, again.State);
    }

    [Fact]
    public void A_failing_subscription_frees_port_and_file()
    {
        using TestFolder folder = new();
        int port = 0;
        Assert.Throws<InvalidOperationException>(() => TzspListener.Start(
            new TzspListenerOptions { Port = 0, Address = IPAddress.Loopback },
            capturePath: folder.At("one.pcapng"),
            attach: l =>
            {
                port = l.Port;
                throw new InvalidOperationException("The host changed its mind.");
            }));
        using TzspListener again = Listen(port, folder.At("one.pcapng"));
        Assert.Equal(KismetSessionState.Running, again.State);
    }

    /// <summary>Its sender never rests: a listener that read on until nothing came would not end.</summary>
    [Fact]
    public async Task A_listener_under_load_stops_and_frees_its_port()
    {
        using LoadedListener loaded = new();
        await WaitFor(() => loaded.Listener.Statistics.Received > 5000);
        await loaded.Listener.StopAsync().WaitAsync(s_patience);
        Assert.Equal((KismetSessionState.Stopped, KismetStopReason.Requested), (loaded.Listener.State, loaded.Listener.StopReason));
        using Socket again = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        again.Bind(new IPEndPoint(IPAddress.Loopback, loaded.Listener.Port));
    }

    [Fact]
    public async Task What_was_heard_stays_readable_after_the_end()
    {
        using LoadedListener loaded = new(stations: 50);
        await WaitFor(() => loaded.Listener.Statistics.Devices == 50);
        await loaded.Listener.StopAsync().WaitAsync(s_patience);
        Assert.Equal(50, loaded.Listener.GetDevices().Count);
        Assert.Equal(KismetDeviceType.Probe, loaded.Listener.GetDevices(new DeviceFilter { Addresses = [Macs.Invented(7)] }).Single().Type);
    }

    [Fact]
    public async Task The_capture_file_gives_the_same_devices()
    {
        using TestFolder folder = new();
        string file = folder.At("heard.pcapng");
        using TzspListener listener = Listen(0, file);
        Assert.Equal(file, listener.CapturePath);
        using UdpClient client = new();
        client.Connect(IPAddress.Loopback, listener.Port);
        RandomAir air = new(11, 40);
        int sent = 0;
        for (int i = 0; i < 3000; i++)
        {
            client.Send(LoadedListener.Message(air.Next()));
            sent++;
            if (i % 64 == 0)
            {
                await WaitFor(() => listener.Statistics.Received == sent);
            }
        }

        await WaitFor(() => listener.Statistics.Received == sent);
        await listener.StopAsync().WaitAsync(s_patience);
        Assert.Null(listener.CaptureError);
        using KismetImport import = Imports.Run(file);
        Assert.Null(import.Damage);
        Assert.Equal(listener.Statistics.Decoded, import.Statistics.Decoded);
        Assert.Equal(DeviceLine.Of(listener.GetDevices()), DeviceLine.Of(import.GetDevices()));
    }

    /// <summary>A disk that is full ends the file, is told, and does not touch the session.</summary>
    [FullDiskFact]
    public async Task A_capture_file_that_fails_is_told_and_the_session_goes_on()
    {
        using LoadedListener loaded = new(capturePath: FullDiskFactAttribute.Disk, bodyBytes: 1400);
        await WaitFor(() => loaded.Listener.CaptureError is not null);
        Assert.Equal(KismetErrorId.FileNotWritable, loaded.Listener.CaptureError!.Id);
        long received = loaded.Listener.Statistics.Received;
        Assert.Equal(KismetSessionState.Running, loaded.Listener.State);

        // The error is there a moment before the queue is given up.
        await WaitFor(() => loaded.Listener.Statistics.Received > received + 10_000);
        received = loaded.Listener.Statistics.Received;

        // Nobody writes: nothing is queued or missed for the file any more, though it would be more than the queue holds.
        long dropped = loaded.Listener.Statistics.QueueDropped;
        await WaitFor(() => loaded.Listener.Statistics.Received > received + 20_000);
        Assert.Equal(dropped, loaded.Listener.Statistics.QueueDropped);
        await loaded.Listener.StopAsync().WaitAsync(s_patience);
        Assert.Equal(KismetSessionState.Stopped, loaded.Listener.State);
        Assert.NotNull(loaded.Listener.CaptureError);
    }

    [Fact]
    public async Task Silent_devices_expire_while_nothing_is_heard()
    {
        using TzspListener listener = TzspListener.Start(
            new TzspListenerOptions { Port = 0, Address = IPAddress.Loopback },
            new TrackerOptions { DeviceTimeout = TimeSpan.FromMilliseconds(300) });
        using ChangeReader changes = listener.OpenChanges(null, KismetChangeKind.All, existing: true);
        using UdpClient client = new();
        client.Connect(IPAddress.Loopback, listener.Port);
        client.Send(LoadedListener.Message(FrameBuilder.ProbeRequest(Macs.Client, "home").Build()));
        await WaitFor(() => listener.Statistics.Expired == 1);
        Assert.Empty(listener.GetDevices());
        List<KismetDeviceChange> told = [];
        changes.Read(told);
        KismetDevice gone = told.Last().Device;
        Assert.Equal(KismetChangeKind.Expired, told.Last().Change);
        Assert.Equal((Macs.Client.ToString(), "home"), (gone.MacAddress, gone.ProbedSsids.Single()));
    }

    [Fact]
    public async Task Statistics_show_what_came_and_what_did_not_get_in()
    {
        using TzspListener listener = TzspListener.Start(
            new TzspListenerOptions { Port = 0, Address = IPAddress.Loopback },
            new TrackerOptions { MaxDevices = 64 });
        using UdpClient client = new();
        client.Connect(IPAddress.Loopback, listener.Port);
        byte[][] messages =
        [
            [9, 9],
            LoadedListener.Message([0x80]),
            LoadedListener.Message(FrameBuilder.Beacon(Macs.Ap, "net", 6).Version(2).Build()),
            .. Enumerable.Range(0, 100).Select(static i => LoadedListener.Message(FrameBuilder.Beacon(Macs.Ap, $"net-{i}", 6).Build())),
            .. Enumerable.Range(0, 100).Select(static i => LoadedListener.Message(FrameBuilder.ProbeRequest(Macs.Client, $"net-{i}").Build())),
            .. Enumerable.Range(0, 100).Select(static i => LoadedListener.Message(FrameBuilder.ProbeRequest(Macs.Invented(i)).Build())),
        ];
        foreach (byte[] message in messages)
        {
            client.Send(message);
        }

        await WaitFor(() => listener.Statistics.Received == messages.Length);
        KismetStatistic statistics = listener.Statistics;
        Dictionary<string, long> reasons = statistics.DropReasons.ToDictionary(static r => r.Name, static r => r.Count);
        Assert.Equal(messages.Sum(static m => m.Length), statistics.Bytes);
        Assert.Equal((messages.Length - 3, 64, 64), (statistics.Decoded, statistics.Devices, statistics.Networks));
        Assert.Equal(1, reasons["HeaderTruncated"]);
        Assert.Equal(1, reasons["UnsupportedVersion"]);
        Assert.Equal(1, reasons["TzspTruncated"]);
        Assert.Equal(100 - 64, reasons["NetworksRefused"]);
        Assert.Equal(100 - 64, reasons["ProbesRefused"]);
        Assert.Equal(102 - 64, reasons["DevicesEvicted"]);
        Assert.Equal(3, statistics.Dropped);
        Assert.Equal((100 - 64) + (100 - 64) + (102 - 64), statistics.Evicted);
        Assert.Equal(messages.Length - 1, Assert.Single(statistics.Sensors).Received);
    }

    private static TzspListener Listen(int port, string? file) =>
        TzspListener.Start(new TzspListenerOptions { Port = port, Address = IPAddress.Loopback }, capturePath: file);

    private static async Task WaitFor(Func<bool> condition)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < s_patience, "It did not come to pass.");
            await Task.Delay(5);
        }
    }
}
