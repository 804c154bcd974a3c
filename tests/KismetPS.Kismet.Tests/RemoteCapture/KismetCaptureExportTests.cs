using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.Kismet.RemoteCapture;
using KismetPS.Kismet.Tests.Drones;
using KismetPS.TestKit;
using KismetPS.TestKit.Frames;
using KismetPS.Tracking;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;
using RadiotapFields = KismetPS.TestKit.Frames.RadiotapFields;
using Xunit;

namespace KismetPS.Kismet.Tests.RemoteCapture;

/// <summary>The export of frames over real sockets, against a server that does what the script says.</summary>
public sealed class KismetCaptureExportTests
{
    private const string Secret = "0123456789ABCDEF0123456789ABCDEF";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly MacAddress s_bssid = new(0x0002_0304_0506);
    private static readonly byte[] s_beacon = FrameBuilder.Beacon(s_bssid, "sent", 11).Build();

    [Theory]
    [InlineData(KismetCaptureProtocol.Tcp)]
    [InlineData(KismetCaptureProtocol.WebSocket)]
    public async Task Frames_of_every_link_type_arrive_as_radiotap_with_their_signal(KismetCaptureProtocol protocol)
    {
        using ScriptedPeer listener = new();
        using ScriptedCapture capture = ScriptedCapture.Start();
        (KismetCaptureExport export, RemoteCapturePeer peer, RemoteFrame source, RemoteFrame open) = await StartAsync(listener, capture, Options(listener, protocol) with { SourceName = "roof" });
        using (export)
        using (peer)
        {
            Assert.Equal(("kismetps:name=roof,type=pcapfile", "pcapfile", export.SourceUuid), ((string)source.Fields[1]!, (string)source.Fields[2]!, (string)source.Fields[3]!));
            Assert.Equal((1, 1L, 127L, export.SourceUuid), (open.Code, (long)open.Fields[1]!, (long)open.Fields[2]!, (string)open.Fields[8]!));
            Assert.True(export.IsConnected);

            FrameOrigin origin = capture.AddOrigin("ear");
            RadioInfo radio = default;
            radio.SetFrequency(5180);
            radio.SetSignal(-57);
            radio.SetLegacyRate(6000);
            radio.Fcs = FcsState.Present;
            byte[] withFcs = FrameCheck.Append(s_beacon);
            capture.Add(origin, withFcs, radio);
            byte[] tap = [.. new RadiotapFields { Flags = 0, Rate = 108, FrequencyMHz = 2462, SignalDbm = -33 }.ToArray(), .. s_beacon];
            capture.Add(origin, tap, default, LinkType.Radiotap);
            byte[] avs = Avs(s_beacon, -61);
            capture.Add(origin, avs, default, LinkType.Avs);
            capture.Add(origin, new byte[60], default, LinkType.Ethernet);
            capture.Add(origin, s_beacon[..30], radio with { Fcs = FcsState.Absent }, cut: s_beacon.Length - 30);
            origin.Position = new GeoPosition(48.25, -16.5, 3, 150, 1, 2);
            capture.Add(origin, s_beacon);

            (byte[] packet, long original, _) = Packet(await peer.ReadAsync(16), out RadioInfo told);
            Assert.Equal((5180, -57, 6000, FcsState.Present), (told.FrequencyMHz, told.SignalDbm, told.RateKbps, told.Fcs));
            Assert.Equal(withFcs, packet[^withFcs.Length..]);
            Assert.Equal(packet.Length, original);

            (packet, _, _) = Packet(await peer.ReadAsync(16), out told);
            Assert.Equal(tap, packet);
            Assert.Equal(-33, told.SignalDbm);

            (packet, _, _) = Packet(await peer.ReadAsync(16), out told);
            Assert.Equal(-61, told.SignalDbm);
            Assert.Equal(s_beacon, packet[^s_beacon.Length..]);

            (packet, original, _) = Packet(await peer.ReadAsync(16), out told);
            Assert.Equal(packet.Length + s_beacon.Length - 30, original);

            RemoteFrame placed = await peer.ReadAsync(16);
            Packet(placed, out _);
            var place = (Dictionary<long, object?>)placed.Fields[1]!;
            Assert.Equal((48.25, -16.5, 150.0, 3L), ((double)place[1]!, (double)place[2]!, (double)place[3]!, (long)place[4]!));

            await WaitFor(() => export.CaptureStatistics.Sent == 5);
            KismetCaptureExportStatistic s = export.CaptureStatistics;
            Assert.Equal((6, 1, 1, 0, 0), (s.Received, s.Skipped, s.Dropped, s.Queued, s.Reconnects));
            Assert.True(s.Bytes > 5 * 60);
        }
    }

