using System.Security.Cryptography;
using KismetPS.Capture;
using KismetPS.Kismet.Tests.Drones;
using KismetPS.TestKit;
using KismetPS.TestKit.Frames;
using KismetPS.Tracking;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;
using RadiotapFields = KismetPS.TestKit.Frames.RadiotapFields;
using Xunit;

namespace KismetPS.Kismet.Tests.RemoteCapture;

/// <summary>The frames of an export as a server gets them, over real sockets.</summary>
public sealed class CaptureExportFrameTests
{
    [Theory]
    [InlineData(KismetCaptureProtocol.Tcp)]
    [InlineData(KismetCaptureProtocol.WebSocket)]
    public async Task Frames_of_every_link_type_arrive_as_radiotap_with_their_signal(KismetCaptureProtocol protocol)
    {
        using ScriptedPeer listener = new();
        using ScriptedCapture capture = ScriptedCapture.Start();
        (KismetCaptureExport export, RemoteCapturePeer peer, RemoteFrame source, RemoteFrame open) = await CaptureExportRig.StartAsync(listener, capture, CaptureExportRig.Options(listener, protocol) with { SourceName = "roof" });
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
            byte[] withFcs = FrameCheck.Append(CaptureExportRig.Beacon);
            capture.Add(origin, withFcs, radio);
            byte[] tap = [.. new RadiotapFields { Flags = 0, Rate = 108, FrequencyMHz = 2462, SignalDbm = -33 }.ToArray(), .. CaptureExportRig.Beacon];
            capture.Add(origin, tap, default, LinkType.Radiotap);
            byte[] avs = Avs(CaptureExportRig.Beacon, -61);
            capture.Add(origin, avs, default, LinkType.Avs);
            capture.Add(origin, new byte[60], default, LinkType.Ethernet);
            capture.Add(origin, CaptureExportRig.Beacon[..30], radio with { Fcs = FcsState.Absent }, cut: CaptureExportRig.Beacon.Length - 30);
            origin.Position = new GeoPosition(48.25, -16.5, 3, 150, 1, 2);
            capture.Add(origin, CaptureExportRig.Beacon);

            (byte[] packet, long original, _) = Packet(await peer.ReadAsync(16), out RadioInfo told);
            Assert.Equal((5180, -57, 6000, FcsState.Present), (told.FrequencyMHz, told.SignalDbm, told.RateKbps, told.Fcs));
            Assert.Equal(withFcs, packet[^withFcs.Length..]);
            Assert.Equal(packet.Length, original);

            (packet, _, _) = Packet(await peer.ReadAsync(16), out told);
            Assert.Equal(tap, packet);
            Assert.Equal(-33, told.SignalDbm);

            (packet, _, _) = Packet(await peer.ReadAsync(16), out told);
            Assert.Equal(-61, told.SignalDbm);
            Assert.Equal(CaptureExportRig.Beacon, packet[^CaptureExportRig.Beacon.Length..]);

            (packet, original, _) = Packet(await peer.ReadAsync(16), out told);
            Assert.Equal(packet.Length + CaptureExportRig.Beacon.Length - 30, original);

            RemoteFrame placed = await peer.ReadAsync(16);
            Packet(placed, out _);
            var place = (Dictionary<long, object?>)placed.Fields[1]!;
            Assert.Equal((48.25, -16.5, 150.0, 3L), ((double)place[1]!, (double)place[2]!, (double)place[3]!, (long)place[4]!));

            await CaptureExportRig.WaitFor(() => export.CaptureStatistics.Sent == 5);
            KismetCaptureExportStatistic s = export.CaptureStatistics;
            Assert.Equal((6, 1, 1, 0, 0), (s.Received, s.Skipped, s.Dropped, s.Queued, s.Reconnects));
            Assert.True(s.Bytes > 5 * 60);
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
        Task<KismetImport> start = Task.Run(() => KismetImport.Start(OracleCaptures.Path(file), attach: i => export = KismetCaptureExport.Start([i], CaptureExportRig.Options(listener))));
        using RemoteCapturePeer peer = await CaptureExportRig.AcceptAsync(listener, KismetCaptureProtocol.Tcp);
        await peer.OpenAsync();
        using KismetImport import = await start.WaitAsync(CaptureExportRig.Patience);
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
        Task<KismetCaptureExport> start = Task.Run(() => KismetCaptureExport.Start([one, two], CaptureExportRig.Options(listener)));
        using RemoteCapturePeer peer = await CaptureExportRig.AcceptAsync(listener, KismetCaptureProtocol.Tcp);
        await peer.OpenAsync();
        using KismetCaptureExport export = await start;
        foreach (ScriptedCapture capture in new[] { one, two, one })
        {
            capture.Add(capture.AddOrigin("ear"), CaptureExportRig.Beacon);
            await peer.ReadAsync(16);
        }

        await CaptureExportRig.WaitFor(() => export.CaptureStatistics.Received == 3);
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
}
