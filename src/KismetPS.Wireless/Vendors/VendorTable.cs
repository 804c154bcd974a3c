using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace KismetPS.Wireless.Vendors;

/// <summary>The registries in memory: sorted prefixes with a name number each, and the names as UTF-8 until somebody wants one.</summary>
/// <remarks>The packed form is described where it is written, in <c>tools/KismetPS.VendorPack/PackedVendors.cs</c>.</remarks>
internal sealed class VendorTable
{
    private const string Resource = "KismetPS.Wireless.Vendors.vendors.bin";
    private const int HeaderLength = 13;
    private const byte Version = 1;

    private readonly uint[] _prefixes24;
    private readonly uint[] _prefixes28;
    private readonly ulong[] _prefixes36;
    private readonly bool[] _divided24;
    private readonly ushort[] _names24;
    private readonly ushort[] _names28;
    private readonly ushort[] _names36;
    private readonly byte[] _text;
    private readonly int[] _starts;
    private readonly string?[] _given;

    private VendorTable(DateOnly date, byte[] body)
    {
        Date = date;
        PackedReader reader = new(body);
        int names = reader.Int32();
        int count24 = reader.Int32();
        int count28 = reader.Int32();
        int count36 = reader.Int32();

        _starts = new int[names + 1];
        for (int i = 0; i < names; i++)
        {
            _starts[i + 1] = _starts[i] + reader.Byte();
        }

        _text = reader.Bytes(_starts[names]).ToArray();
        _given = new string?[names];
        (_prefixes24, _names24) = Blocks(ref reader, count24);
        (_prefixes28, _names28) = Blocks(ref reader, count28);

        // 36 bits: the same digits, kept in 64.
        _prefixes36 = new ulong[count36];
        ulong prefix = 0;
        for (int i = 0; i < count36; i++)
        {
            _prefixes36[i] = prefix += reader.Base128();
        }

        _names36 = Numbers(ref reader, count36);
        _divided24 = new bool[count24];
        foreach (uint block in _prefixes28)
        {
            Divide(block >> 4);
        }

        foreach (ulong block in _prefixes36)
        {
            Divide((uint)(block >> 12));
        }
    }

    /// <summary>Day the registries are of.</summary>
    public DateOnly Date { get; }

    /// <summary>Number of blocks of all sizes.</summary>
    public int BlockCount => _prefixes24.Length + _prefixes28.Length + _prefixes36.Length;

    /// <summary>Unpacks the resource.</summary>
    public static VendorTable Load()
    {
        using Stream stream = typeof(VendorTable).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"Resource {Resource} is missing from the assembly.");
        return Load(stream);
    }

    /// <summary>Unpacks a file of ours; <see cref="InvalidDataException"/> where it is not one.</summary>
    public static VendorTable Load(Stream stream)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength || !header.StartsWith("KPSV"u8) || header[4] != Version)
        {
            throw new InvalidDataException("Not a packed vendor registry of this version.");
        }

        byte[] body = new byte[BinaryPrimitives.ReadInt32LittleEndian(header[9..])];
        using BrotliStream brotli = new(stream, CompressionMode.Decompress);
        brotli.ReadExactly(body);
        return new VendorTable(DateOnly.FromDayNumber(BinaryPrimitives.ReadInt32LittleEndian(header[5..])), body);
    }

    /// <summary>Name of the smallest block that holds the address, or null.</summary>
    public string? Find(ulong address)
    {
        // Nearly all large blocks hold no smaller ones, and then there is nothing to look for among those.
        int at = Array.BinarySearch(_prefixes24, (uint)(address >> 24));
        return at >= 0 && !_divided24[at] ? Name(_names24[at]) : FindSmallest(address);
    }

    /// <summary>As <see cref="Find"/>, the smallest blocks asked first: the plain way, which is right for any registry.</summary>
    internal string? FindSmallest(ulong address)
    {
        int at = Array.BinarySearch(_prefixes36, address >> 12);
        if (at >= 0)
        {
            return Name(_names36[at]);
        }

        at = Array.BinarySearch(_prefixes28, (uint)(address >> 20));
        if (at >= 0)
        {
            return Name(_names28[at]);
        }

        at = Array.BinarySearch(_prefixes24, (uint)(address >> 24));
        return at >= 0 ? Name(_names24[at]) : null;
    }

    private void Divide(uint oui)
    {
        int at = Array.BinarySearch(_prefixes24, oui);
        if (at >= 0)
        {
            _divided24[at] = true;
        }
    }

    /// <summary>One string per name for all who ask; two threads may make it at once, either of the two is kept.</summary>
    private string Name(int number)
    {
        string? name = Volatile.Read(ref _given[number]);
        if (name is null)
        {
            string made = Encoding.UTF8.GetString(_text, _starts[number], _starts[number + 1] - _starts[number]);
            name = Interlocked.CompareExchange(ref _given[number], made, null) ?? made;
        }

        return name;
    }

    private static (uint[] Prefixes, ushort[] Names) Blocks(ref PackedReader reader, int count)
    {
        uint[] prefixes = new uint[count];
        ulong prefix = 0;
        for (int i = 0; i < count; i++)
        {
            prefix += reader.Base128();
            prefixes[i] = (uint)prefix;
        }

        return (prefixes, Numbers(ref reader, count));
    }

    private static ushort[] Numbers(ref PackedReader reader, int count)
    {
        ReadOnlySpan<byte> low = reader.Bytes(count);
        ReadOnlySpan<byte> high = reader.Bytes(count);
        ushort[] numbers = new ushort[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = (ushort)(low[i] | (high[i] << 8));
        }

        return numbers;
    }
}
