using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using KismetPS.Capture.Drone;
using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Capture.Tests.Drone;

public sealed class DroneTests
{
    private const string Stable = "server2005-drone2005.pcap";
    private const string Newcore = "server2016-drone2016.pcap";

    [KismetReferenceTheory]
    [InlineData(Stable)]
    [InlineData(Newcore)]
    public void A_recorded_drone_gives_the_same_frames_however_it_is_cut(string file)
    {
        byte[] stream = FromDrone(file);
        List<(DroneFrameType Type, byte[] Payload)> whole = Frames(stream, stream.Length);
        Assert.True(whole.Count > 100);
        Assert.Equal(DroneFrameType.Hello, whole[0].Type);
        Assert.DoesNotContain(whole, static f => f.Type == DroneFrameType.Other);
        foreach (int piece in new[] { 1, 13, 1024 })
        {
            List<(DroneFrameType Type, byte[] Payload)> cut = Frames(stream, piece);
            Assert.Equal(whole.Count, cut.Count);
            for (int i = 0; i < whole.Count; i++)
            {
                Assert.Equal(whole[i].Type, cut[i].Type);
                Assert.Equal(whole[i].Payload, cut[i].Payload);
            }
        }
    }

    [KismetReferenceFact]
    public void A_recorded_drone_of_stable_written_again_is_the_same()
    {
        int packets = 0;
        foreach ((DroneFrameType type, byte[] payload) in Frames(FromDrone(Stable), 4096))
        {
            ArrayBufferWriter<byte> output = new();
            byte[] expected = payload;
            if (type == DroneFrameType.Hello)
            {
                Assert.True(StableDrone.TryReadHello(payload, out int version, out bool gps));
                Assert.Equal(StableDrone.Version, version);
                StableDrone.WriteHello(output, gps);

                // One byte nobody set.
                expected = [.. payload[..3], 0];
            }
            else
            {
                Assert.Equal(DroneFrameType.Packet, type);
                Assert.True(StableDrone.TryReadPacket(payload, out DronePacket packet));
                Assert.InRange(packet.Seconds, 1_000_000_000ul, 2_000_000_000ul);
                Assert.InRange(packet.Microseconds, 0ul, 999_999ul);
                Assert.NotEqual(0, packet.SourceName.Length);
                Assert.True(StableDrone.TryWritePacket(output, packet));
                packets++;

                // The heading is never filled, and without a fix neither is the rest of the position: whatever lay in memory was sent.
                expected = [.. payload];
                expected.AsSpan(packet.Position is null ? 44..94 : 84..94).Clear();
            }

            Assert.Equal(expected, output.WrittenSpan[9..].ToArray());
        }

        Assert.True(packets > 100);
    }

    [KismetReferenceFact]
    public void A_recorded_drone_of_newcore_written_again_is_the_same()
    {
        Dictionary<DroneFrameType, int> seen = [];
        int positions = 0;
        foreach ((DroneFrameType type, byte[] payload) in Frames(FromDrone(Newcore), 4096))
        {
            seen[type] = seen.GetValueOrDefault(type) + 1;
            ArrayBufferWriter<byte> output = new();
            byte[] expected = payload;
            switch (type)
            {
                case DroneFrameType.Null:
                    NewcoreDrone.WriteNull(output);
                    break;

                case DroneFrameType.Hello:
                    Assert.True(NewcoreDrone.TryReadHello(payload, out int version, out string release, out string name));
                    Assert.Equal((1, "2016-07-R1"), (version, release));
                    NewcoreDrone.WriteHello(output, release, name);

                    // What lay in memory behind the two strings was sent too.
                    expected = [.. payload[..4], .. Padded(release), .. Padded(name)];
                    break;

                case DroneFrameType.Text:
                    Assert.True(NewcoreDrone.TryReadText(payload, out int flags, out ReadOnlySpan<byte> text));
                    NewcoreDrone.WriteText(output, flags, text);
                    break;

                case DroneFrameType.Source:
                    Assert.True(NewcoreDrone.TryReadSource(payload, out DroneSource? source));
                    Assert.NotEqual(Guid.Empty, source!.Id);
                    NewcoreDrone.WriteSource(output, source);
                    break;

                case DroneFrameType.ChannelSet:
                    Assert.True(NewcoreDrone.TryReadChannelSet(payload, out DroneChannelSet? set));
                    NewcoreDrone.WriteChannelSet(output, set!);
                    break;

                case DroneFrameType.Packet:
                    Assert.True(NewcoreDrone.TryReadPacket(payload, out DronePacket packet));
                    positions += packet.Position is null ? 0 : 1;
                    if (packet.Position is { } position)
                    {
                        Assert.InRange(position.Latitude, 47.6, 47.7);
                        Assert.InRange(position.Longitude, -122.4, -122.3);
                    }

                    Assert.True(NewcoreDrone.TryWritePacket(output, packet));
                    break;
            }

            Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(output.WrittenSpan[12..]));
        }

