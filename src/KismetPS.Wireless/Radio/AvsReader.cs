using System.Buffers.Binary;

namespace KismetPS.Wireless.Radio;

/// <summary>AVS capture header, LINKTYPE_IEEE802_11_AVS: fixed offsets, all big-endian. Version 1 has 64 bytes, version 2 more.</summary>
internal static class AvsReader
{
    private const uint MagicV1 = 0x80211001;
    private const uint MagicV2 = 0x80211002;
    private const int Version1Length = 64;

    /// <summary>Whether the packet begins as an AVS header does.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> packet) =>
        packet.Length >= 4 && BinaryPrimitives.ReadUInt32BigEndian(packet) is MagicV1 or MagicV2;

    /// <summary>Reads the header; see <see cref="RadioHeader.TryRead"/>.</summary>
    public static DecodeStatus TryRead(ReadOnlySpan<byte> packet, ref RadioInfo radio, out int headerLength)
    {
        headerLength = 0;
        if (packet.Length < 8)
        {
            return packet.IsEmpty ? DecodeStatus.Empty : DecodeStatus.RadioHeaderTruncated;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        if (!HasMagic(packet) || length < Version1Length)
        {
            return DecodeStatus.RadioHeaderMalformed;
        }

        if (length > packet.Length)
        {
            return DecodeStatus.RadioHeaderTruncated;
        }

        headerLength = (int)length;
        ReadOnlySpan<byte> header = packet[..headerLength];
        ulong macTime = BinaryPrimitives.ReadUInt64BigEndian(header[8..]);
        if (macTime != 0)
        {
            radio.SetTimestamp(macTime);
        }

        ReadChannel(BinaryPrimitives.ReadUInt32BigEndian(header[28..]), BinaryPrimitives.ReadUInt32BigEndian(header[24..]), ref radio);

        // Units of 100 kbit/s by the format's description; bit/s by what some drivers write (Wireshark's rule).
        uint rate = BinaryPrimitives.ReadUInt32BigEndian(header[32..]);
        radio.SetLegacyRate((int)(rate < 100_000 ? rate * 100 : Math.Min(rate / 1000, int.MaxValue)));
        ReadSignal(header, ref radio);
        return DecodeStatus.Ok;
    }

    private static void ReadChannel(uint channel, uint phyType, ref RadioInfo radio)
    {
        const uint Fhss = 1;
        if (phyType == Fhss)
        {
            // Hop set, pattern and index share the field: no channel.
            radio.Phy = PhyType.Fhss;
            return;
        }

        if (channel <= 256)
        {
            // The format is older than 6 GHz.
            radio.SetChannel((int)channel, WirelessChannel.GuessBand((int)channel));
        }
        else if (channel <= ushort.MaxValue)
        {
            radio.SetFrequency((int)channel);
        }
    }

    private static void ReadSignal(ReadOnlySpan<byte> header, ref RadioInfo radio)
    {
        uint antenna = BinaryPrimitives.ReadUInt32BigEndian(header[36..]);
        if (antenna <= byte.MaxValue)
        {
            radio.SetAntenna((byte)antenna);
        }

        uint type = BinaryPrimitives.ReadUInt32BigEndian(header[44..]);
        int signal = BinaryPrimitives.ReadInt32BigEndian(header[48..]);
        int noise = BinaryPrimitives.ReadInt32BigEndian(header[52..]);
        const uint NormalisedRssi = 1;
        const uint Dbm = 2;
        const uint RawRssi = 3;
        switch (type)
        {
            case Dbm:
                radio.SetSignal(signal);

                // No receiver has a noise floor of 0 dBm; it is what a driver leaves that does not measure one.
                if (noise != 0)
                {
                    radio.SetNoise(noise);
                }

                break;
            case NormalisedRssi or RawRssi:
                radio.SetRawSignal(signal);
                break;
        }
    }
}
