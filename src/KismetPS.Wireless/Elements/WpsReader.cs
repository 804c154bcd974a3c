using System.Buffers.Binary;

namespace KismetPS.Wireless.Elements;

/// <summary>
/// Attributes of the Wi-Fi Protected Setup element (Wi-Fi Simple Configuration 2.0.8, clause 12): type (2), length (2), value, big-endian.
/// Long attribute lists go over several elements; an attribute cut in two by that is skipped, those behind it are read.
/// </summary>
internal struct WpsReader
{
    private int _skip;
    private bool _lost;

    /// <summary>Reads one element; <paramref name="offset"/> is where <paramref name="attributes"/> starts in the frame.</summary>
    public void Read(ReadOnlySpan<byte> attributes, int offset, ref ElementFacts facts)
    {
        facts.Parts |= ElementParts.Wps;
        if (_lost)
        {
            return;
        }

        int at = _skip;
        if (at > attributes.Length)
        {
            _skip = at - attributes.Length;
            return;
        }

        _skip = 0;
        while (attributes.Length - at >= 4)
        {
            int type = BinaryPrimitives.ReadUInt16BigEndian(attributes[at..]);
            int length = BinaryPrimitives.ReadUInt16BigEndian(attributes[(at + 2)..]);
            at += 4;
            if (length > attributes.Length - at)
            {
                _skip = length - (attributes.Length - at);
                return;
            }

            Take(type, attributes.Slice(at, length), offset + at, ref facts);
            at += length;
        }

        // An attribute header cut in two: where the next one starts is not known without putting the pieces together.
        _lost = at != attributes.Length;
    }

    private static void Take(int type, ReadOnlySpan<byte> value, int offset, ref ElementFacts facts)
    {
        var range = new ByteRange((ushort)offset, (ushort)value.Length);
        switch (type)
        {
            case 0x1044:
                if (value.Length == 1)
                {
                    facts.WpsState = value[0];
                }

                break;
            case 0x1057:
                facts.WpsLocked = value.Length == 1 && value[0] == 1;
                break;
            case 0x1011:
                facts.WpsDeviceName = range;
                break;
            case 0x1021:
                facts.WpsManufacturer = range;
                break;
            case 0x1023:
                facts.WpsModelName = range;
                break;
            case 0x1024:
                facts.WpsModelNumber = range;
                break;
            case 0x1042:
                facts.WpsSerial = range;
                break;
        }
    }
}