    [Theory]
    [InlineData(KismetCaptureProtocol.Tcp)]
    [InlineData(KismetCaptureProtocol.WebSocket)]
    public async Task Pings_and_requests_are_answered_while_frames_flow(KismetCaptureProtocol protocol)
    {
        using ScriptedPeer listener = new();
        using ScriptedCapture capture = ScriptedCapture.Start();
        (KismetCaptureExport export, RemoteCapturePeer peer, _, _) = await StartAsync(listener, capture, Options(listener, protocol));
        using (export)
        using (peer)
        {
            FrameOrigin origin = capture.AddOrigin("ear");
            RadioInfo radio = default;
            radio.SetFrequency(2437);
            capture.Add(origin, s_beacon, radio);
            await peer.ReadAsync(16);
            for (int i = 0; i < 200; i++)
            {
                capture.Add(origin, s_beacon, radio);
            }

            uint ping = await peer.SendAsync(2);
            Assert.Equal(ping, (await peer.ReadAsync(3)).Sequence);

            // The hop a real server asked for.
            uint hop = await peer.SendAsync(17, "81028401ca40a0000002c304000593a131a136a23131");
            RemoteFrame answer = await peer.ReadAsync(18);
            Assert.Equal((1, (long)hop, "6"), (answer.Code, (long)answer.Fields[1]!, (string)answer.Fields[2]!));
            uint list = await peer.SendAsync(14);
            Assert.Equal((long)list, (long)(await peer.ReadAsync(15)).Fields[1]!);
            uint probe = await peer.SendAsync(10, "8101a178");
            Assert.Equal((long)probe, (long)(await peer.ReadAsync(11)).Fields[1]!);
            await WaitFor(() => export.CaptureStatistics.Sent == 201);
            Assert.Equal((1, 1), (export.CaptureStatistics.Pings, export.CaptureStatistics.ChannelRequests));
        }
    }

    [Theory]
    [InlineData(KismetCaptureProtocol.Tcp)]
    [InlineData(KismetCaptureProtocol.WebSocket)]
    public async Task A_lost_connection_is_made_again_as_the_same_source_and_told_once(KismetCaptureProtocol protocol)
    {
        using ScriptedPeer listener = new();
        using ScriptedCapture capture = ScriptedCapture.Start();
        (KismetCaptureExport export, RemoteCapturePeer peer, RemoteFrame first, _) = await StartAsync(listener, capture, Options(listener, protocol));
        using (export)
        {
            peer.Dispose();
            await WaitFor(() => !export.IsConnected);

            // Two attempts end before the source is opened.
            for (int i = 0; i < 2; i++)
            {
                using Socket closed = await listener.AcceptAsync();
            }

            FrameOrigin origin = capture.AddOrigin("ear");
            for (int i = 0; i < 10; i++)
            {
                capture.Add(origin, s_beacon);
            }

            using RemoteCapturePeer again = await AcceptAsync(listener, protocol);
            (RemoteFrame second, _) = await again.OpenAsync();
            Assert.Equal(first.Fields, second.Fields);
            for (int i = 0; i < 10; i++)
            {
                await again.ReadAsync(16);
            }

            await WaitFor(() => export.CaptureStatistics.Sent == 10);
            KismetCaptureExportStatistic s = export.CaptureStatistics;
            Assert.Equal((true, 1, 0), (s.IsConnected, s.Reconnects, s.Dropped));
            Assert.NotNull(s.LastError);
            Assert.True(export.TryTakeWarning(out string? warning));
            Assert.Contains("Connection", warning);
            Assert.False(export.TryTakeWarning(out _));
        }
    }

