using System.Buffers.Binary;

namespace KismetPS.Wireless.Radio;

/// <summary>
/// Per-Packet Information header, LINKTYPE_PPI (CACE PPI specification 1.0.10), little-endian: version, flags, length, inner link type, fields
/// of type and length. Read are 802.11-Common (2), 802.11n MAC (3) and 802.11n MAC+PHY (4); all others are skipped by their length.
/// </summary>
internal static class PpiReader
{
    private const int HeaderLength = 8;
    private const byte AlignedFields = 0x01;

    /// <summary>Reads the header; see <see cref="RadioHeader.TryRead"/>.</summary>
    public static DecodeStatus TryRead(ReadOnlySpan<byte> packet, ref RadioInfo radio, out int headerLength)
    {
        headerLength = 0;
        if (packet.Length < HeaderLength)
        {
            return packet.IsEmpty ? DecodeStatus.Empty : DecodeStatus.RadioHeaderTruncated;
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(packet[2..]);
        if (packet[0] != 0 || length < HeaderLength)
        {
            return DecodeStatus.RadioHeaderMalformed;
        }

        if (length > packet.Length)
        {
            return DecodeStatus.RadioHeaderTruncated;
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(packet[4..]) != (uint)LinkType.Ieee80211)
        {
            return DecodeStatus.NotWireless;
        }

        headerLength = length;
        ReadOnlySpan<byte> fields = packet[HeaderLength..length];
        bool aligned = (packet[1] & AlignedFields) != 0;
        Ht ht = default;
        while (fields.Length >= 4)
        {
            int type = BinaryPrimitives.ReadUInt16LittleEndian(fields);
            int size = BinaryPrimitives.ReadUInt16LittleEndian(fields[2..]);
            fields = fields[4..];
            if (size > fields.Length)
            {
                // The frame starts where the header says; what came before this field holds.
                break;
            }

            ReadField(type, fields[..size], ref radio, ref ht);
            int step = aligned ? (size + 3) & ~3 : size;
            fields = fields[Math.Min(step, fields.Length)..];
        }

        ht.Apply(ref radio);
        return DecodeStatus.Ok;
    }

    private static void ReadField(int type, ReadOnlySpan<byte> data, ref RadioInfo radio, ref Ht ht)
    {
        const int Common = 2;
        const int Dot11NMac = 3;
        const int Dot11NMacPhy = 4;
        switch (type)
        {
            case Common when data.Length >= 20:
                ReadCommon(data, ref radio);
                break;
            case Dot11NMac when data.Length >= 12:
                ht.ReadMac(data);
                break;
            case Dot11NMacPhy when data.Length >= 48:
                ht.ReadMac(data);
                ht.ReadPhy(data);
                break;
        }
    }

    private static void ReadCommon(ReadOnlySpan<byte> data, ref RadioInfo radio)
    {
        const int FcsPresent = 0x1;
        const int TsfInMilliseconds = 0x2;
        const int FcsInvalid = 0x4;

        int flags = BinaryPrimitives.ReadUInt16LittleEndian(data[8..]);
        ulong tsf = BinaryPrimitives.ReadUInt64LittleEndian(data);
        if (tsf != 0)
        {
            radio.SetTimestamp((flags & TsfInMilliseconds) != 0 ? unchecked(tsf * 1000) : tsf);
        }

        radio.Fcs = (flags & (FcsPresent | FcsInvalid)) switch
        {
            FcsPresent => FcsState.Present,
            FcsPresent | FcsInvalid => FcsState.PresentBad,
            FcsInvalid => FcsState.AbsentBad,
            _ => FcsState.Absent,
        };
        radio.SetLegacyRate(BinaryPrimitives.ReadUInt16LittleEndian(data[10..]) * 500);
        radio.SetFrequency(BinaryPrimitives.ReadUInt16LittleEndian(data[12..]));
        ChannelFlags.Apply(BinaryPrimitives.ReadUInt16LittleEndian(data[14..]), ref radio);

        // The specification's mark for "no value".
        const sbyte Invalid = -128;
        sbyte signal = (sbyte)data[18];
        sbyte noise = (sbyte)data[19];
        if (signal is not (Invalid or 0))
        {
            radio.SetSignal(signal);
        }

        if (noise is not (Invalid or 0))
        {
            radio.SetNoise(noise);
        }
    }

    /// <summary>What the two 802.11n fields tell; the rate needs both the MAC's flags and the PHY's MCS.</summary>
    private struct Ht
    {
        private bool _seen;
        private bool _is40;
        private bool _shortGi;
        private int _mcs;
        private int _streams;

        public void ReadMac(ReadOnlySpan<byte> data)
        {
            uint flags = BinaryPrimitives.ReadUInt32LittleEndian(data);
            _is40 = (flags & 0x2) != 0;
            _shortGi = (flags & 0x4) != 0;
        }

        public void ReadPhy(ReadOnlySpan<byte> data)
        {
            _mcs = data[9];
            _streams = data[10];
            _seen = _mcs <= 76;
        }

        public readonly void Apply(ref RadioInfo radio)
        {
            if (!_seen)
            {
                return;
            }

            radio.Phy = PhyType.Ht;
            radio.Mcs = (byte)_mcs;
            radio.Streams = (byte)(_streams is >= 1 and <= 4 ? _streams : ModulationRates.HtStreams(_mcs));
            radio.WidthMHz = _is40 ? (ushort)40 : (ushort)20;
            radio.Fields |= RadioFields.Mcs | RadioFields.Width;
            radio.SetRate(ModulationRates.Ht(_mcs, radio.WidthMHz, _shortGi));
        }
    }
}
