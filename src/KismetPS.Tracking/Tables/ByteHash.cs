using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace KismetPS.Tracking.Tables;

/// <summary>A quick 64-bit hash of bytes, keyed at random per process so that nobody on the air can aim for collisions.</summary>
internal static class ByteHash
{
    private static readonly ulong s_seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;

    /// <summary>Hashes the bytes.</summary>
    public static ulong Compute(ReadOnlySpan<byte> bytes)
    {
        ulong hash = s_seed ^ ((ulong)bytes.Length * 0x9E37_79B9_7F4A_7C15);
        while (bytes.Length >= 8)
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(bytes));
            bytes = bytes[8..];
        }

        ulong tail = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            tail |= (ulong)bytes[i] << (8 * i);
        }

        return Mix(hash ^ tail);
    }

    // Multiply to 128 bits and fold, as wyhash and its kin do: every input bit reaches every output bit.
    private static ulong Mix(ulong value)
    {
        ulong high = Math.BigMul(value, s_seed ^ 0xA076_1D64_78BD_642F, out ulong low);
        return high ^ low;
    }
}