        Assert.True(seen[DroneFrameType.Packet] > 100 && seen[DroneFrameType.Null] > 3 && seen[DroneFrameType.Hello] == 1 && seen[DroneFrameType.Source] > 0);
        Assert.True(positions > 0);

        static byte[] Padded(string text) => Encoding.Latin1.GetBytes(text.PadRight(32, '\0'));
    }

    [Fact]
    public void A_wrong_sentinel_or_length_ends_the_stream_for_good()
    {
        byte[] good = Written(static o => NewcoreDrone.WriteNull(o));
        foreach ((byte[] bad, DroneFrameStatus status) in new[]
        {
            (Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH"), DroneFrameStatus.BadSentinel),
            ([.. good, .. Written(static o => StableDrone.WriteHello(o, false))], DroneFrameStatus.BadSentinel),
            ([.. good[..8], 0, 1, 0, 1], DroneFrameStatus.TooLong),
            ([0xDE, 0xCA, 0xFB, 0xAD, 2, 0xFF, 0xFF, 0xFF, 0xFF], DroneFrameStatus.TooLong),
        })
        {
            DroneFramer framer = new();
            ReadOnlySpan<byte> input = bad;
            DroneFrameStatus last = framer.Read(ref input, out _);
            last = last == DroneFrameStatus.Ok ? framer.Read(ref input, out _) : last;
            Assert.Equal(status, last);
            input = good;
            Assert.Equal(status, framer.Read(ref input, out _));
            framer.Reset();
            input = good;
            Assert.Equal(DroneFrameStatus.Ok, framer.Read(ref input, out _));
        }
    }

    [Fact]
    public void A_length_claimed_is_not_memory_given()
    {
        // It claims 64 KiB. The first times are for what the runtime takes when it meets a method.
        byte[] header = [0xDE, 0xAD, 0xBE, 0xEF, 0, 0, 0, 3, 0, 1, 0, 0];
        long least = long.MaxValue;
        for (int i = 0; i < 10; i++)
        {
            DroneFramer framer = new();
            ReadOnlySpan<byte> input = header;
            long before = GC.GetAllocatedBytesForCurrentThread();
            DroneFrameStatus status = framer.Read(ref input, out _);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(DroneFrameStatus.More, status);
        }

        Assert.InRange(least, 0, 32 * 1024);
    }

    [Fact]
    public void Everything_a_packet_can_carry_comes_back()
    {
        DroneRadio radio = new(0, 2437, -77, -95, 12, -3, 4, 3, 540, 1, 0);
        DronePosition position = new(3, 47.609711, -122.333054, 51.5, 0.25, 359.9);
        Guid id = Guid.NewGuid();
        DronePacket packet = new()
        {
            Data = [1, 2, 3], LinkType = 105, Seconds = 1_795_247_469, Microseconds = 999_999, Radio = radio, Position = position, Fcs = [9, 8, 7, 6], SourceId = id,
        };
        ArrayBufferWriter<byte> output = new();
        Assert.True(NewcoreDrone.TryWritePacket(output, packet));
        Assert.True(NewcoreDrone.TryReadPacket(output.WrittenSpan[12..], out DronePacket read));
        Assert.Equal((radio, position, id, 105u, 1_795_247_469ul, 999_999ul), (read.Radio, read.Position, read.SourceId, read.LinkType, read.Seconds, read.Microseconds));
        Assert.Equal((byte[])[1, 2, 3], read.Data.ToArray());
        Assert.Equal((byte[])[9, 8, 7, 6], read.Fcs.ToArray());

        output.Clear();
        DroneRadio old = new(6, 0, -77, -95, 0, 0, 4, 3, 540, 0, 0);
        packet.Radio = old;
        packet.SourceName = "a name that is longer than thirty-one characters"u8;
        packet.IsDamaged = true;
        Assert.True(StableDrone.TryWritePacket(output, packet));
        Assert.True(StableDrone.TryReadPacket(output.WrittenSpan[9..], out read));
        Assert.Equal((old, position, true), (read.Radio, read.Position, read.IsDamaged));
        Assert.Equal("a name that is longer than thir", Encoding.ASCII.GetString(read.SourceName));
        Assert.Equal((byte[])[1, 2, 3], read.Data.ToArray());
        packet.Data = new byte[StableDrone.MaxData + 1];
        Assert.False(StableDrone.TryWritePacket(output, packet));
        packet.Data = new byte[NewcoreDrone.MaxData + 1];
        Assert.False(NewcoreDrone.TryWritePacket(output, packet));
    }

    [Fact]
    public void Ranges_and_channels_of_a_list()
    {
        DroneChannelSet set = new(Guid.NewGuid(), DroneChannelCommand.SetList, 6, true, [new(1, 3, 0, 0, 0), new(2412, 0, 2472, 20, 5), new(11, 0, 0, 0, 0)], 5, 2);
        byte[] payload = Written(o => NewcoreDrone.WriteChannelSet(o, set))[12..];
        Assert.Equal(2082, payload.Length);
        Assert.True(NewcoreDrone.TryReadChannelSet(payload, out DroneChannelSet? read));
        Assert.Equal(set.Channels, read!.Channels);
        Assert.Equal(set with { Channels = read.Channels }, read);
        BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(28), 257);
        Assert.False(NewcoreDrone.TryReadChannelSet(payload, out _));
        Assert.False(NewcoreDrone.TryReadChannelSet(payload.AsSpan(0, 2081), out _));
    }

    [KismetReferenceTheory]
    [InlineData(Stable)]
    [InlineData(Newcore)]
    public void Frames_cut_or_changed_anywhere_are_read_within_their_bytes(string file)
    {
        Random random = new(3501);
        foreach ((DroneFrameType type, byte[] payload) in Frames(FromDrone(file), 4096).DistinctBy(static f => (f.Type, f.Payload.Length)).Take(60))
        {
            for (int cut = 0; cut < Math.Min(payload.Length, 300); cut++)
            {
                ReadAny(payload.AsSpan(0, cut));
                byte[] changed = [.. payload];
                changed[cut] = (byte)random.Next(256);
                ReadAny(changed);
            }
        }

        static void ReadAny(ReadOnlySpan<byte> payload)
        {
            StableDrone.TryReadHello(payload, out _, out _);
            Assert.True(!StableDrone.TryReadPacket(payload, out DronePacket old) || old.Data.Length is > 0 and <= StableDrone.MaxData);
            NewcoreDrone.TryReadHello(payload, out _, out _, out _);
            NewcoreDrone.TryReadText(payload, out _, out _);
            NewcoreDrone.TryReadSource(payload, out _);
            NewcoreDrone.TryReadChannelSet(payload, out _);
            Assert.True(!NewcoreDrone.TryReadPacket(payload, out DronePacket packet) || packet.Position is null || double.IsFinite(packet.Position.Value.Latitude));
        }
    }

    /// <summary>What the drone sent: the direction that starts with a frame.</summary>
    private static byte[] FromDrone(string file) => KismetReference.Streams(file).First(static s => s.SourcePort is 3501 or 3505).Bytes;

    private static List<(DroneFrameType Type, byte[] Payload)> Frames(byte[] stream, int piece)
    {
        DroneFramer framer = new();
        List<(DroneFrameType, byte[])> frames = [];
        for (int at = 0; at < stream.Length; at += piece)
        {
            ReadOnlySpan<byte> input = stream.AsSpan(at, Math.Min(piece, stream.Length - at));
            DroneFrameStatus status;
            while ((status = framer.Read(ref input, out DroneFrame frame)) == DroneFrameStatus.Ok)
            {
                frames.Add((frame.Type, frame.Payload.ToArray()));
            }

            Assert.Equal(DroneFrameStatus.More, status);
            Assert.True(input.IsEmpty);
        }

        Assert.Equal(frames.Count, framer.Frames);
        return frames;
    }

    private static byte[] Written(Action<IBufferWriter<byte>> write)
    {
        ArrayBufferWriter<byte> output = new();
        write(output);
        return output.WrittenSpan.ToArray();
    }
}
