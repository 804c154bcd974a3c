using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace KismetPS.Tracking.Tables;

/// <summary>A quick 64-bit hash, keyed at random per process so that nobody on the air can aim for collisions.</summary>
internal static class ByteHash
{
    // Odd, so that no product loses bits for good.
    private static readonly ulong s_first = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;
    private static readonly ulong s_second = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;
    private static readonly ulong s_third = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;

    /// <summary>Hashes the bytes.</summary>
    public static ulong Compute(ReadOnlySpan<byte> bytes)
    {
        ulong length = (ulong)bytes.Length;
        ulong one = s_first;
        ulong two = s_second;
        ReadOnlySpan<byte> last = bytes;

        // Two chains at once: a multiplication takes some cycles, and the next of the same chain has to wait for it.
        while (bytes.Length >= 32)
        {
            one = Mix(Word(bytes) ^ one, Word(bytes[8..]) ^ s_third);
            two = Mix(Word(bytes[16..]) ^ two, Word(bytes[24..]) ^ s_third);
            bytes = bytes[32..];
        }

        if (bytes.Length >= 16)
        {
            one = Mix(Word(bytes) ^ one, Word(bytes[8..]) ^ s_third);
            bytes = bytes[16..];
        }

        if (bytes.Length >= 8)
        {
            two = Mix(Word(bytes) ^ two, s_third);
        }

        // What is left are the last seven bytes at most: the last eight hold them, some of them once more.
        return Mix(one ^ (last.Length >= 8 ? Word(last[^8..]) : Short(last)), two ^ s_third ^ length);
    }

    /// <summary>Hashes the first 48 bytes, the last 16 and the length: all of what is no longer than that.</summary>
    public static ulong ComputeEnds(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= 64)
        {
            return Compute(bytes);
        }

        ulong one = Mix(Word(bytes) ^ s_first, Word(bytes[8..]) ^ s_third);
        ulong two = Mix(Word(bytes[16..]) ^ s_second, Word(bytes[24..]) ^ s_third);
        one = Mix(Word(bytes[32..]) ^ one, Word(bytes[40..]) ^ s_third);
        two = Mix(Word(bytes[^16..]) ^ two, Word(bytes[^8..]) ^ s_third);
        return Mix(one, two ^ s_third ^ (ulong)bytes.Length);
    }

    /// <summary>Hashes one number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Compute(ulong value) => Mix(value ^ s_first, s_second);

    /// <summary>One hash of two numbers in this order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Combine(ulong first, ulong second) => Mix(first ^ s_second, second ^ s_third);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<ulong>(bytes);

    private static ulong Short(ReadOnlySpan<byte> bytes)
    {
        ulong word = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            word |= (ulong)bytes[i] << (8 * i);
        }

        return word;
    }

    // Multiply to 128 bits and fold, as wyhash and its kin do: every input bit reaches every output bit.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}
