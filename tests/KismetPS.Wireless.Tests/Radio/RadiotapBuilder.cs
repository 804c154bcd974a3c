namespace KismetPS.Wireless.Tests.Radio;

/// <summary>Lays out a radiotap header word by word: fields in the order of their bits, natural alignment, namespaces, TLVs.</summary>
internal sealed class RadiotapBuilder
{
    /// <summary>Alignment and size of fields 0 to 27, from the table at radiotap.org.</summary>
    public static readonly (int Align, int Size)[] Layout =
    [
        (8, 8), (1, 1), (1, 1), (2, 4), (2, 2), (1, 1), (1, 1), (2, 2), (2, 2), (2, 2), (1, 1), (1, 1), (1, 1), (1, 1), (2, 2), (2, 2), (1, 1), (1, 1),
        (4, 8), (1, 3), (4, 8), (2, 12), (8, 12), (2, 12), (2, 12), (2, 6), (1, 1), (2, 4),
    ];

    private readonly List<Word> _words = [new()];
    private readonly List<(int Type, byte[] Data)> _tlvs = [];

    /// <summary>Adds a field to the current word.</summary>
    public RadiotapBuilder With(int field, params byte[] data)
    {
        _words[^1].Fields.Add(field, data);
        return this;
    }

    /// <summary>Opens another word of the radiotap namespace (bit 29), as drivers do for each antenna.</summary>
    public RadiotapBuilder NextRadiotap()
    {
        _words[^1].Bits |= 1u << 29;
        _words.Add(new());
        return this;
    }

    /// <summary>Opens a vendor word (bit 30) with so many bytes of data; its own presence bits are given.</summary>
    public RadiotapBuilder NextVendor(byte[] data, uint bits)
    {
        _words[^1].Bits |= 1u << 30;
        _words[^1].Vendor = data;
        _words.Add(new() { Bits = bits & 0x1FFF_FFFF });
        return this;
    }

    /// <summary>Sets raw bits of the current word.</summary>
    public RadiotapBuilder WithBits(uint bits)
    {
        _words[^1].Bits |= bits;
        return this;
    }

    /// <summary>Adds an item behind all fields (bit 28).</summary>
    public RadiotapBuilder WithTlv(int type, params byte[] data)
    {
        _tlvs.Add((type, data));
        return this;
    }

    public byte[] ToArray(params byte[] frame)
    {
        List<byte> bytes = [0, 0, 0, 0];
        for (int i = 0; i < _words.Count; i++)
        {
            Word word = _words[i];
            uint bits = word.Bits;
            foreach (int field in word.Fields.Keys)
            {
                bits |= 1u << field;
            }

            if (i < _words.Count - 1)
            {
                bits |= 1u << 31;
            }
            else if (_tlvs.Count > 0)
            {
                bits |= 1u << 28;
            }

            bytes.AddRange(Le32(bits));
        }

        foreach (Word word in _words)
        {
            foreach ((int field, byte[] data) in word.Fields)
            {
                Pad(bytes, Layout[field].Align);
                if (data.Length != Layout[field].Size)
                {
                    throw new ArgumentException($"Field {field} has {Layout[field].Size} bytes, not {data.Length}.");
                }

                bytes.AddRange(data);
            }

            if (word.Vendor is { } vendor)
            {
                Pad(bytes, 2);
                bytes.AddRange([0x00, 0x11, 0x22, 1, (byte)vendor.Length, (byte)(vendor.Length >> 8), .. vendor]);
            }
        }

        foreach ((int type, byte[] data) in _tlvs)
        {
            Pad(bytes, 4);
            bytes.AddRange([(byte)type, (byte)(type >> 8), (byte)data.Length, (byte)(data.Length >> 8), .. data]);
        }

        if (_tlvs.Count > 0)
        {
            Pad(bytes, 4);
        }

        bytes[2] = (byte)bytes.Count;
        bytes[3] = (byte)(bytes.Count >> 8);
        bytes.AddRange(frame);
        return [.. bytes];
    }

    public static byte[] Le16(params int[] values) => [.. values.SelectMany(static v => new[] { (byte)v, (byte)(v >> 8) })];

    public static byte[] Le32(params uint[] values) => [.. values.SelectMany(static v => new[] { (byte)v, (byte)(v >> 8), (byte)(v >> 16), (byte)(v >> 24) })];

    private static void Pad(List<byte> bytes, int align)
    {
        while (bytes.Count % align != 0)
        {
            bytes.Add(0);
        }
    }

    private sealed class Word
    {
        public uint Bits { get; set; }

        public SortedDictionary<int, byte[]> Fields { get; } = [];

        public byte[]? Vendor { get; set; }
    }
}
