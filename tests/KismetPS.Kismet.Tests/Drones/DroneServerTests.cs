using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using KismetPS.Capture;
using KismetPS.Capture.Drone;
using KismetPS.Kismet.Drones;
using KismetPS.TestKit;
using KismetPS.TestKit.Frames;
using KismetPS.Tracking;
using KismetPS.Wireless;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;
using RadiotapFields = KismetPS.TestKit.Frames.RadiotapFields;
using Xunit;

namespace KismetPS.Kismet.Tests.Drones;

/// <summary>The drone server over real sockets: against our own client, and against sockets that read and send what they like.</summary>
public sealed class DroneServerTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);
    private static readonly MacAddress s_bssid = new(0x0002_0304_0506);
    private static readonly byte[] s_beacon = FrameBuilder.Beacon(s_bssid, "served", 11).Build();

    [Theory]
    [InlineData(DroneProtocol.Newcore)]
    [InlineData(DroneProtocol.Stable)]
    public async Task Frames_served_are_the_frames_received_with_their_radio_facts(DroneProtocol protocol)
    {
        using ScriptedCapture capture = ScriptedCapture.Start();
        using DroneServer server = DroneServer.Start([capture], new DroneServerOptions { Port = 0, Protocol = protocol, Name = "roof garden" });
        FrameReader? reader = null;
        using KismetDrone drone = KismetDrone.Start(new DroneConnectionOptions { Ports = [server.EndPoint.Port] }, attach: d => reader = d.OpenFrames());
        using FrameReader frames = reader!;
        Assert.Equal((protocol, true), (drone.Protocol, drone.IsConnected));
        Assert.Equal(protocol == DroneProtocol.Newcore ? "roof_garden" : null, drone.DroneName);

        FrameOrigin[] origins = [capture.AddOrigin("192.0.2.7", "north"), capture.AddOrigin("00:11:22:33:44:55")];
        origins[0].Position = new GeoPosition(-33.856784, 151.215297, 3, 21.5, 0, 0);
        List<(byte[] Frame, RadioInfo Radio, FrameOrigin Origin, bool Damaged)> sent = [];
        Random random = new(7);
        for (int i = 0; i < 600; i++)
        {
            byte[] body = new byte[random.Next(0, 1500)];
            random.NextBytes(body);
            byte[] frame = i % 3 == 0
                ? FrameBuilder.Beacon(s_bssid, $"net{i % 7}", 11).Sequence(i).Build()
                : FrameBuilder.ToDs(s_bssid, new MacAddress(0x0002_0000_0000 + (ulong)(i % 9)), s_bssid).Body(body).Sequence(i).Build();
            RadioInfo radio = default;
            radio.SetFrequency(random.Next(2) == 0 ? 2462 : 5240);
            radio.SetSignal(-random.Next(1, 100));
            radio.SetNoise(-95);
            radio.SetLegacyRate(random.Next(2) == 0 ? 54000 : 6000);
            FrameOrigin origin = origins[random.Next(2)];
            switch (i % 4)
            {
                case 0:
                    radio.Fcs = FcsState.Absent;
                    capture.Add(origin, frame, radio);
                    sent.Add((frame, radio, origin, false));
                    break;
                case 1:
                    radio.Fcs = FcsState.Present;
                    capture.Add(origin, FrameCheck.Append(frame), radio);
                    sent.Add((frame, radio, origin, false));
                    break;
                case 2:
                    byte[] header = new RadiotapFields { Flags = 0, Rate = 108, FrequencyMHz = 5240, SignalDbm = -33, NoiseDbm = -91 }.ToArray();
                    capture.Add(origin, [.. header, .. frame], default, LinkType.Radiotap);
                    RadioInfo told = default;
                    told.SetFrequency(5240);
                    told.SetSignal(-33);
                    told.SetNoise(-91);
                    told.SetLegacyRate(54000);
                    sent.Add((frame, told, origin, false));
                    break;
                default:
                    radio.Fcs = i % 8 == 3 ? FcsState.PresentBad : FcsState.AbsentBad;
                    capture.Add(origin, i % 8 == 3 ? FrameCheck.Append(frame, bad: true) : frame, radio);
                    sent.Add((frame, radio, origin, true));
                    break;
            }
        }

        for (int i = 0; i < sent.Count; i++)
        {
            (byte[] packet, FrameInfo info) = Next(frames);
            (byte[] frame, RadioInfo radio, FrameOrigin origin, bool damaged) = sent[i];
            Assert.Equal(frame, packet[..frame.Length]);
            Assert.Equal(radio.Fields, info.Radio.Fields);
            Assert.Equal((radio.FrequencyMHz, radio.Channel, radio.SignalDbm, radio.NoiseDbm, radio.RateKbps, radio.Phy), (info.Radio.FrequencyMHz, info.Radio.Channel, info.Radio.SignalDbm, info.Radio.NoiseDbm, info.Radio.RateKbps, info.Radio.Phy));
            Assert.Equal(DroneEncoder.Token(origin.Name ?? origin.Id, protocol == DroneProtocol.Newcore ? 15 : 31), info.Origin.Name);
            Assert.Equal(damaged, info.Radio.Fcs == FcsState.AbsentBad || (packet.Length > frame.Length && !FcsDetector.EndsInFcs(packet)));
        }

        await WaitFor(() => capture.Statistics.Devices == drone.Statistics.Devices && drone.Statistics.Decoded == capture.Statistics.Decoded);
        Assert.Equal(
            capture.GetNetworks().Select(static n => (n.Bssid, n.Ssid, n.Channel, n.Beacons)).Order(),
            drone.GetNetworks().Select(static n => (n.Bssid, n.Ssid, n.Channel, n.Beacons)).Order());
        Assert.Equal((0, 600, 0), (server.Skipped, server.Frames, server.Dropped));
        Assert.Null(server.Error);
        if (protocol == DroneProtocol.Newcore)
        {
            // Stable says in its greeting whether there is a GPS; here it came later.
            Assert.Equal("-33.856784,151.215297", drone.Statistics.Sensors.Single(static s => s.Name == "north").Location);
        }

        await WaitFor(() => server.GetClients() is [{ Sent: >= 600, SentBytes: > 100_000 }]);
        DroneClientInfo client = Assert.Single(server.GetClients());
        Assert.Equal((0, 0, protocol), (client.Dropped, client.CommandsRefused, client.Protocol));
    }

    [KismetReferenceFact]
    public async Task A_real_drones_frames_go_through_us_unchanged()
    {
        byte[] stream = KismetReference.Streams("server2016-drone2016.pcap").First(static s => s.SourcePort is 3501 or 3505).Bytes;
        List<string> expected = [.. DroneMessages.Of(stream).Where(static m => m.Type == DroneFrameType.Packet).Select(static m => PacketFacts(m.Payload)).OfType<string>()];
        using ScriptedPeer real = new();
        Task<Socket> accept = real.AcceptAsync();
        Task<KismetDrone> connect = Task.Run(() => KismetDrone.Start(new DroneConnectionOptions { Ports = [real.Port] }));
        using Socket socket = await accept;
        await socket.SendAsync(stream.AsMemory(0, 80));
        using KismetDrone drone = await connect;
        using DroneServer server = DroneServer.Start([drone], new DroneServerOptions { Port = 0 });
        using Socket client = Connect(server);
        await WaitFor(() => server.GetClients().Count == 1);
        await ScriptedPeer.SendInPiecesAsync(socket, stream.AsMemory(80), new Random(3));
        List<string> got = [];
        foreach ((DroneFrameType type, byte[] payload) in DroneMessages.Read(client))
        {
            if (type == DroneFrameType.Packet && PacketFacts(payload) is string facts)
            {
                got.Add(facts);
                if (got.Count == expected.Count)
                {
                    break;
                }
            }
        }

        Assert.Equal(expected, got);

        // All but the time, which is that of hearing here, and what this side has no field for: the accuracy.
        static string? PacketFacts(byte[] payload)
        {
            Assert.True(NewcoreDrone.TryReadPacket(payload, out DronePacket p));
            return p.Data.IsEmpty ? null : $"{Convert.ToHexString(p.Data)} {Convert.ToHexString(p.Fcs)} {p.SourceId} {p.LinkType} {p.Position} {p.Radio?.FrequencyMHz} {p.Radio?.SignalDbm} {p.Radio?.Rate}";
        }
    }

    [Fact]
    public async Task A_newcore_server_is_greeted_told_of_sources_and_kept_alive()
    {
        using ScriptedCapture capture = ScriptedCapture.Start();
        using DroneServer server = DroneServer.Start([capture], new DroneServerOptions
        {
            Port = 0, Name = "cellar", KeepAlive = TimeSpan.FromMilliseconds(200), EmptyFrame = TimeSpan.FromMilliseconds(600),
        });
        Guid identity = Guid.NewGuid();
        RadioInfo radio = default;
        radio.SetFrequency(2437);
        capture.Add(capture.AddOrigin("a b,c=d", null, identity.ToString()), s_beacon, radio);
        await WaitFor(() => server.Frames == 1);

        using Socket client = Connect(server);
        List<(DroneFrameType Type, byte[] Payload)> told = [];
        foreach ((DroneFrameType type, byte[] payload) in DroneMessages.Read(client))
        {
            told.Add((type, payload));
            if (type == DroneFrameType.Packet)
            {
                break;
            }
        }

        Assert.Equal([DroneFrameType.Hello, DroneFrameType.Source, DroneFrameType.ChannelSet], told.Take(3).Select(static m => m.Type));
        Assert.All(told.Skip(3).SkipLast(1), static m => Assert.Equal(DroneFrameType.Null, m.Type));
        Assert.True(NewcoreDrone.TryReadHello(told[0].Payload, out int version, out string release, out string name));
        Assert.Equal((1, "cellar"), (version, name));
        Assert.StartsWith("KismetPS-", release);

        // Real drones send what lies in memory behind the texts; here are zeros.
        Assert.Equal(68, told[0].Payload.Length);
        Assert.Equal(0, told[0].Payload.AsSpan(4 + release.Length, 32 - release.Length).IndexOfAnyExcept((byte)0) + 1);
        Assert.Equal(0, told[0].Payload.AsSpan(36 + name.Length).IndexOfAnyExcept((byte)0) + 1);
        Assert.True(NewcoreDrone.TryReadSource(told[1].Payload, out DroneSource? source));
        Assert.Equal((identity, "a_b_c_d", "a_b_c_d", "pcap", false), (source!.Id, source.Name, source.Interface, source.Type, source.IsRemoved));
        Assert.True(NewcoreDrone.TryReadChannelSet(told[2].Payload, out DroneChannelSet? channels));
        Assert.Equal((identity, DroneChannelCommand.Report, 6), (channels!.SourceId, channels.Command, channels.Current));

        // Nothing is heard, yet an empty packet comes: a real server takes a drone without packets for dead.
        Assert.True(NewcoreDrone.TryReadPacket(told[^1].Payload, out DronePacket empty));
        Assert.True(empty.Data.IsEmpty && empty.Radio is null && empty.Position is null);
    }

    [Fact]
    public async Task A_slow_server_loses_frames_and_nobody_else_does()
    {
        using ScriptedCapture capture = ScriptedCapture.Start();
        using DroneServer server = DroneServer.Start([capture], new DroneServerOptions { Port = 0, RingBytes = 256 * 1024 });
        using Socket stuck = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        stuck.Connect(server.EndPoint);
        await WaitFor(() => server.GetClients().Count == 1);
        using Socket good = Connect(server);
        await WaitFor(() => server.GetClients().Count == 2);
        FrameOrigin origin = capture.AddOrigin("ear");
        byte[] big = FrameBuilder.ToDs(s_bssid, s_bssid, s_bssid).Body(new byte[2000]).Build();
        Task<int> read = Task.Run(() => DroneMessages.Read(good).Where(static m => m.Type == DroneFrameType.Packet).Take(6000).Count());
        for (int i = 0; i < 6000; i++)
        {
            capture.Add(origin, big);
            if (i % 50 == 0)
            {
                // What is under way then is less than its queue holds, even where its thread has to wait for its turn.
                await WaitFor(() => server.Frames == i + 1);
                await WaitFor(() => server.GetClients()[1].Queued < 50);
            }
        }

        Assert.Equal(6000, await read.WaitAsync(s_patience));
        IReadOnlyList<DroneClientInfo> clients = server.GetClients();
        Assert.True(clients[0].Dropped > 1000);
        Assert.Equal(0, clients[1].Dropped);
    }

    [Fact]
    public async Task Who_is_not_allowed_or_too_many_is_told_and_closed()
    {
        using ScriptedCapture capture = ScriptedCapture.Start();
        using DroneServer closed = DroneServer.Start([capture], new DroneServerOptions { Port = 0, Allowed = new AllowList([IPNetwork.Parse("192.0.2.0/24")]) });
        using (Socket client = Connect(closed))
        {
            (DroneFrameType type, byte[] payload) = Assert.Single(DroneMessages.Read(client));
            Assert.Equal(DroneFrameType.Text, type);
            Assert.Contains("not among those allowed", Encoding.ASCII.GetString(payload));
        }

        Assert.Equal((1, 0), (closed.Refused, closed.GetClients().Count));
        using DroneServer full = DroneServer.Start([capture], new DroneServerOptions { Port = 0, MaxClients = 1, Protocol = DroneProtocol.Stable });
        Socket first = Connect(full);
        Assert.Equal(DroneFrameType.Hello, DroneMessages.Read(first).First().Type);
        using (Socket second = Connect(full))
        {
            Assert.Empty(DroneMessages.Read(second));
        }

        // One goes, another may come.
        first.Dispose();
        await WaitFor(() => full.GetClients().Count == 0);
        using Socket third = Connect(full);
        Assert.Equal(DroneFrameType.Hello, DroneMessages.Read(third).First().Type);
    }

    [Fact]
    public async Task Commands_are_counted_and_not_obeyed_and_nonsense_closes_its_own_connection_only()
    {
        using ScriptedCapture capture = ScriptedCapture.Start();
        using DroneServer server = DroneServer.Start([capture], new DroneServerOptions { Port = 0 });
        using Socket asking = Connect(server);
        await WaitFor(() => server.GetClients().Count == 1);
        ArrayBufferWriter<byte> command = new();
        NewcoreDrone.WriteChannelSet(command, new DroneChannelSet(Guid.NewGuid(), DroneChannelCommand.SetCurrent, 6, false, [], 0, 0));
        await ScriptedPeer.SendInPiecesAsync(asking, command.WrittenMemory, new Random(1));
        await WaitFor(() => server.GetClients()[0].CommandsRefused == 1);

        foreach (byte[] nonsense in new[]
        {
            "GET / HTTP/1.1\r\n\r\n"u8.ToArray(),
            [0xDE, 0xAD, 0xBE, 0xEF, 0, 0, 0, 4, 0xFF, 0xFF, 0xFF, 0xFF],
            [0xDE, 0xCA, 0xFB, 0xAD, 1, 0, 0, 0, 4, 0, 9, 0, 0],
        })
        {
            using Socket bad = Connect(server);
            await WaitFor(() => server.GetClients().Count == 2);
            await bad.SendAsync(nonsense);
            await WaitFor(() => server.GetClients().Count == 1);
        }

        capture.Add(capture.AddOrigin("ear"), s_beacon);
        Assert.Contains(DroneMessages.Read(asking), static m => m.Type == DroneFrameType.Packet);
        Assert.Null(server.Error);
    }

    [Fact]
    public async Task A_stable_server_that_lost_the_thread_starts_anew_with_a_whole_message()
    {
        // More than sockets take in, and room for all of it: whatever is dropped, the flush has dropped.
        const int Many = 6000;
        using ScriptedCapture capture = ScriptedCapture.Start();
        using DroneServer server = DroneServer.Start([capture], new DroneServerOptions { Port = 0, Protocol = DroneProtocol.Stable, RingBytes = 32 * 1024 * 1024 });
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096, ReceiveTimeout = (int)s_patience.TotalMilliseconds };
        client.Connect(server.EndPoint);
        await WaitFor(() => server.GetClients().Count == 1);
        FrameOrigin origin = capture.AddOrigin("ear");
        byte[] big = FrameBuilder.ToDs(s_bssid, s_bssid, s_bssid).Body(new byte[2000]).Build();
        for (int i = 0; i < Many; i++)
        {
            capture.Add(origin, big);
            if (i % 500 == 499)
            {
                await WaitFor(() => server.Frames == i + 1);
            }
        }

        await client.SendAsync(new byte[] { 0xFF });
        await WaitFor(() => server.GetClients()[0].Flushes == 1);
        capture.Add(origin, s_beacon);

        // Every message whole, some dropped, and the one that came after the flush not among them.
        int got = await Task.Run(() => DroneMessages.Read(client).TakeWhile(static m => m.Type != DroneFrameType.Packet || m.Payload.Length > 2000).Count()).WaitAsync(s_patience);
        DroneClientInfo info = server.GetClients()[0];
        Assert.InRange(got, 1, Many);
        Assert.True(info.Dropped > 0);
        Assert.Equal(Many, got - 1 + info.Dropped);
        Assert.Equal(0, info.CommandsRefused);
    }

    [Fact]
    public async Task A_flush_costs_nothing_that_comes_after_it()
    {
        using ScriptedCapture capture = ScriptedCapture.Start();
        using DroneServer server = DroneServer.Start([capture], new DroneServerOptions { Port = 0, Protocol = DroneProtocol.Stable });
        using Socket client = Connect(server);
        using IEnumerator<(DroneFrameType Type, byte[] Payload)> messages = DroneMessages.Read(client).GetEnumerator();
        Assert.True(messages.MoveNext());
        Assert.Equal(DroneFrameType.Hello, messages.Current.Type);
        FrameOrigin origin = capture.AddOrigin("ear");
        for (int i = 1; i <= 3; i++)
        {
            await client.SendAsync(new byte[] { 0xFF });
            await WaitFor(() => server.GetClients()[0].Flushes == i);
            capture.Add(origin, s_beacon);
            await WaitFor(() => server.GetClients()[0].Sent == i + 1);
            Assert.True(messages.MoveNext());
            Assert.Equal(DroneFrameType.Packet, messages.Current.Type);
        }

        Assert.Equal(0, server.GetClients()[0].Dropped);
    }

    [Fact]
    public async Task Stopping_ends_connections_and_frees_the_port()
    {
        using ScriptedCapture capture = ScriptedCapture.Start();
        DroneServer server = DroneServer.Start([capture], new DroneServerOptions { Port = FreePort.Next() });
        int port = server.EndPoint.Port;
        KismetException inUse = Assert.Throws<KismetException>(() => DroneServer.Start([capture], new DroneServerOptions { Port = port }));
        Assert.Equal(KismetErrorId.AddressInUse, inUse.Id);
        Assert.Equal(KismetErrorId.AddressNotAvailable, Assert.Throws<KismetException>(() => DroneServer.Start([capture], new DroneServerOptions { Port = 0, Address = IPAddress.Parse("192.0.2.254") })).Id);
        using Socket client = Connect(server);
        await WaitFor(() => server.GetClients().Count == 1);
        await Task.Run(server.Dispose).WaitAsync(s_patience);
        Assert.Contains(DroneMessages.Read(client), static m => m.Type == DroneFrameType.Hello);
        using DroneServer again = DroneServer.Start([capture], new DroneServerOptions { Port = port });
        Assert.Equal(port, again.EndPoint.Port);
    }

    private static (byte[] Packet, FrameInfo Info) Next(FrameReader reader)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (clock.Elapsed < s_patience)
        {
            if (reader.TryReadRaw(out ReadOnlySpan<byte> packet, out FrameInfo info))
            {
                return (packet.ToArray(), info);
            }

            reader.Wait(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        }

        throw new TimeoutException("No frame came.");
    }

    private static Socket Connect(DroneServer server)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = (int)s_patience.TotalMilliseconds };
        socket.Connect(server.EndPoint);
        return socket;
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
}
