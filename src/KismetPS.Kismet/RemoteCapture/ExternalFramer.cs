using System.Buffers.Binary;

namespace KismetPS.Kismet.RemoteCapture;

/// <summary>Cuts a byte stream into frames, whatever pieces it comes in: TCP cuts anywhere, a WebSocket message is a whole frame or parts of one.</summary>
internal sealed class ExternalFramer
{
    private readonly byte[] _held = new byte[ExternalFrame.MaxLength];
    private int _length;
    private bool _returned;
    private ExternalFrameStatus _failed;

    /// <summary>
    /// Takes the next frame out of <paramref name="input"/>, which moves behind it; the frame is valid until the next call. After a failure every
    /// call says the same: the place in the stream is lost.
    /// </summary>
    public ExternalFrameStatus Read(ref ReadOnlySpan<byte> input, out ExternalFrame frame)
    {
        frame = default;
        if (_returned)
        {
            _returned = false;
            _length = 0;
        }

        while (_failed == ExternalFrameStatus.Ok)
        {
            // Judged as soon as it is there: what is no frame must not be waited for.
            ExternalFrameStatus status = Measure(_held.AsSpan(0, _length), out int needed);
            if (status is not (ExternalFrameStatus.Ok or ExternalFrameStatus.More))
            {
                _failed = status;
                break;
            }

            if (status == ExternalFrameStatus.Ok && _length == needed)
            {
                _returned = true;
                frame = Open(_held.AsSpan(0, _length));
                return ExternalFrameStatus.Ok;
            }

            if (input.IsEmpty)
            {
                return ExternalFrameStatus.More;
            }

            int take = Math.Min(needed - _length, input.Length);
            input[..take].CopyTo(_held.AsSpan(_length));
            _length += take;
            input = input[take..];
        }

        return _failed;
    }

    /// <summary>Length of the frame; while that is not there, of what is needed to judge the next part of the header.</summary>
    private static ExternalFrameStatus Measure(ReadOnlySpan<byte> bytes, out int needed)
    {
        needed = 4;
        if (bytes.Length < needed)
        {
            return ExternalFrameStatus.More;
        }

        if (BinaryPrimitives.ReadUInt32BigEndian(bytes) != ExternalFrame.Signature)
        {
            return ExternalFrameStatus.BadSignature;
        }

        needed = 8;
        if (bytes.Length < needed)
        {
            return ExternalFrameStatus.More;
        }

        if (BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) != ExternalFrame.Sentinel || BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) != ExternalFrame.Version)
        {
            return ExternalFrameStatus.OtherVersion;
        }

        needed = ExternalFrame.HeaderLength;
        if (bytes.Length < needed)
        {
            return ExternalFrameStatus.More;
        }

        uint content = BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]);
        if (content > ExternalFrame.MaxLength - ExternalFrame.HeaderLength)
        {
            return ExternalFrameStatus.TooLong;
        }

        needed += (int)content;
        return ExternalFrameStatus.Ok;
    }

    private static ExternalFrame Open(ReadOnlySpan<byte> whole) => new(
        (ExternalCommand)BinaryPrimitives.ReadUInt16BigEndian(whole[12..]),
        BinaryPrimitives.ReadUInt16BigEndian(whole[14..]),
        BinaryPrimitives.ReadUInt32BigEndian(whole[16..]),
        whole[ExternalFrame.HeaderLength..]);
}
