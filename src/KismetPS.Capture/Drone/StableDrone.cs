using System.Buffers;
using System.Buffers.Binary;

namespace KismetPS.Capture.Drone;

/// <summary>The drone protocol of 2005-08 to 2008-05, version 9: payloads read and whole frames written. All numbers are big-endian.</summary>
internal static class StableDrone
{
    /// <summary>The one version there was.</summary>
    public const int Version = 9;

    /// <summary>The most captured bytes a server takes; it ends itself at one more.</summary>
    public const int MaxData = 10240;

    /// <summary>Metres in the feet that this protocol tells altitudes in.</summary>
    public const double FootM = 0.3048;

    /// <summary>The byte by which a server that lost the thread asks for a fresh start.</summary>
    public const byte Flush = 0xFF;

    private const int HelloLength = 4;
    private const int HeaderLength = 127;
    private const int NameAt = 95;
    private const int NameLength = 32;
    private const uint Dot11 = 105;

    /// <summary>Reads the version frame.</summary>
    public static bool TryReadHello(ReadOnlySpan<byte> payload, out int version, out bool hasGps)
    {
        version = 0;
        hasGps = false;
        if (payload.Length < HelloLength - 1)
        {
            return false;
        }

        version = BinaryPrimitives.ReadUInt16BigEndian(payload);
        hasGps = payload[2] != 0;
        return true;
    }

    /// <summary>Reads a packet frame; false when it is shorter than it says, of another version, or empty.</summary>
    public static bool TryReadPacket(ReadOnlySpan<byte> payload, out DronePacket packet)
    {
        packet = default;
        if (payload.Length <= HeaderLength || BinaryPrimitives.ReadUInt16BigEndian(payload[4..]) != Version)
        {
            return false;
        }

        uint header = BinaryPrimitives.ReadUInt32BigEndian(payload);
        uint captured = BinaryPrimitives.ReadUInt32BigEndian(payload[10..]);
        if (header < HeaderLength || header > payload.Length || captured == 0 || captured > MaxData || captured > payload.Length - header)
        {
            return false;
        }

        packet.Data = payload.Slice((int)header, (int)captured);
        packet.LinkType = Dot11;
        packet.Seconds = BinaryPrimitives.ReadUInt64BigEndian(payload[14..]);
        packet.Microseconds = BinaryPrimitives.ReadUInt64BigEndian(payload[22..]);
        packet.IsDamaged = payload[36] != 0;
        packet.Radio = new DroneRadio(
            payload[37],
            0,
            BinaryPrimitives.ReadInt16BigEndian(payload[32..]),
            BinaryPrimitives.ReadInt16BigEndian(payload[34..]),
            0,
            0,
            payload[38],
            payload[39],
            BinaryPrimitives.ReadUInt32BigEndian(payload[40..]),
            0,
            BinaryPrimitives.ReadUInt16BigEndian(payload[30..]));
        int fix = (sbyte)payload[94];
        if (fix > 0)
        {
            packet.Position = new DronePosition(fix, Coordinate(payload[44..]), Coordinate(payload[54..]), Coordinate(payload[64..]), Coordinate(payload[74..]), Coordinate(payload[84..]));
        }

        ReadOnlySpan<byte> name = payload.Slice(NameAt, NameLength);
        int end = name.IndexOf((byte)0);
        packet.SourceName = end < 0 ? name : name[..end];
        return true;
    }

    /// <summary>Writes the version frame.</summary>
    public static void WriteHello(IBufferWriter<byte> output, bool hasGps)
    {
        Span<byte> to = Header(output, 1, HelloLength);
        BinaryPrimitives.WriteUInt16BigEndian(to, Version);
        to[2] = hasGps ? (byte)1 : (byte)0;
        output.Advance(DroneFramer.StableHeader + HelloLength);
    }

    /// <summary>Writes a packet frame; false, and nothing written, when the data is empty or longer than a server takes. A long name is cut.</summary>
    public static bool TryWritePacket(IBufferWriter<byte> output, in DronePacket packet)
    {
        if (packet.Data.Length is 0 or > MaxData)
        {
            return false;
        }

        int length = HeaderLength + packet.Data.Length;
        Span<byte> to = Header(output, 2, length);
        BinaryPrimitives.WriteUInt32BigEndian(to, HeaderLength);
        BinaryPrimitives.WriteUInt16BigEndian(to[4..], Version);

        // The server reads as many bytes as the first says, so a frame cut in capture is not longer than what there is of it.
        BinaryPrimitives.WriteUInt32BigEndian(to[6..], (uint)packet.Data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(to[10..], (uint)packet.Data.Length);
        BinaryPrimitives.WriteUInt64BigEndian(to[14..], packet.Seconds);
        BinaryPrimitives.WriteUInt64BigEndian(to[22..], packet.Microseconds);
        DroneRadio radio = packet.Radio ?? default;
        BinaryPrimitives.WriteUInt16BigEndian(to[30..], radio.Quality);
        BinaryPrimitives.WriteInt16BigEndian(to[32..], radio.SignalDbm);
        BinaryPrimitives.WriteInt16BigEndian(to[34..], radio.NoiseDbm);
        to[36] = packet.IsDamaged ? (byte)1 : (byte)0;
        to[37] = (byte)Math.Clamp(radio.Channel, 0, byte.MaxValue);
        to[38] = (byte)Math.Min(radio.Carrier, byte.MaxValue);
        to[39] = (byte)Math.Min(radio.Encoding, byte.MaxValue);
        BinaryPrimitives.WriteUInt32BigEndian(to[40..], radio.Rate);
        if (packet.Position is { } position)
        {
            WriteCoordinate(to[44..], position.Latitude);
            WriteCoordinate(to[54..], position.Longitude);
            WriteCoordinate(to[64..], position.Altitude);
            WriteCoordinate(to[74..], position.Speed);
            WriteCoordinate(to[84..], position.Heading);
            to[94] = (byte)(sbyte)Math.Clamp(position.Fix, 0, sbyte.MaxValue);
        }

        packet.SourceName[..Math.Min(packet.SourceName.Length, NameLength - 1)].CopyTo(to[NameAt..]);
        packet.Data.CopyTo(to[HeaderLength..]);
        output.Advance(DroneFramer.StableHeader + length);
        return true;
    }

    private static Span<byte> Header(IBufferWriter<byte> output, byte type, int length)
    {
        Span<byte> to = output.GetSpan(DroneFramer.StableHeader + length)[..(DroneFramer.StableHeader + length)];
        to.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(to, DroneFramer.StableSentinel);
        to[4] = type;
        BinaryPrimitives.WriteUInt32BigEndian(to[5..], (uint)length);
        return to[DroneFramer.StableHeader..];
    }

    /// <summary>Whole part and millionths, both with the sign.</summary>
    private static double Coordinate(ReadOnlySpan<byte> from) =>
        BinaryPrimitives.ReadInt16BigEndian(from) + (BinaryPrimitives.ReadInt64BigEndian(from[2..]) / 1e6);

    private static void WriteCoordinate(Span<byte> to, double value)
    {
        value = double.IsFinite(value) ? Math.Clamp(value, short.MinValue + 1, short.MaxValue - 1) : 0;
        long millionths = (long)Math.Round(value * 1e6);
        BinaryPrimitives.WriteInt16BigEndian(to, (short)(millionths / 1_000_000));
        BinaryPrimitives.WriteInt64BigEndian(to[2..], millionths % 1_000_000);
    }
}
