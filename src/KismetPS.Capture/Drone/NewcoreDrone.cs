using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace KismetPS.Capture.Drone;

/// <summary>
/// The drone protocol of 2009-05 to 2016-07, version 1: payloads read and whole frames written. All numbers are big-endian. Blocks have bitmaps of
/// their fields, but the programs read at fixed places, so every field is always written.
/// </summary>
internal static class NewcoreDrone
{
    /// <summary>The one version there was.</summary>
    public const int Version = 1;

    /// <summary>The most captured bytes that fit a drone's ring with their header.</summary>
    public const int MaxData = 60_000;

    private const int HelloLength = 68;
    private const int TextField = 32;
    private const int SourceLength = 77;
    private const int SourceText = 16;
    private const int ChannelSetLength = 2082;
    private const int MaxChannels = 256;
    private const int RadioLength = 30;
    private const int GpsLength = 68;
    private const int FcsLength = 4;
    private const int DataLength = 44;
    private const uint RadioBit = 1;
    private const uint GpsBit = 2;
    private const uint FcsBit = 4;
    private const uint DataBit = 0x80000000;
    private const ushort RangeBit = 0x8000;

    // What a drone sends in place of an FCS it does not have.
    private static ReadOnlySpan<byte> NoFcs => [0xDE, 0xAD, 0xBE, 0xEF];

