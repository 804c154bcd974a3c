using System.Buffers.Binary;

namespace KismetPS.Wireless.Radio;

/// <summary>
/// Prism monitor header, LINKTYPE_IEEE802_11_PRISM: message code, length, device name and items of 12 bytes (identifier, status, length, value),
/// in the byte order of the machine that captured. 144 bytes as a rule; its own length is what counts.
/// </summary>
internal static class PrismReader
{
    private const int MinimumLength = 8;
    private const int ItemsOffset = 24;
    private const int ItemLength = 12;

    /// <summary>Reads the header; see <see cref="RadioHeader.TryRead"/>.</summary>
    public static DecodeStatus TryRead(ReadOnlySpan<byte> packet, ref RadioInfo radio, out int headerLength)
    {
        headerLength = 0;
        if (packet.Length < MinimumLength)
        {
            return packet.IsEmpty ? DecodeStatus.Empty : DecodeStatus.RadioHeaderTruncated;
        }

        bool little = BinaryPrimitives.ReadUInt32LittleEndian(packet) is 0x44 or 0x41;
        if (!little && BinaryPrimitives.ReadUInt32BigEndian(packet) is not (0x44 or 0x41))
        {
            return DecodeStatus.RadioHeaderMalformed;
        }

        uint length = ReadUInt32(packet[4..], little);
        if (length < MinimumLength)
        {
            return DecodeStatus.RadioHeaderMalformed;
        }

        if (length > packet.Length)
        {
            return DecodeStatus.RadioHeaderTruncated;
        }

        headerLength = (int)length;
        for (int at = ItemsOffset; at + ItemLength <= headerLength; at += ItemLength)
        {
            ReadItem(packet.Slice(at, ItemLength), little, ref radio);
        }

        return DecodeStatus.Ok;
    }

    private static void ReadItem(ReadOnlySpan<byte> item, bool little, ref RadioInfo radio)
    {
        ushort status = little ? BinaryPrimitives.ReadUInt16LittleEndian(item[4..]) : BinaryPrimitives.ReadUInt16BigEndian(item[4..]);
        if (status != 0)
        {
            // 1: the driver gives no value.
            return;
        }

        int value = (int)ReadUInt32(item[8..], little);
        switch (ItemNumber(ReadUInt32(item, little)))
        {
            case 2:
                radio.SetTimestamp((uint)value);
                break;
            case 3:
                // The format is older than 6 GHz.
                radio.SetChannel(value, WirelessChannel.GuessBand(value));
                break;
            case 4 or 6:
                // RSSI, then signal. Drivers write dBm or their own units into either; only dBm is negative, and 0 is a field not filled.
                if (value < 0)
                {
                    radio.SetSignal(value);
                }
                else if (value > 0)
                {
                    radio.SetRawSignal(value);
                }

                break;
            case 7 when value < 0:
                radio.SetNoise(value);
                break;
            case 8 when value is > 0 and <= 0xFFFF:
                radio.SetLegacyRate(value * 500);
                break;
        }
    }

    /// <summary>
    /// Number of an item in either family of identifiers: 0x000N0044 (and 41) of the Prism drivers, 0x0000N041 (and 044) of wlan-ng.
    /// 1 host time, 2 MAC time, 3 channel, 4 RSSI, 5 quality, 6 signal, 7 noise, 8 rate, 9 sent or received, 10 frame length.
    /// </summary>
    private static uint ItemNumber(uint did)
    {
        if ((did & 0xFFFF) is 0x44 or 0x41)
        {
            return did >> 16;
        }

        return did <= 0xFFFF && (did & 0xFFF) is 0x44 or 0x41 ? did >> 12 : 0;
    }

    private static uint ReadUInt32(ReadOnlySpan<byte> source, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(source) : BinaryPrimitives.ReadUInt32BigEndian(source);
}
