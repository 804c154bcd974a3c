using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace KismetPS.Bench.Corpora;

/// <summary>A corpus in three arrays.</summary>
/// <param name="Bytes">All messages.</param>
/// <param name="Starts">Start of each, and the end of the last.</param>
/// <param name="CountPlaces">Where each message's packet count lies, 0 where it has none.</param>
internal sealed record PackedCorpus(byte[] Bytes, int[] Starts, int[] CountPlaces)
{
    /// <summary>Messages.</summary>
    public int Count => CountPlaces.Length;

    /// <summary>A message.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Message(int index) => Bytes.AsSpan(Starts[index], Starts[index + 1] - Starts[index]);

    /// <summary>Gives a message the next number of its sensor: a count that begins anew each round would be a sensor that restarts each round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Stamp(int index, uint number)
    {
        int place = CountPlaces[index];
        if (place != 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(Bytes.AsSpan(Starts[index] + place), number);
        }
    }
}
