using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace KismetPS.VendorPack;

/// <summary>The registries with short names, and their packed form. The same registries give the same bytes.</summary>
/// <remarks>
/// <code>
/// "KPSV", u8 version 1, u32 day of the registries (days since 0001-01-01), u32 length of the rest unpacked; then, compressed with Brotli:
/// u32 names, u32 blocks of 24 bits, u32 of 28, u32 of 36
/// names: u8 length each; then the bytes of all, UTF-8
/// per block size: prefixes ascending, each as the difference to the one before in base-128 digits, low digit first, bit 7 set on all but the last;
///                 then u16 name number each, low bytes of all first, then high bytes
/// </code>
/// All numbers are little-endian. Names are numbered as blocks first name them, 24 bits before 28 before 36.
/// </remarks>
internal sealed class PackedVendors
{
    /// <summary>Blocks the IEEE hands on in parts: their parts have names, the rest of them belongs to nobody.</summary>
    private const string Authority = "IEEE Registration Authority";
    private static readonly int[] Sizes = [24, 28, 36];

    private readonly SortedDictionary<ulong, int>[] _blocks = [[], [], []];
    private readonly List<string> _names = [];

    private PackedVendors()
    {
    }

    /// <summary>Names by number.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Blocks of a size: prefix and number of the name.</summary>
    public IReadOnlyDictionary<ulong, int> Blocks(int bits) => _blocks[Array.IndexOf(Sizes, bits)];

    /// <summary>Sorts, names and numbers the assignments.</summary>
    public static PackedVendors From(IEnumerable<RegistryEntry> entries)
    {
        SortedDictionary<ulong, SortedSet<string>>[] owners = [[], [], []];
        foreach (RegistryEntry entry in entries)
        {
            string name = VendorName.Shorten(entry.Organization);

            // Group and local addresses have no vendor: the few such blocks of the 1980s would name random addresses after makers of terminals.
            bool assignable = ((entry.Prefix >> (entry.Bits - 8)) & 0x03) == 0;
            if (assignable && name.Length > 0 && name != Authority)
            {
                SortedDictionary<ulong, SortedSet<string>> blocks = owners[Array.IndexOf(Sizes, entry.Bits)];
                if (!blocks.TryGetValue(entry.Prefix, out SortedSet<string>? names))
                {
                    blocks.Add(entry.Prefix, names = new(StringComparer.Ordinal));
                }

                names.Add(name);
            }
        }

        PackedVendors packed = new();
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        for (int i = 0; i < Sizes.Length; i++)
        {
            foreach ((ulong prefix, SortedSet<string> names) in owners[i])
            {
                // Two blocks were assigned more than once (08-00-30, 00-01-C8): all owners are told.
                string name = string.Join(" / ", names);
                if (!numbers.TryGetValue(name, out int number))
                {
                    number = numbers.Count;
                    numbers.Add(name, number);
                    packed._names.Add(name);
                }

                packed._blocks[i].Add(prefix, number);
            }
        }

        return packed;
    }

    /// <summary>The packed form.</summary>
    public byte[] ToArray(DateOnly date)
    {
        byte[] body = ToBody();
        using MemoryStream compressed = new();
        using (BrotliStream brotli = new(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            brotli.Write(body);
        }

        byte[] header = new byte[13];
        "KPSV\u0001"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(5), date.DayNumber);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(9), body.Length);
        return [.. header, .. compressed.ToArray()];
    }

    /// <summary>The packed form behind its header, before compression.</summary>
    public byte[] ToBody()
    {
        using MemoryStream stream = new();
        using BinaryWriter body = new(stream);
        body.Write(_names.Count);
        foreach (SortedDictionary<ulong, int> blocks in _blocks)
        {
            body.Write(blocks.Count);
        }

        byte[][] texts = [.. _names.Select(Encoding.UTF8.GetBytes)];
        foreach (byte[] text in texts)
        {
            body.Write(checked((byte)text.Length));
        }

        foreach (byte[] text in texts)
        {
            body.Write(text);
        }

        foreach (SortedDictionary<ulong, int> blocks in _blocks)
        {
            ulong previous = 0;
            foreach (ulong prefix in blocks.Keys)
            {
                WriteBase128(body, prefix - previous);
                previous = prefix;
            }

            foreach (int shift in new[] { 0, 8 })
            {
                foreach (int number in blocks.Values)
                {
                    body.Write((byte)(checked((ushort)number) >> shift));
                }
            }
        }

        body.Flush();
        return stream.ToArray();
    }

    private static void WriteBase128(BinaryWriter to, ulong value)
    {
        while (value >= 0x80)
        {
            to.Write((byte)(value | 0x80));
            value >>= 7;
        }

        to.Write((byte)value);
    }
}
