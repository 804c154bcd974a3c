using System.Buffers.Binary;
using KismetPS.Wireless.Radio;

namespace KismetPS.Capture.Tzsp;

/// <summary>Bytes to <see cref="TzspPacket"/> and back, for the pipeline (the receive path reads tags without objects).</summary>
internal static class TzspCodec
{
    /// <summary>
    /// Decodes one message. Keepalives, port openers, configuration and messages without a frame are packets too; false with a reason is
    /// for what cannot be read: too short, another version or type, a broken tag list. Keepalives, port openers and configuration need no END and
    /// are kept whatever is in them: bytes that are no tag list become the frame.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<byte> message, string? sensor, DateTimeOffset receivedAt, out TzspPacket? packet, out SourceDropReason reason)
    {
        packet = null;
        TzspStatus status = TzspReader.Read(message, out TzspFacts facts, out RadioInfo radio);
        reason = TzspReader.ToDropReason(status);
        if (status >= TzspStatus.Truncated)
        {
            return false;
        }

        DetailList<TzspTag> tags = DetailList<TzspTag>.Empty;
        int frame = facts.FrameOffset;
        if (facts.HasTags || frame == message.Length)
        {
            tags = ReadTags(message);
        }
        else
        {
            // Some tags were read before it broke off: they may be anything.
            frame = TzspReader.HeaderLength;
            radio = default;
            facts = new TzspFacts { Type = facts.Type, Flags = facts.Flags, Encapsulation = facts.Encapsulation, LinkType = facts.LinkType };
        }

        packet = new TzspPacket(message[frame..].ToArray())
        {
            Type = facts.Type,
            Flags = facts.Flags,
            Encapsulation = facts.Encapsulation,
            LinkType = facts.LinkType,
            Tags = tags,
            HasEnd = facts.HasTags,
            SignalDbm = radio.Has(RadioFields.Signal) ? radio.SignalDbm : null,
            NoiseDbm = radio.Has(RadioFields.Noise) ? radio.NoiseDbm : null,
            SnrDb = radio.Has(RadioFields.Snr) ? radio.SnrDb : null,
            RateMbps = radio.Has(RadioFields.Rate) ? radio.RateKbps / 1000.0 : null,
            Channel = radio.Has(RadioFields.Channel) ? radio.Channel : null,
            FrequencyMHz = radio.Has(RadioFields.Frequency) ? radio.FrequencyMHz : null,
            SensorTime = radio.Has(RadioFields.Timestamp) && radio.TimestampUs <= long.MaxValue ? (long)radio.TimestampUs : null,
            SensorClock = facts.Has(TzspFields.SensorClock) ? FromUnixNs(facts.SensorClockNs) : null,
            PacketCount = facts.Has(TzspFields.PacketCount) ? facts.PacketCount : null,
            OriginalLength = facts.Has(TzspFields.OriginalLength) ? facts.OriginalLength : null,
            FcsError = facts.Has(TzspFields.FcsError) ? facts.FcsError : null,
            Decrypted = facts.Has(TzspFields.Decrypted) ? facts.Decrypted : null,
            Serial = TzspText.Serial(facts.Serial.Of(message)),
            DeviceName = TzspText.Text(facts.DeviceName.Of(message)),
            Location = TzspText.Text(facts.Location.Of(message)),
            Sensor = sensor,
            ReceivedAt = receivedAt,
        };
        return true;
    }

    /// <summary>Encodes a message: the packet's tags as they are (padding is not kept), END, frame.</summary>
    public static byte[] Encode(TzspPacket packet)
    {
        ReadOnlySpan<byte> frame = packet.Frame;
        int length = TzspReader.HeaderLength + (packet.HasEnd ? 1 : 0) + frame.Length;
        foreach (TzspTag tag in packet.Tags)
        {
            length += 2 + tag.Bytes.Length;
        }

        byte[] message = new byte[length];
        TzspWriter writer = new(message, packet.Type, (ushort)packet.Encapsulation, packet.Flags);
        foreach (TzspTag tag in packet.Tags)
        {
            writer.Tag((byte)tag.Number, tag.Bytes);
        }

        if (packet.HasEnd)
        {
            writer.End();
        }

        writer.Frame(frame);
        return message;
    }

    private static DetailList<TzspTag> ReadTags(ReadOnlySpan<byte> message)
    {
        List<TzspTag> tags = [];
        TzspTagReader reader = new(message);
        while (reader.TryRead())
        {
            tags.Add(new TzspTag(reader.Number, TzspTagNumber.NameOf(reader.Number), Value(reader.Number, reader.Value), reader.Value.ToArray()));
        }

        return tags.Count == 0 ? DetailList<TzspTag>.Empty : new DetailList<TzspTag>(tags);
    }

    /// <summary>A tag's value as users see it: a number as sent, Mbit/s for the rate, text, a time; null where its length says nothing.</summary>
    private static object? Value(int number, ReadOnlySpan<byte> value)
    {
        switch (number)
        {
            case TzspTagNumber.RawRssi or TzspTagNumber.Snr:
                return TzspReader.TryReadSigned(value, out int signed) ? signed : null;
            case TzspTagNumber.DataRate:
                return TzspReader.TryReadUnsigned(value, out uint rate) ? TzspRate.ToKbps(rate, out _) / 1000.0 : null;
            case TzspTagNumber.MessageType or TzspTagNumber.ContentionFree or TzspTagNumber.Decrypted or TzspTagNumber.FcsError
                or TzspTagNumber.RxChannel or TzspTagNumber.PacketCount or TzspTagNumber.RxFrameLength or TzspTagNumber.CaptureId:
                return TzspReader.TryReadUnsigned(value, out uint unsigned) ? (long)unsigned : null;
            case TzspTagNumber.Timestamp:
                return value.Length == 8 ? BinaryPrimitives.ReadInt64BigEndian(value)
                    : TzspReader.TryReadUnsigned(value, out uint time) ? (long)time : null;
            case TzspTagNumber.WlanRadioHdrSerial:
                return TzspText.Serial(value);
            case TzspTagNumber.DeviceName or TzspTagNumber.CaptureLocation or TzspTagNumber.CaptureInformation:
                return TzspText.Text(value);
            case TzspTagNumber.CaptureTime when value.Length == 8 && BinaryPrimitives.ReadUInt32BigEndian(value[4..]) < 1_000_000_000:
                return FromUnixNs((BinaryPrimitives.ReadUInt32BigEndian(value) * 1_000_000_000L) + BinaryPrimitives.ReadUInt32BigEndian(value[4..]));
            default:
                return null;
        }
    }

    // .NET's clock counts 100 ns; seconds of 32 bits stay within its range.
    private static DateTimeOffset FromUnixNs(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100);
}
