using System.Buffers.Binary;

namespace KismetPS.Wireless.Elements;

/// <summary>
/// The basic multi-link element (IEEE Std 802.11be-2024 9.4.2.322): control (2), common info (its length, MLD MAC address, more), then one
/// per-STA profile for every further link.
/// </summary>
internal ref struct MultiLinkReader
{
    private const int TypeMask = 7;
    private const int TypeBasic = 0;
    private const int PerStaProfile = 0;
    private const int MacAddressPresent = 0x20;

    private FragmentReader _reader;
    private bool _done;

    /// <summary>Starts at the payload of a multi-link element found by <see cref="ElementReader"/> (<see cref="ElementFacts.MultiLinkOffset"/>).</summary>
    public MultiLinkReader(ReadOnlySpan<byte> frame, int offset)
    {
        // The three bytes before: 255, length, extension.
        _done = offset < 3 || offset > frame.Length;
        if (_done)
        {
            return;
        }

        int length = frame[offset - 2];
        int end = offset - 1 + length;
        _reader = new FragmentReader(frame, offset, end, length);
        Span<byte> start = stackalloc byte[3];
        // The common info's length counts itself.
        _done = !_reader.TryRead(start) || (start[0] & TypeMask) != TypeBasic || start[2] == 0 || !_reader.TrySkip(start[2] - 1);
    }

    /// <summary>MLD MAC address of a basic multi-link element's payload.</summary>
    public static bool TryReadAddress(ReadOnlySpan<byte> payload, out MacAddress address)
    {
        const int CommonInfoWithAddress = 1 + MacAddress.Size;
        if (payload.Length < 2 + CommonInfoWithAddress || (payload[0] & TypeMask) != TypeBasic || payload[2] < CommonInfoWithAddress)
        {
            address = default;
            return false;
        }

        address = MacAddress.Read(payload[3..]);
        return true;
    }

    /// <summary>The next link; false at the end or at the first profile that does not fit.</summary>
    public bool TryRead(out MultiLinkStation station)
    {
        Span<byte> head = stackalloc byte[2];
        Span<byte> info = stackalloc byte[3 + MacAddress.Size];
        station = default;
        while (!_done && _reader.TryRead(head))
        {
            int length = head[1];
            if (head[0] != PerStaProfile || length < 3)
            {
                // Vendor or fragment subelement.
                if (!_reader.TrySkip(length))
                {
                    break;
                }

                continue;
            }

            // STA control (2), STA info: its length, then the address where control says so.
            int take = Math.Min(length, info.Length);
            if (!_reader.TryRead(info[..take]) || !_reader.TrySkip(length - take))
            {
                break;
            }

            int control = BinaryPrimitives.ReadUInt16LittleEndian(info);
            bool hasAddress = (control & MacAddressPresent) != 0 && take == info.Length && info[2] > MacAddress.Size;
            station = new MultiLinkStation((byte)(control & 0xF), hasAddress ? MacAddress.Read(info[3..]) : default);
            return true;
        }

        _done = true;
        return false;
    }
}
