using System.Runtime.Intrinsics;
using KismetPS.Wireless.Radio;

namespace KismetPS.Capture.Tzsp;

/// <summary>
/// How one message was laid out: header, tag numbers and lengths. The values of another message that is laid out alike are read from their places, without a
/// walk over the tags. Learned anew in place.
/// </summary>
internal sealed class TzspLayout
{
    // Two vectors, of which the second ends at the frame. What does not fit into them is walked.
    private const int MostOffset = 2 * VectorLength;
    private const int VectorLength = 32;

    // Bytes that are the same in every message of the layout, and 0xFF for each of them.
    private Vector256<byte> _front;
    private Vector256<byte> _frontMask;
    private Vector256<byte> _back;
    private Vector256<byte> _backMask;
    private int _backOffset;
    private int _leastLength = int.MaxValue;

    // What they say; then where those lie that differ.
    private TzspFacts _same;
    private TzspNumberPlace _rawRssi;
    private TzspNumberPlace _snr;
    private TzspNumberPlace _dataRate;
    private TzspNumberPlace _timestamp;
    private TzspNumberPlace _rxChannel;
    private TzspNumberPlace _fcsError;
    private TzspNumberPlace _decrypted;
    private TzspNumberPlace _packetCount;
    private TzspNumberPlace _rxFrameLength;
    private TzspNumberPlace _captureTime;
    private TzspNumberPlace _captureId;

    /// <summary>Whether a message is laid out so, and has a frame.</summary>
    public bool Knows(ReadOnlySpan<byte> message)
    {
        if (message.Length < _leastLength)
        {
            return false;
        }

        Vector256<byte> front = (Vector256.Create(message) ^ _front) & _frontMask;
        Vector256<byte> back = (Vector256.Create(message[_backOffset..]) ^ _back) & _backMask;
        return (front | back) == Vector256<byte>.Zero;
    }

    /// <summary>Reads a message that <see cref="Knows"/> was asked about; gives what <see cref="TzspReader.Read"/> gives.</summary>
    public void Read(ReadOnlySpan<byte> message, out TzspFacts facts, out RadioInfo radio)
    {
        facts = _same;
        radio = default;
        if (_rawRssi.IsThere)
        {
            TzspValue.SetSignal(ref radio, _rawRssi.Signed(message));
        }

        if (_snr.IsThere)
        {
            TzspValue.SetNoise(ref radio, _snr.Signed(message));
        }

        if (_dataRate.IsThere)
        {
            TzspValue.SetRate(ref facts, ref radio, _dataRate.Unsigned(message));
        }

        if (_timestamp.IsThere)
        {
            TzspValue.SetTimestamp(ref radio, _timestamp.Wide(message));
        }

        if (_rxChannel.IsThere)
        {
            TzspChannel.Set(ref radio, _rxChannel.Unsigned(message));
        }

        if (_fcsError.IsThere)
        {
            TzspValue.SetFcsError(ref facts, ref radio, _fcsError.Unsigned(message));
        }

        if (_decrypted.IsThere)
        {
            TzspValue.SetDecrypted(ref facts, _decrypted.Unsigned(message));
        }

        if (_packetCount.IsThere)
        {
            TzspValue.SetPacketCount(ref facts, _packetCount.Unsigned(message));
        }

        if (_rxFrameLength.IsThere)
        {
            TzspValue.SetOriginalLength(ref facts, _rxFrameLength.Unsigned(message));
        }

        if (_captureTime.IsThere)
        {
            TzspValue.SetClock(ref facts, _captureTime.Wide(message));
        }

        if (_captureId.IsThere)
        {
            TzspValue.SetCaptureId(ref facts, _captureId.Unsigned(message));
        }

        TzspValue.SetFcsStripped(in facts, ref radio, message.Length - facts.FrameOffset);
    }

    /// <summary>Takes the layout of a message with a frame; false, and nothing changed, where it is too long or has a tag twice, of which one would overrule the other.</summary>
    public bool TryLearn(ReadOnlySpan<byte> message, in TzspFacts facts)
    {
        int frameOffset = facts.FrameOffset;
        if (frameOffset > MostOffset || message.Length < VectorLength)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[MostOffset];
        Span<byte> mask = stackalloc byte[MostOffset];
        Span<bool> seen = stackalloc bool[byte.MaxValue + 1];
        bytes.Clear();
        mask.Clear();
        seen.Clear();
        message[..frameOffset].CopyTo(bytes);
        mask[..frameOffset].Fill(byte.MaxValue);
        TzspTagReader tags = new(message);
        while (tags.TryRead())
        {
            if (seen[tags.Number])
            {
                return false;
            }

            seen[tags.Number] = true;
            mask.Slice(tags.ValueOffset, tags.ValueLength).Clear();
        }

        SetPlaces(message);
        _backOffset = Math.Max(0, frameOffset - VectorLength);
        _frontMask = Vector256.Create(mask);
        _front = Vector256.Create(bytes) & _frontMask;
        _backMask = Vector256.Create(mask[_backOffset..]);
        _back = Vector256.Create(bytes[_backOffset..]) & _backMask;
        _same = new TzspFacts
        {
            Type = facts.Type,
            Flags = facts.Flags,
            Encapsulation = facts.Encapsulation,
            LinkType = facts.LinkType,
            HasTags = facts.HasTags,
            Serial = facts.Serial,
            DeviceName = facts.DeviceName,
            Location = facts.Location,
            FrameOffset = frameOffset,
        };

        // A frame of one byte at least.
        _leastLength = Math.Max(VectorLength, frameOffset + 1);
        return true;
    }

    // A number of another length is one that is not read.
    private void SetPlaces(ReadOnlySpan<byte> message)
    {
        _rawRssi = _snr = _dataRate = _timestamp = _rxChannel = _fcsError = _decrypted = _packetCount = _rxFrameLength = _captureTime = _captureId = default;
        TzspTagReader tags = new(message);
        while (tags.TryRead())
        {
            TzspNumberPlace place = new(tags.Offset, tags.ValueLength);
            switch (tags.Number, tags.ValueLength)
            {
                case (TzspTagNumber.RawRssi, 1 or 2 or 4):
                    _rawRssi = place;
                    break;
                case (TzspTagNumber.Snr, 1 or 2 or 4):
                    _snr = place;
                    break;
                case (TzspTagNumber.DataRate, 1 or 2 or 4):
                    _dataRate = place;
                    break;
                case (TzspTagNumber.Timestamp, 4 or 8):
                    _timestamp = place;
                    break;
                case (TzspTagNumber.RxChannel, 1 or 2 or 4):
                    _rxChannel = place;
                    break;
                case (TzspTagNumber.FcsError, 1 or 2 or 4):
                    _fcsError = place;
                    break;
                case (TzspTagNumber.Decrypted, 1 or 2 or 4):
                    _decrypted = place;
                    break;
                case (TzspTagNumber.PacketCount, 4):
                    _packetCount = place;
                    break;
                case (TzspTagNumber.RxFrameLength, 1 or 2 or 4):
                    _rxFrameLength = place;
                    break;
                case (TzspTagNumber.CaptureTime, 8):
                    _captureTime = place;
                    break;
                case (TzspTagNumber.CaptureId, 1 or 2 or 4):
                    _captureId = place;
                    break;
            }
        }
    }
}
