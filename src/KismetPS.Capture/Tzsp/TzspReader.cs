using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;

namespace KismetPS.Capture.Tzsp;

/// <summary>
/// Reads one TZSP message without objects: header, tags by their length (senders differ), frame. Any bytes give a status, nothing throws.
/// A repeated tag counts as its last readable one.
/// </summary>
internal static class TzspReader
{
    /// <summary>Version, type, encapsulation.</summary>
    public const int HeaderLength = 4;

    /// <summary>UDP port of TZSP, 0x9090.</summary>
    public const int DefaultPort = 37008;

    /// <summary>Reads a datagram.</summary>
    /// <param name="message">The whole datagram.</param>
    /// <param name="facts">What it says of itself; complete for <see cref="TzspStatus.Frame"/>, <see cref="TzspStatus.Empty"/> and wherever <see cref="TzspFacts.HasTags"/> is set.</param>
    /// <param name="radio">The radio facts its tags tell.</param>
    public static TzspStatus Read(ReadOnlySpan<byte> message, out TzspFacts facts, out RadioInfo radio)
    {
        facts = default;
        radio = default;
        if (message.Length < HeaderLength)
        {
            return TzspStatus.Truncated;
        }

        if (message[0] != 1)
        {
            return TzspStatus.Version;
        }

        // The original note splits the byte: low nibble type, high nibble flags. No sender sets flags; every receiver takes the whole byte.
        int type = message[1] & 0x0F;
        facts.Flags = (byte)(message[1] >> 4);
        facts.Encapsulation = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        facts.LinkType = TzspEncapsulation.ToLinkType(facts.Encapsulation);
        if (type > (int)TzspType.PortOpener)
        {
            return TzspStatus.Type;
        }

        facts.Type = (TzspType)type;
        facts.HasTags = ReadTags(message, ref facts, ref radio);
        if (facts.Type >= TzspType.Keepalive)
        {
            return TzspStatus.Control;
        }

        if (!facts.HasTags)
        {
            return facts.Flags != 0 ? TzspStatus.Type
                : facts.Type == TzspType.Configuration ? TzspStatus.Configuration
                : TzspStatus.Truncated;
        }

        if (facts.Type == TzspType.Configuration)
        {
            return TzspStatus.Configuration;
        }

        int frameLength = message.Length - facts.FrameOffset;
        if (frameLength == 0)
        {
            return TzspStatus.Empty;
        }

        TzspValue.SetFcsStripped(in facts, ref radio, frameLength);
        return TzspStatus.Frame;
    }

    /// <summary>The counter a message goes to that gives no frame.</summary>
    public static SourceDropReason ToDropReason(TzspStatus status) => status switch
    {
        TzspStatus.Empty => SourceDropReason.TzspEmpty,
        TzspStatus.Configuration => SourceDropReason.TzspConfiguration,
        TzspStatus.Control => SourceDropReason.TzspControl,
        TzspStatus.Version => SourceDropReason.TzspVersion,
        TzspStatus.Type => SourceDropReason.TzspType,
        _ => SourceDropReason.TzspTruncated,
    };

    /// <summary>Signed number of 1, 2 or 4 bytes, big-endian: senders of the same tag differ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadSigned(ReadOnlySpan<byte> value, out int number)
    {
        switch (value.Length)
        {
            case 1:
                number = (sbyte)value[0];
                return true;
            case 2:
                number = BinaryPrimitives.ReadInt16BigEndian(value);
                return true;
            case 4:
                number = BinaryPrimitives.ReadInt32BigEndian(value);
                return true;
            default:
                number = 0;
                return false;
        }
    }

    /// <summary>Unsigned number of 1, 2 or 4 bytes, big-endian.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadUnsigned(ReadOnlySpan<byte> value, out uint number)
    {
        switch (value.Length)
        {
            case 1:
                number = value[0];
                return true;
            case 2:
                number = BinaryPrimitives.ReadUInt16BigEndian(value);
                return true;
            case 4:
                number = BinaryPrimitives.ReadUInt32BigEndian(value);
                return true;
            default:
                number = 0;
                return false;
        }
    }

    private static bool ReadTags(ReadOnlySpan<byte> message, ref TzspFacts facts, ref RadioInfo radio)
    {
        TzspTagReader tags = new(message);
        while (tags.TryRead())
        {
            ReadOnlySpan<byte> value = tags.Value;
            uint number;
            switch (tags.Number)
            {
                case TzspTagNumber.RawRssi:
                    if (TryReadSigned(value, out int rssi))
                    {
                        TzspValue.SetSignal(ref radio, rssi);
                    }

                    break;

                case TzspTagNumber.Snr:
                    if (TryReadSigned(value, out int snr))
                    {
                        TzspValue.SetNoise(ref radio, snr);
                    }

                    break;

                case TzspTagNumber.DataRate:
                    if (TryReadUnsigned(value, out number))
                    {
                        TzspValue.SetRate(ref facts, ref radio, number);
                    }

                    break;

                case TzspTagNumber.Timestamp:
                    if (value.Length == 8)
                    {
                        TzspValue.SetTimestamp(ref radio, BinaryPrimitives.ReadUInt64BigEndian(value));
                    }
                    else if (value.Length == 4)
                    {
                        TzspValue.SetTimestamp(ref radio, BinaryPrimitives.ReadUInt32BigEndian(value));
                    }

                    break;

                case TzspTagNumber.RxChannel:
                    if (TryReadUnsigned(value, out number))
                    {
                        TzspChannel.Set(ref radio, number);
                    }

                    break;

                case TzspTagNumber.FcsError:
                    if (TryReadUnsigned(value, out number))
                    {
                        TzspValue.SetFcsError(ref facts, ref radio, number);
                    }

                    break;

                case TzspTagNumber.Decrypted:
                    if (TryReadUnsigned(value, out number))
                    {
                        TzspValue.SetDecrypted(ref facts, number);
                    }

                    break;

                case TzspTagNumber.PacketCount:
                    // Another length would wrap elsewhere than at 2^32: no gap could be told from it.
                    if (value.Length == 4)
                    {
                        TzspValue.SetPacketCount(ref facts, BinaryPrimitives.ReadUInt32BigEndian(value));
                    }

                    break;

                case TzspTagNumber.RxFrameLength:
                    if (TryReadUnsigned(value, out number))
                    {
                        TzspValue.SetOriginalLength(ref facts, number);
                    }

                    break;

                case TzspTagNumber.WlanRadioHdrSerial:
                    facts.Serial = Place(tags.ValueOffset, tags.ValueLength);
                    break;

                case TzspTagNumber.DeviceName:
                    facts.DeviceName = Place(tags.ValueOffset, tags.ValueLength);
                    break;

                case TzspTagNumber.CaptureLocation:
                    facts.Location = Place(tags.ValueOffset, tags.ValueLength);
                    break;

                case TzspTagNumber.CaptureTime:
                    if (value.Length == 8)
                    {
                        TzspValue.SetClock(ref facts, BinaryPrimitives.ReadUInt64BigEndian(value));
                    }

                    break;

                case TzspTagNumber.CaptureId:
                    if (TryReadUnsigned(value, out number))
                    {
                        TzspValue.SetCaptureId(ref facts, number);
                    }

                    break;
            }
        }

        facts.FrameOffset = tags.Offset;
        return tags.Ended;
    }

    // Only a message from a file can be longer than a datagram; a place beyond 64 KiB in it is left untold.
    private static ByteRange Place(int offset, int length) =>
        offset <= ushort.MaxValue ? new ByteRange((ushort)offset, (ushort)length) : default;
}