    [Fact]
    public async Task A_server_that_does_not_read_loses_frames_and_stops_nobody()
    {
        using ScriptedPeer listener = new();
        using ScriptedCapture capture = ScriptedCapture.Start();
        (KismetCaptureExport export, RemoteCapturePeer peer, _, _) = await StartAsync(listener, capture, Options(listener) with { QueueBytes = RemoteCaptureOptions.MinQueueBytes });
        using (peer)
        {
            FrameOrigin origin = capture.AddOrigin("ear");
            byte[] big = FrameBuilder.ToDs(s_bssid, s_bssid, s_bssid).Body(new byte[2000]).Build();
            for (int i = 0; i < 8000; i++)
            {
                capture.Add(origin, big);
            }

            await WaitFor(() => capture.Statistics.Decoded == 8000);
            KismetCaptureExportStatistic s = export.CaptureStatistics;
            Assert.True(s.QueueDropped > 1000 && s.Dropped >= s.QueueDropped, s.ToString());

            // All that were taken and not dropped wait, here or in the sockets.
            Stopwatch clock = Stopwatch.StartNew();
            await export.StopAsync();
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
            Assert.Equal(KismetSessionState.Stopped, export.State);
            export.Dispose();
        }
    }

    [Fact]
    public async Task A_silent_server_is_given_up_and_sought_again()
    {
        using ScriptedPeer listener = new();
        using ScriptedCapture capture = ScriptedCapture.Start();
        (KismetCaptureExport export, RemoteCapturePeer peer, _, _) = await StartAsync(listener, capture, Options(listener) with { SilenceTimeout = TimeSpan.FromSeconds(1) });
        using (export)
        using (peer)
        {
            using RemoteCapturePeer again = await AcceptAsync(listener, KismetCaptureProtocol.Tcp);
            await again.OpenAsync();
            Assert.StartsWith("ConnectionDead", export.CaptureStatistics.LastError);
        }
    }

    [Fact]
    public async Task When_all_sessions_have_ended_the_last_frame_is_sent_and_the_server_told()
    {
        using ScriptedPeer listener = new();
        ScriptedCapture capture = ScriptedCapture.Start();
        (KismetCaptureExport export, RemoteCapturePeer peer, _, _) = await StartAsync(listener, capture, Options(listener));
        using (export)
        using (peer)
        {
            FrameOrigin origin = capture.AddOrigin("ear");
            for (int i = 0; i < 500; i++)
            {
                capture.Add(origin, s_beacon);
            }

            await WaitFor(() => capture.Statistics.Decoded == 500);
            capture.Dispose();
            for (int i = 0; i < 500; i++)
            {
                await peer.ReadAsync(16);
            }

            RemoteFrame end = await peer.ReadAsync(4);
            Assert.Equal("no more frames\0", end.Fields[1]);
            Assert.Null(await peer.ReadAsync());
            await export.Completion.WaitAsync(s_patience);
            Assert.Equal((KismetSessionState.Stopped, KismetStopReason.EndOfInput, null), (export.State, export.StopReason, export.Error));
            Assert.Equal((500, 0, false), (export.CaptureStatistics.Sent, export.CaptureStatistics.Dropped, export.IsConnected));
        }
    }

    // What kismet_cap_pcapfile of 2025-09-R1 sent of the same files: SHA-256 of the contents of its packet frames, one behind the other.
    [CapturesTheory]
    [InlineData("ws-wpa-Induction.pcap", 1093, "a797e89d1005b8ab973dc24f9b2a7e363b4bd6a1d174c8082d5a54ad41ff8dad")]
    [InlineData("synth-modern-radiotap-fcs.pcap", 72, "a2459525a54e946ec2c43094c7355e65b504a077df80e39f7626ba55e96a8554")]
    [InlineData("synth-modern-radiotap.pcap", 72, "a9b09478acee46a75927e143d4a9da460e62996b03325d0e9d7fbea8ad3b9f86")]
    [InlineData("aircrack-wpa3-psk.pcap", 24, "ec99fd4d595c01d6645e4e895ee70dff3df16ee7a4f7bae83e743fe79bff2077")]
    [InlineData("aircrack-test1.pcap", 192, "fe81491f97d85296cca8ff04cda4e542a50f18b32c552160101a3060f0d334a8")]
    public async Task Packets_are_byte_for_byte_those_of_the_real_capture_tool(string file, int count, string hash)
    {
        using ScriptedPeer listener = new();
        KismetCaptureExport? export = null;
        Task<KismetImport> start = Task.Run(() => KismetImport.Start(OracleCaptures.Path(file), attach: i => export = KismetCaptureExport.Start([i], Options(listener))));
        using RemoteCapturePeer peer = await AcceptAsync(listener, KismetCaptureProtocol.Tcp);
        await peer.OpenAsync();
        using KismetImport import = await start.WaitAsync(s_patience);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int packets = 0;
        while (await peer.ReadAsync() is { Command: 16 } frame)
        {
            sha.AppendData(frame.Content);
            packets++;
        }

        Assert.Equal((count, hash), (packets, Convert.ToHexStringLower(sha.GetHashAndReset())));
        export!.Dispose();
    }

