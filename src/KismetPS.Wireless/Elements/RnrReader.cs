using System.Buffers.Binary;

namespace KismetPS.Wireless.Elements;

/// <summary>
/// Neighbours out of a reduced neighbour report (IEEE Std 802.11-2020 9.4.2.170): blocks of a two-byte header, operating class, channel and
/// up to 16 fields of equal length, whose content the length tells (table 9-283 and IEEE Std 802.11be-2024).
/// </summary>
internal ref struct RnrReader
{
    private const int BlockHeader = 4;

    private ReadOnlySpan<byte> _rest;
    private int _fields;
    private int _fieldLength;
    private byte _operatingClass;
    private byte _channel;

    /// <summary>Starts at an element's payload.</summary>
    public RnrReader(ReadOnlySpan<byte> payload) => _rest = payload;

    /// <summary>How many neighbours a payload lists.</summary>
    public static int Count(ReadOnlySpan<byte> payload)
    {
        var reader = new RnrReader(payload);
        int count = 0;
        while (reader.TryRead(out _))
        {
            count++;
        }

        return count;
    }

    /// <summary>The next neighbour; false at the end or at the first field that does not fit.</summary>
    public bool TryRead(out RnrNeighbor neighbor)
    {
        neighbor = default;
        while (_fields == 0)
        {
            if (!TryReadBlock())
            {
                return false;
            }
        }

        if (_rest.Length < _fieldLength)
        {
            _rest = default;
            _fields = 0;
            return false;
        }

        // TBTT offset (1), then the BSSID in every form of 7, 8, 9, 11 bytes and more.
        MacAddress bssid = _fieldLength is 7 or 8 or 9 or >= 11 ? MacAddress.Read(_rest[1..]) : default;
        neighbor = new RnrNeighbor(bssid, _operatingClass, _channel);
        _rest = _rest[_fieldLength..];
        _fields--;
        return true;
    }

    private bool TryReadBlock()
    {
        if (_rest.Length < BlockHeader)
        {
            return false;
        }

        int header = BinaryPrimitives.ReadUInt16LittleEndian(_rest);
        int type = header & 3;
        int count = ((header >> 4) & 0xF) + 1;
        int length = header >> 8;
        _operatingClass = _rest[2];
        _channel = _rest[3];
        _rest = _rest[BlockHeader..];
        if (type == 0 && length != 0)
        {
            _fields = count;
            _fieldLength = length;
        }
        else
        {
            // Another kind of field (no neighbours), or fields of no length: go over the block.
            _rest = _rest[Math.Min(count * length, _rest.Length)..];
        }

        return true;
    }
}