    /// <summary>Reads HELO: the version, the release (<c>2016-07-R1</c>) and the drone's name.</summary>
    public static bool TryReadHello(ReadOnlySpan<byte> payload, out int version, out string release, out string name)
    {
        version = 0;
        release = "";
        name = "";
        if (payload.Length < HelloLength)
        {
            return false;
        }

        version = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(payload), int.MaxValue);
        release = Text(payload.Slice(4, TextField));
        name = Text(payload.Slice(4 + TextField, TextField));
        return true;
    }

    /// <summary>Reads STRING: flags as those of STATUS, and a text.</summary>
    public static bool TryReadText(ReadOnlySpan<byte> payload, out int flags, out ReadOnlySpan<byte> text)
    {
        flags = 0;
        text = [];
        if (payload.Length < 8)
        {
            return false;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(payload[4..]);
        if (length > payload.Length - 8)
        {
            return false;
        }

        flags = BinaryPrimitives.ReadInt32BigEndian(payload);
        text = payload.Slice(8, (int)length);
        return true;
    }

    /// <summary>Reads SOURCE.</summary>
    public static bool TryReadSource(ReadOnlySpan<byte> payload, out DroneSource? source)
    {
        source = null;
        if (payload.Length < SourceLength)
        {
            return false;
        }

        source = new DroneSource(
            Uuid(payload[6..]),
            BinaryPrimitives.ReadUInt16BigEndian(payload[22..]) != 0,
            Text(payload.Slice(24, SourceText)),
            Text(payload.Slice(40, SourceText)),
            Text(payload.Slice(56, SourceText)),
            payload[72] != 0,
            BinaryPrimitives.ReadUInt16BigEndian(payload[73..]),
            BinaryPrimitives.ReadUInt16BigEndian(payload[75..]));
        return true;
    }

    /// <summary>Reads CHANNELSET; false for one shorter than the programs send or with more channels than it has room for.</summary>
    public static bool TryReadChannelSet(ReadOnlySpan<byte> payload, out DroneChannelSet? set)
    {
        set = null;
        if (payload.Length < ChannelSetLength)
        {
            return false;
        }

        int count = BinaryPrimitives.ReadUInt16BigEndian(payload[28..]);
        if (count > MaxChannels)
        {
            return false;
        }

        DroneChannel[] channels = new DroneChannel[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = payload.Slice(30 + (8 * i), 8);
            ushort first = BinaryPrimitives.ReadUInt16BigEndian(entry);
            ushort second = BinaryPrimitives.ReadUInt16BigEndian(entry[2..]);
            channels[i] = (first & RangeBit) == 0
                ? new DroneChannel(first, second, 0, 0, 0)
                : new DroneChannel(first & ~RangeBit, 0, second, BinaryPrimitives.ReadUInt16BigEndian(entry[4..]), BinaryPrimitives.ReadUInt16BigEndian(entry[6..]));
        }

        set = new DroneChannelSet(
            Uuid(payload[6..]),
            (DroneChannelCommand)BinaryPrimitives.ReadUInt16BigEndian(payload[22..]),
            BinaryPrimitives.ReadUInt16BigEndian(payload[24..]),
            BinaryPrimitives.ReadUInt16BigEndian(payload[26..]) != 0,
            channels,
            BinaryPrimitives.ReadUInt16BigEndian(payload[2078..]),
            BinaryPrimitives.ReadUInt16BigEndian(payload[2080..]));
        return true;
    }

    /// <summary>Reads CAPPACKET; false when a block it announces is not whole.</summary>
    public static bool TryReadPacket(ReadOnlySpan<byte> payload, out DronePacket packet)
    {
        packet = default;
        if (payload.Length < 8)
        {
            return false;
        }

        uint content = BinaryPrimitives.ReadUInt32BigEndian(payload);
        uint offset = BinaryPrimitives.ReadUInt32BigEndian(payload[4..]);
        ReadOnlySpan<byte> rest = payload[8..];
        ReadOnlySpan<byte> blocks = rest;
        if ((content & RadioBit) != 0)
        {
            if (!TryTake(ref rest, RadioLength, out ReadOnlySpan<byte> radio))
            {
                return false;
            }

            packet.Radio = new DroneRadio(
                0,
                BinaryPrimitives.ReadUInt16BigEndian(radio[8..]),
                BinaryPrimitives.ReadInt16BigEndian(radio[10..]),
                BinaryPrimitives.ReadInt16BigEndian(radio[12..]),
                BinaryPrimitives.ReadInt16BigEndian(radio[26..]),
                BinaryPrimitives.ReadInt16BigEndian(radio[28..]),
                BinaryPrimitives.ReadUInt32BigEndian(radio[14..]),
                BinaryPrimitives.ReadUInt32BigEndian(radio[18..]),
                BinaryPrimitives.ReadUInt32BigEndian(radio[22..]),
                BinaryPrimitives.ReadUInt16BigEndian(radio[6..]),
                0);
        }

        if ((content & GpsBit) != 0)
        {
            if (!TryTake(ref rest, GpsLength, out ReadOnlySpan<byte> gps))
            {
                return false;
            }

            packet.Position = new DronePosition(
                BinaryPrimitives.ReadUInt16BigEndian(gps[6..]), Number(gps[8..]), Number(gps[20..]), Number(gps[32..]), Number(gps[44..]), Number(gps[56..]));
        }

        if ((content & FcsBit) != 0)
        {
            if (rest.Length < FcsLength)
            {
                return false;
            }

            packet.Fcs = rest[..FcsLength].SequenceEqual(NoFcs) ? [] : rest[..FcsLength];
        }

        if ((content & DataBit) == 0)
        {
            return true;
        }

        if (offset > blocks.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> data = blocks[(int)offset..];
        if (data.Length < DataLength)
        {
            return false;
        }

        int header = BinaryPrimitives.ReadUInt16BigEndian(data);
        int count = BinaryPrimitives.ReadUInt16BigEndian(data[22..]);
        if (header < DataLength || header > data.Length || count > data.Length - header)
        {
            return false;
        }

        packet.SourceId = Uuid(data[6..]);
        packet.Seconds = BinaryPrimitives.ReadUInt64BigEndian(data[24..]);
        packet.Microseconds = BinaryPrimitives.ReadUInt64BigEndian(data[32..]);
        packet.LinkType = BinaryPrimitives.ReadUInt32BigEndian(data[40..]);
        packet.Data = data.Slice(header, count);
        return true;
    }

    /// <summary>Writes the keep-alive.</summary>
    public static void WriteNull(IBufferWriter<byte> output)
    {
        Header(output, 0, 0);
        output.Advance(DroneFramer.NewcoreHeader);
    }

    /// <summary>Writes HELO. Texts over 31 characters are cut; nothing but zeros follows them.</summary>
    public static void WriteHello(IBufferWriter<byte> output, string release, string name)
    {
        Span<byte> to = Header(output, 1, HelloLength);
        BinaryPrimitives.WriteUInt32BigEndian(to, Version);
        WriteText(to.Slice(4, TextField), release);
        WriteText(to.Slice(4 + TextField, TextField), name);
        output.Advance(DroneFramer.NewcoreHeader + HelloLength);
    }

    /// <summary>Writes STRING; a text over 1024 bytes is cut.</summary>
    public static void WriteText(IBufferWriter<byte> output, int flags, ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, 1024)];
        Span<byte> to = Header(output, 2, 8 + text.Length);
        BinaryPrimitives.WriteInt32BigEndian(to, flags);
        BinaryPrimitives.WriteUInt32BigEndian(to[4..], (uint)text.Length);
        text.CopyTo(to[8..]);
        output.Advance(DroneFramer.NewcoreHeader + 8 + text.Length);
    }

    /// <summary>Writes SOURCE.</summary>
    public static void WriteSource(IBufferWriter<byte> output, DroneSource source)
    {
        Span<byte> to = Header(output, 5, SourceLength);
        BinaryPrimitives.WriteUInt16BigEndian(to, SourceLength);
        BinaryPrimitives.WriteUInt32BigEndian(to[2..], 0xFF);
        source.Id.TryWriteBytes(to[6..], bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(to[22..], source.IsRemoved ? (ushort)1 : (ushort)0);
        WriteText(to.Slice(24, SourceText), source.Name);
        WriteText(to.Slice(40, SourceText), source.Interface);
        WriteText(to.Slice(56, SourceText), source.Type);
        to[72] = source.Hops ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt16BigEndian(to[73..], (ushort)source.Dwell);
        BinaryPrimitives.WriteUInt16BigEndian(to[75..], (ushort)source.Rate);
        output.Advance(DroneFramer.NewcoreHeader + SourceLength);
    }

    /// <summary>Writes CHANNELSET; channels over 256 are left out.</summary>
    public static void WriteChannelSet(IBufferWriter<byte> output, DroneChannelSet set)
    {
        Span<byte> to = Header(output, 4, ChannelSetLength);
        BinaryPrimitives.WriteUInt16BigEndian(to, ChannelSetLength);
        BinaryPrimitives.WriteUInt32BigEndian(to[2..], 0x1FF);
        set.SourceId.TryWriteBytes(to[6..], bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(to[22..], (ushort)set.Command);
        BinaryPrimitives.WriteUInt16BigEndian(to[24..], (ushort)set.Current);
        BinaryPrimitives.WriteUInt16BigEndian(to[26..], set.Hops ? (ushort)1 : (ushort)0);
        int count = Math.Min(set.Channels.Count, MaxChannels);
        BinaryPrimitives.WriteUInt16BigEndian(to[28..], (ushort)count);
        for (int i = 0; i < count; i++)
        {
            DroneChannel channel = set.Channels[i];
            Span<byte> entry = to.Slice(30 + (8 * i), 8);
            BinaryPrimitives.WriteUInt16BigEndian(entry, (ushort)(channel.IsRange ? channel.First | RangeBit : channel.First & ~RangeBit));
            BinaryPrimitives.WriteUInt16BigEndian(entry[2..], (ushort)(channel.IsRange ? channel.Last : channel.Dwell));
            BinaryPrimitives.WriteUInt16BigEndian(entry[4..], (ushort)channel.Width);
            BinaryPrimitives.WriteUInt16BigEndian(entry[6..], (ushort)channel.Step);
        }

        BinaryPrimitives.WriteUInt16BigEndian(to[2078..], (ushort)set.Rate);
        BinaryPrimitives.WriteUInt16BigEndian(to[2080..], (ushort)set.Dwell);
        output.Advance(DroneFramer.NewcoreHeader + ChannelSetLength);
    }

    /// <summary>
    /// Writes CAPPACKET with the parts there are; false, and nothing written, when the data is longer than fits. An FCS is always there, as drones do:
    /// a filler when none is known. Without data the frame tells the position only.
    /// </summary>
    public static bool TryWritePacket(IBufferWriter<byte> output, in DronePacket packet)
    {
        if (packet.Data.Length > MaxData)
        {
            return false;
        }

        int radio = packet.Radio is null ? 0 : RadioLength;
        int gps = packet.Position is null ? 0 : GpsLength;
        int blocks = radio + gps + FcsLength;
        int length = 8 + blocks + (packet.Data.IsEmpty ? 0 : DataLength + packet.Data.Length);
        Span<byte> whole = Header(output, 3, length);
        uint content = FcsBit | (radio > 0 ? RadioBit : 0) | (gps > 0 ? GpsBit : 0) | (packet.Data.IsEmpty ? 0 : DataBit);
        BinaryPrimitives.WriteUInt32BigEndian(whole, content);
        BinaryPrimitives.WriteUInt32BigEndian(whole[4..], packet.Data.IsEmpty ? 0 : (uint)blocks);
        Span<byte> to = whole[8..];
        if (packet.Radio is { } facts)
        {
            BinaryPrimitives.WriteUInt16BigEndian(to, RadioLength);
            BinaryPrimitives.WriteUInt32BigEndian(to[2..], 0x1FF);
            BinaryPrimitives.WriteUInt16BigEndian(to[6..], facts.Accuracy);
            BinaryPrimitives.WriteUInt16BigEndian(to[8..], (ushort)Math.Clamp(facts.FrequencyMHz, 0, ushort.MaxValue));
            BinaryPrimitives.WriteInt16BigEndian(to[10..], facts.SignalDbm);
            BinaryPrimitives.WriteInt16BigEndian(to[12..], facts.NoiseDbm);
            BinaryPrimitives.WriteUInt32BigEndian(to[14..], facts.Carrier);
            BinaryPrimitives.WriteUInt32BigEndian(to[18..], facts.Encoding);
            BinaryPrimitives.WriteUInt32BigEndian(to[22..], facts.Rate);
            BinaryPrimitives.WriteInt16BigEndian(to[26..], facts.SignalRssi);
            BinaryPrimitives.WriteInt16BigEndian(to[28..], facts.NoiseRssi);
            to = to[RadioLength..];
        }

        if (packet.Position is { } position)
        {
            BinaryPrimitives.WriteUInt16BigEndian(to, GpsLength);
            BinaryPrimitives.WriteUInt32BigEndian(to[2..], 0x3F);
            BinaryPrimitives.WriteUInt16BigEndian(to[6..], (ushort)Math.Clamp(position.Fix, 0, ushort.MaxValue));
            WriteNumber(to[8..], position.Latitude);
            WriteNumber(to[20..], position.Longitude);
            WriteNumber(to[32..], position.Altitude);
            WriteNumber(to[44..], position.Speed);
            WriteNumber(to[56..], position.Heading);
            to = to[GpsLength..];
        }

        (packet.Fcs.Length == FcsLength ? packet.Fcs : NoFcs).CopyTo(to);
        to = to[FcsLength..];
        if (!packet.Data.IsEmpty)
        {
            BinaryPrimitives.WriteUInt16BigEndian(to, DataLength);
            BinaryPrimitives.WriteUInt32BigEndian(to[2..], 0x1F);
            packet.SourceId.TryWriteBytes(to[6..], bigEndian: true, out _);
            BinaryPrimitives.WriteUInt16BigEndian(to[22..], (ushort)packet.Data.Length);
            BinaryPrimitives.WriteUInt64BigEndian(to[24..], packet.Seconds);
            BinaryPrimitives.WriteUInt64BigEndian(to[32..], packet.Microseconds);
            BinaryPrimitives.WriteUInt32BigEndian(to[40..], packet.LinkType);
            packet.Data.CopyTo(to[DataLength..]);
        }

        output.Advance(DroneFramer.NewcoreHeader + length);
        return true;
    }

    private static Span<byte> Header(IBufferWriter<byte> output, uint command, int length)
    {
        Span<byte> to = output.GetSpan(DroneFramer.NewcoreHeader + length)[..(DroneFramer.NewcoreHeader + length)];
        to.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(to, DroneFramer.NewcoreSentinel);
        BinaryPrimitives.WriteUInt32BigEndian(to[4..], command);
        BinaryPrimitives.WriteUInt32BigEndian(to[8..], (uint)length);
        return to[DroneFramer.NewcoreHeader..];
    }

    /// <summary>A block that starts with its own length; it may be longer than known, not shorter.</summary>
    private static bool TryTake(ref ReadOnlySpan<byte> rest, int least, out ReadOnlySpan<byte> block)
    {
        block = [];
        if (rest.Length < least)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(rest);
        if (length < least || length > rest.Length)
        {
            return false;
        }

        block = rest[..length];
        rest = rest[length..];
        return true;
    }

    private static Guid Uuid(ReadOnlySpan<byte> from) => new(from[..16], bigEndian: true);

    /// <summary>A double in parts: low 32 bits of the mantissa, its high 20, the exponent as stored, the sign. What is not finite is read as 0.</summary>
    private static double Number(ReadOnlySpan<byte> from)
    {
        ulong low = BinaryPrimitives.ReadUInt32BigEndian(from);
        ulong high = BinaryPrimitives.ReadUInt32BigEndian(from[4..]) & 0xFFFFF;
        ulong exponent = BinaryPrimitives.ReadUInt16BigEndian(from[8..]) & 0x7FFu;
        ulong sign = BinaryPrimitives.ReadUInt16BigEndian(from[10..]) & 1u;
        double value = BitConverter.UInt64BitsToDouble((sign << 63) | (exponent << 52) | (high << 32) | low);
        return double.IsFinite(value) ? value : 0;
    }

    private static void WriteNumber(Span<byte> to, double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        BinaryPrimitives.WriteUInt32BigEndian(to, (uint)bits);
        BinaryPrimitives.WriteUInt32BigEndian(to[4..], (uint)(bits >> 32) & 0xFFFFF);
        BinaryPrimitives.WriteUInt16BigEndian(to[8..], (ushort)((bits >> 52) & 0x7FF));
        BinaryPrimitives.WriteUInt16BigEndian(to[10..], (ushort)(bits >> 63));
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? field : field[..end]);
    }

    private static void WriteText(Span<byte> field, string text) => Encoding.Latin1.GetBytes(text.AsSpan(0, Math.Min(text.Length, field.Length - 1)), field);
}