    [Fact]
    public async Task Frames_of_several_sessions_go_as_one_source()
    {
        using ScriptedPeer listener = new();
        using ScriptedCapture one = ScriptedCapture.Start();
        using ScriptedCapture two = ScriptedCapture.Start();
        Task<KismetCaptureExport> start = Task.Run(() => KismetCaptureExport.Start([one, two], Options(listener)));
        using RemoteCapturePeer peer = await AcceptAsync(listener, KismetCaptureProtocol.Tcp);
        await peer.OpenAsync();
        using KismetCaptureExport export = await start;
        foreach (ScriptedCapture capture in new[] { one, two, one })
        {
            capture.Add(capture.AddOrigin("ear"), s_beacon);
            await peer.ReadAsync(16);
        }

        Assert.Equal(3, export.CaptureStatistics.Received);
    }

    [Fact]
    public async Task Each_failure_to_begin_has_its_own_id()
    {
        using ScriptedCapture capture = ScriptedCapture.Start();
        RemoteCaptureOptions options = new() { Server = new KismetConnectionOptions { ComputerName = "127.0.0.1", Port = ScriptedPeer.ClosedPort(), ConnectTimeout = TimeSpan.FromSeconds(5) } };
        KismetException refused = Fails(KismetErrorId.ConnectionRefused, options);
        Assert.Contains("remote_capture_listen", refused.Advice);
        Fails(KismetErrorId.HostNotFound, options with { Server = options.Server with { ComputerName = "no-such-host.invalid" } });
        Fails(KismetErrorId.ConnectionRefused, options with { Protocol = KismetCaptureProtocol.WebSocket });
        Fails(KismetErrorId.HostNotFound, options with { Protocol = KismetCaptureProtocol.WebSocket, Server = options.Server with { ComputerName = "no-such-host.invalid" } });

        // A server that closes: no driver for the type, or of before 2025.
        await Peer(KismetErrorId.SourceRefused, static async p => await p.ReadAsync());
        await Peer(KismetErrorId.SourceRefused, static async p =>
        {
            await p.ReadAsync();
            await p.SendAsync(5, "82010402a46e6f7065");
        }, "nope");
        await Peer(KismetErrorId.SourceRefused, static async p =>
        {
            await p.ReadAsync();
            await p.SendAsync(6, "8101a46e6f7065", 0);
            await p.ReadAsync();
        }, "nope");
        await Peer(KismetErrorId.ServerUnknown, static async p => await p.SendRawAsync("*KISMET: 0.0.0 1"u8.ToArray()));
        await Peer(KismetErrorId.ServerUnknown, static async p => await p.SendRawAsync([0xDE, 0xCA, 0xFB, 0xAD, 0xAB, 0xCD, 0, 2, 0, 0, 0, 0]));
        await Peer(KismetErrorId.AnswerInvalid, static async p =>
        {
            await p.ReadAsync();
            await p.SendAsync(12, "8101c0");
            await p.ReadAsync();
        });

        // One that says nothing.
        using ScriptedPeer mute = new();
        Fails(KismetErrorId.ConnectionTimeout, Options(mute) with { Server = Options(mute).Server with { ConnectTimeout = TimeSpan.FromMilliseconds(500) } });

        KismetException Fails(KismetErrorId id, RemoteCaptureOptions with)
        {
            KismetException e = Assert.Throws<KismetException>(() => KismetCaptureExport.Start([capture], with));
            Assert.Equal(id, e.Id);
            Assert.NotNull(e.Advice);
            return e;
        }

        async Task Peer(KismetErrorId id, Func<RemoteCapturePeer, Task> script, string words = "")
        {
            using ScriptedPeer listener = new();
            Task<KismetException> failing = Task.Run(() => Fails(id, Options(listener)));
            using (RemoteCapturePeer peer = await AcceptAsync(listener, KismetCaptureProtocol.Tcp))
            {
                await script(peer);
                if (id is KismetErrorId.ServerUnknown)
                {
                    await failing.WaitAsync(s_patience);
                }
            }

            Assert.Contains(words, (await failing.WaitAsync(s_patience)).Message);
        }
    }

