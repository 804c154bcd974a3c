using System.Buffers.Binary;

namespace KismetPS.Wireless.Frames;

/// <summary>Walks the subframes of an unprotected A-MSDU body (IEEE Std 802.11-2020 9.3.2.2.2): DA, SA, length (big-endian), payload, pad to four.</summary>
internal ref struct AmsduReader
{
    private const int HeaderLength = 14;

    private ReadOnlySpan<byte> _rest;

    /// <summary>Starts at the body of the frame.</summary>
    public AmsduReader(ReadOnlySpan<byte> body) => _rest = body;

    /// <summary>The next subframe's addresses; false at the end or at the first one that does not fit.</summary>
    public bool TryRead(out MacAddress destination, out MacAddress source)
    {
        if (_rest.Length < HeaderLength)
        {
            destination = source = default;
            return false;
        }

        int length = HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(_rest[12..]);
        if (length > _rest.Length)
        {
            _rest = default;
            destination = source = default;
            return false;
        }

        destination = MacAddress.Read(_rest);
        source = MacAddress.Read(_rest[MacAddress.Size..]);
        _rest = _rest[Math.Min((length + 3) & ~3, _rest.Length)..];
        return true;
    }
}
