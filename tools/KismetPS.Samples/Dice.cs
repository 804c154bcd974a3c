namespace KismetPS.Samples;

/// <summary>Numbers that look like chance and are the same on every machine and run (a 64-bit linear congruential generator, Knuth's constants).</summary>
public sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>From 0 up to but without <paramref name="sides"/>.</summary>
    public int Roll(int sides)
    {
        _state = unchecked((_state * 6364136223846793005UL) + 1442695040888963407UL);
        return (int)((_state >> 33) % (ulong)sides);
    }

    /// <summary>From <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + Roll(high - low + 1);

    /// <summary>True so many times in a hundred.</summary>
    public bool Percent(int chance) => Roll(100) < chance;

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = (byte)Roll(256);
        }

        return bytes;
    }
}