    [Theory]
    [InlineData(401, KismetErrorId.AuthenticationFailed)]
    [InlineData(403, KismetErrorId.RoleMissing)]
    [InlineData(404, KismetErrorId.ServerUnknown)]
    [InlineData(502, KismetErrorId.ServerFailure)]
    public async Task A_refused_WebSocket_says_why_and_never_the_key(int status, KismetErrorId id)
    {
        using ScriptedPeer listener = new();
        using ScriptedCapture capture = ScriptedCapture.Start();
        RemoteCaptureOptions options = Options(listener, KismetCaptureProtocol.WebSocket);
        Task<KismetException> failing = Task.Run(() => Assert.Throws<KismetException>(() => KismetCaptureExport.Start([capture], options)));
        Assert.Null(await RemoteCapturePeer.AcceptWebSocketAsync(listener, "another key", status));
        KismetException e = await failing.WaitAsync(s_patience);
        Assert.Equal(id, e.Id);
        Assert.DoesNotContain(Secret, e.ToString() + options + options.Server);
    }

    [Fact]
    public async Task The_key_goes_into_a_header_and_nowhere_else()
    {
        using ScriptedPeer listener = new();
        using ScriptedCapture capture = ScriptedCapture.Start();
        (KismetCaptureExport export, RemoteCapturePeer peer, RemoteFrame source, _) = await StartAsync(listener, capture, Options(listener, KismetCaptureProtocol.WebSocket));
        using (export)
        using (peer)
        {
            Assert.StartsWith("GET /datasource/remote/remotesource.ws HTTP/1.1\r\n", peer.Request);
            Assert.Contains($"Cookie: KISMET={Secret}\r\n", peer.Request);
            Assert.DoesNotContain(source.Fields.Values, static v => v is string s && s.Contains(Secret, StringComparison.Ordinal));

            // A server that says it back is not repeated.
            await peer.SendAsync(4, "8101d920" + Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(Secret)));
            await WaitFor(() => export.CaptureStatistics.LastError is not null);
            Assert.DoesNotContain(Secret, export.CaptureStatistics.LastError + export + export.CaptureStatistics);
            Assert.Contains("***", export.CaptureStatistics.LastError);
        }
    }

    [Fact]
    public async Task TLS_is_spoken_and_a_strange_certificate_is_an_error()
    {
        using var key = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        using ScriptedPeer listener = new();
        using ScriptedCapture capture = ScriptedCapture.Start();
        RemoteCaptureOptions options = Options(listener) with { Server = Options(listener).Server with { UseTls = true } };
        Task<KismetException> failing = Task.Run(() => Assert.Throws<KismetException>(() => KismetCaptureExport.Start([capture], options)));
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using RemoteCapturePeer none = await RemoteCapturePeer.AcceptAsync(listener, certificate);
            await none.ReadAsync(19);
        });
        Assert.Equal(KismetErrorId.TlsFailure, (await failing.WaitAsync(s_patience)).Id);

        Task<KismetCaptureExport> start = Task.Run(() => KismetCaptureExport.Start([capture], options with { Server = options.Server with { SkipCertificateCheck = true } }));
        using RemoteCapturePeer peer = await RemoteCapturePeer.AcceptAsync(listener, certificate);
        await peer.OpenAsync();
        using KismetCaptureExport export = await start.WaitAsync(s_patience);
        capture.Add(capture.AddOrigin("ear"), s_beacon);
        await peer.ReadAsync(16);
        Assert.True(export.IsConnected);
    }

    [Fact]
    public async Task Without_reconnecting_the_session_ends_with_its_connection()
    {
        using ScriptedPeer listener = new();
        using ScriptedCapture capture = ScriptedCapture.Start();
        (KismetCaptureExport export, RemoteCapturePeer peer, _, _) = await StartAsync(listener, capture, Options(listener) with { Server = Options(listener).Server with { Reconnect = false } });
        using (export)
        {
            await peer.SendAsync(4, "8101a3627965");
            await export.Completion.WaitAsync(s_patience);
            peer.Dispose();
            Assert.Equal((KismetSessionState.Faulted, KismetErrorId.ConnectionClosed), (export.State, export.Error!.Id));
            Assert.Contains("bye", export.Error.Message);
        }
    }

    [Fact]
    public async Task Nonsense_from_the_server_ends_the_connection_only()
    {
        using ScriptedPeer listener = new();
        using ScriptedCapture capture = ScriptedCapture.Start();
        (KismetCaptureExport export, RemoteCapturePeer peer, _, _) = await StartAsync(listener, capture, Options(listener));
        using (export)
        {
            Random random = new(3);
            for (int i = 0; i < 5; i++)
            {
                byte[] noise = new byte[random.Next(4, 3000)];
                random.NextBytes(noise);
                await peer.SendRawAsync(noise);
                RemoteCapturePeer next = await AcceptAsync(listener, KismetCaptureProtocol.Tcp);
                await next.OpenAsync();
                peer.Dispose();
                peer = next;
            }

            capture.Add(capture.AddOrigin("ear"), s_beacon);
            await peer.ReadAsync(16);
            Assert.Equal((KismetSessionState.Running, 5), (export.State, export.CaptureStatistics.Reconnects));
            peer.Dispose();
        }
    }

    private static RemoteCaptureOptions Options(ScriptedPeer listener, KismetCaptureProtocol protocol = KismetCaptureProtocol.Tcp)
    {
        SecureString key = new();
        foreach (char c in Secret)
        {
            key.AppendChar(c);
        }

        return new RemoteCaptureOptions
        {
            Server = new KismetConnectionOptions { ComputerName = "127.0.0.1", Port = listener.Port, ApiKey = key, ConnectTimeout = s_patience },
            Protocol = protocol,
            FirstWait = TimeSpan.FromMilliseconds(20),
            LongestWait = TimeSpan.FromMilliseconds(100),
            SilenceTimeout = s_patience,
        };
    }

    private static async Task<RemoteCapturePeer> AcceptAsync(ScriptedPeer listener, KismetCaptureProtocol protocol) => protocol == KismetCaptureProtocol.Tcp
        ? await RemoteCapturePeer.AcceptAsync(listener)
        : await RemoteCapturePeer.AcceptWebSocketAsync(listener, Secret) ?? throw new InvalidOperationException("No key.");

    private static async Task<(KismetCaptureExport Export, RemoteCapturePeer Peer, RemoteFrame Source, RemoteFrame Open)> StartAsync(ScriptedPeer listener, CaptureSession capture, RemoteCaptureOptions options)
    {
        Task<KismetCaptureExport> start = Task.Run(() => KismetCaptureExport.Start([capture], options));
        RemoteCapturePeer peer = await AcceptAsync(listener, options.Protocol);
        (RemoteFrame source, RemoteFrame open) = await peer.OpenAsync();
        return (await start.WaitAsync(s_patience), peer, source, open);
    }

    private static (byte[] Packet, long OriginalLength, long Seconds) Packet(RemoteFrame frame, out RadioInfo radio)
    {
        var block = (Dictionary<long, object?>)frame.Fields[4]!;
        Assert.Equal(127L, block[1]);
        Assert.Equal((1_700_000_000L, 123_456L), ((long)block[2]!, (long)block[3]!));
        byte[] packet = (byte[])block[6]!;
        radio = default;
        Assert.Equal(DecodeStatus.Ok, RadiotapReader.TryRead(packet, ref radio, out _));
        return (packet, (long)block[4]!, (long)block[2]!);
    }

    /// <summary>A frame behind an AVS header of version 1 with a signal in dBm.</summary>
    private static byte[] Avs(byte[] frame, int signalDbm)
    {
        byte[] header = new byte[64];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(header, 0x80211001);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), 64);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(28), 6);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(44), 2);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(48), signalDbm);
        return [.. header, .. frame];
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
