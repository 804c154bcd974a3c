using KismetPS.Wireless.Elements;
using Xunit;

namespace KismetPS.Wireless.Tests.Elements;

/// <summary>Sixteen rates at a time give what one by one gives.</summary>
public sealed class RateSetTests
{
    private static readonly int[] s_ofdm = [12, 18, 24, 36, 48, 72, 96, 108];

    /// <summary>Each byte alone, in every lane, with as many bytes behind it as make the load a whole or a partial one.</summary>
    [Fact]
    public void ReadsEachByteInEachPlace()
    {
        for (int value = 0; value <= byte.MaxValue; value++)
        {
            for (int length = 1; length <= 33; length++)
            {
                byte[] payload = new byte[length];
                payload[^1] = (byte)value;
                Check([payload], behind: 0);
                Check([payload], behind: 40);
            }
        }
    }

    [Fact]
    public void ReadsAnyElements()
    {
        Random random = new(9423);
        byte[] usual = [2, 4, 11, 22, 12, 18, 24, 36, 48, 72, 96, 108, 0x82, 0x84, 0x8B, 0x96, 0, 120, 121, 122, 127, 0xFF, 0xF8, 0x80];
        for (int round = 0; round < 100_000; round++)
        {
            byte[][] elements = new byte[random.Next(1, 4)][];
            for (int i = 0; i < elements.Length; i++)
            {
                byte[] payload = new byte[random.Next(20) == 0 ? random.Next(256) : random.Next(20)];
                random.NextBytes(payload);
                for (int n = 0; n < payload.Length && round % 2 == 0; n++)
                {
                    payload[n] = usual[random.Next(usual.Length)];
                }

                elements[i] = payload;
            }

            Check(elements, random.Next(20));
        }
    }

    [Fact]
    public void IsEmptyByDefault() => Check([], behind: 3);

    private static void Check(byte[][] elements, int behind)
    {
        // What lies behind the rates is none of them.
        RateSet rates = default;
        foreach (byte[] payload in elements)
        {
            byte[] frame = [.. payload, .. Enumerable.Repeat((byte)108, behind)];
            rates.Add(frame, payload.Length);
        }

        int[] all = [.. elements.SelectMany(static e => e).Select(static b => b & 0x7F).Where(static r => r <= 120)];
        Assert.Equal(all.DefaultIfEmpty(0).Max(), rates.Highest);
        Assert.Equal(all.Any(static r => s_ofdm.Contains(r)), rates.HasOfdm);
    }
}
