using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KismetPS.Wireless.Radio;

/// <summary>The CRC-32 of IEEE Std 802.3 3.2.9 and IEEE Std 802.11-2020 9.2.4.8: polynomial 0x04C11DB7 reflected, ones before, ones' complement after.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Slices = 8;
    private const int FoldBlock = 64;

    /// <summary>Table n holds the CRC of a byte followed by n zero bytes, so that eight bytes are looked up at once.</summary>
    private static readonly uint[] Tables = BuildTables();

    /// <summary>The CRC of the bytes; a frame's FCS is this number in little-endian order.</summary>
    public static uint Compute(ReadOnlySpan<byte> data)
    {
        uint state = uint.MaxValue;
        if (data.Length >= 2 * FoldBlock && Pclmulqdq.IsSupported)
        {
            state = Fold(ref data);
        }

        return ~Update(state, data);
    }

    /// <summary>As <see cref="Compute"/> with tables alone, as on machines without carry-less multiplication.</summary>
    public static uint ComputeByTable(ReadOnlySpan<byte> data) => ~Update(uint.MaxValue, data);

    private static uint Update(uint state, ReadOnlySpan<byte> data)
    {
        ref uint tables = ref MemoryMarshal.GetArrayDataReference(Tables);
        while (data.Length >= Slices)
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ state;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            state = At(ref tables, 7, low & 0xFF) ^ At(ref tables, 6, (low >> 8) & 0xFF)
                ^ At(ref tables, 5, (low >> 16) & 0xFF) ^ At(ref tables, 4, low >> 24)
                ^ At(ref tables, 3, high & 0xFF) ^ At(ref tables, 2, (high >> 8) & 0xFF)
                ^ At(ref tables, 1, (high >> 16) & 0xFF) ^ At(ref tables, 0, high >> 24);
            data = data[Slices..];
        }

        foreach (byte b in data)
        {
            state = At(ref tables, 0, (state ^ b) & 0xFF) ^ (state >> 8);
        }

        return state;
    }

    /// <summary>
    /// Folds all whole 16-byte blocks into one that leaves the same remainder, four at a time: V. Gopal et al., "Fast CRC Computation for Generic
    /// Polynomials Using PCLMULQDQ Instruction", Intel 2009. That block goes through the tables instead of a Barrett reduction.
    /// </summary>
    private static uint Fold(ref ReadOnlySpan<byte> data)
    {
        // x^(4*128+32), x^(4*128-32) and x^(128+32), x^(128-32) modulo the polynomial, reflected and shifted by one.
        Vector128<ulong> by512 = Vector128.Create(0x1_5444_2BD4UL, 0x1_C6E4_1596UL);
        Vector128<ulong> by128 = Vector128.Create(0x1_7519_97D0UL, 0x0_CCAA_009EUL);

        Vector128<ulong> a = Load(data, 0) ^ Vector128.CreateScalar((ulong)uint.MaxValue);
        Vector128<ulong> b = Load(data, 16);
        Vector128<ulong> c = Load(data, 32);
        Vector128<ulong> d = Load(data, 48);
        data = data[FoldBlock..];
        while (data.Length >= FoldBlock)
        {
            a = Multiply(a, by512) ^ Load(data, 0);
            b = Multiply(b, by512) ^ Load(data, 16);
            c = Multiply(c, by512) ^ Load(data, 32);
            d = Multiply(d, by512) ^ Load(data, 48);
            data = data[FoldBlock..];
        }

        a = Multiply(a, by128) ^ b;
        a = Multiply(a, by128) ^ c;
        a = Multiply(a, by128) ^ d;
        while (data.Length >= 16)
        {
            a = Multiply(a, by128) ^ Load(data, 0);
            data = data[16..];
        }

        Span<byte> rest = stackalloc byte[16];
        MemoryMarshal.Write(rest, in a);
        return Update(0, rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Multiply(Vector128<ulong> value, Vector128<ulong> factors) =>
        Pclmulqdq.CarrylessMultiply(value, factors, 0x00) ^ Pclmulqdq.CarrylessMultiply(value, factors, 0x11);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Load(ReadOnlySpan<byte> data, int at) => MemoryMarshal.Read<Vector128<ulong>>(data[at..]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint At(ref uint tables, int slice, uint index) => Unsafe.Add(ref tables, (nint)((slice * 256) + index));

    private static uint[] BuildTables()
    {
        uint[] tables = new uint[Slices * 256];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value >> 1) ^ ((value & 1) != 0 ? Polynomial : 0);
            }

            tables[i] = value;
        }

        for (int i = 256; i < tables.Length; i++)
        {
            uint previous = tables[i - 256];
            tables[i] = (previous >> 8) ^ tables[previous & 0xFF];
        }

        return tables;
    }
}
