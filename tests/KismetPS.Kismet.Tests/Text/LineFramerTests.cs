using KismetPS.Kismet.Text;
using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Kismet.Tests.Text;

public sealed class LineFramerTests
{
    [Theory]
    [InlineData("a\nb\n", "a|b", "")]
    [InlineData("a\r\nb\r\r\n\n", "a|b\r|", "")]
    [InlineData("\r\n", "", "")]
    [InlineData("a\nbc", "a", "bc")]
    [InlineData("\0!1 X\n!2 \0Y\0\n\0\n", "!1 X|!2 Y|", "")]
    [InlineData("a\rb\n", "a\rb", "")]
    public void Lines_end_with_LF_or_CR_LF_and_hold_no_NUL(string input, string lines, string left)
    {
        foreach (int piece in new[] { 1, 2, 3, input.Length })
        {
            LineFramer framer = new();
            List<string> found = Feed(framer, Lines.Bytes(input), piece);
            Assert.Equal(lines.Split('|'), found);
            Assert.Equal(left.Length, framer.Pending);
            Assert.Equal(input.Count(static c => c == '\0'), framer.NulBytes);
            Assert.Equal(found.Count, framer.Lines);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void An_endless_line_is_counted_once_and_skipped_to_its_end(int piece)
    {
        LineFramer framer = new(cap: 64);
        byte[] input = Lines.Bytes("one\n" + new string('x', 64) + "\n" + new string('y', 65) + "\n" + new string('z', 500) + "\nlast\n");
        Assert.Equal(["one", new string('x', 64), "last"], Feed(framer, input, piece));
        Assert.Equal(2, framer.LongLines);
        Assert.Equal(3, framer.Lines);
    }

    [Fact]
    public void Memory_stays_under_the_cap_whatever_comes()
    {
        LineFramer framer = new();
        byte[] chunk = new byte[10_000];
        Array.Fill(chunk, (byte)'x');
        ReadOnlySpan<byte> first = chunk;
        framer.TryRead(ref first, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
        {
            ReadOnlySpan<byte> input = chunk;
            Assert.False(framer.TryRead(ref input, out _));
        }

        // Doubling up to the cap, and no more for 100 MB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3 * LineFramer.DefaultCap);
        Assert.Equal(1, framer.LongLines);
        Assert.Equal(0, framer.Pending);
    }

    [Fact]
    public void A_reset_forgets_half_a_line()
    {
        LineFramer framer = new();
        Assert.Empty(Feed(framer, Lines.Bytes("half"), 2));
        framer.Reset();
        Assert.Equal(["whole"], Feed(framer, Lines.Bytes("whole\n"), 2));
    }

    [Fact]
    public void Any_cutting_gives_the_same_lines_as_splitting_the_whole()
    {
        Random random = new(20050815);
        for (int round = 0; round < 2000; round++)
        {
            byte[] input = new byte[random.Next(120)];
            for (int i = 0; i < input.Length; i++)
            {
                input[i] = "ab\r\n\0\n "u8[random.Next(7)];
            }

            const int Cap = 9;
            LineFramer framer = new(Cap);
            List<string> found = [];
            for (int at = 0; at < input.Length;)
            {
                int take = Math.Min(random.Next(1, 12), input.Length - at);
                found.AddRange(Feed(framer, input.AsSpan(at, take).ToArray(), take));
                at += take;
            }

            string[] parts = Lines.Text(input).Replace("\0", "").Split('\n');
            string[] expected = [.. parts[..^1].Where(static p => p.Length <= Cap).Select(static p => p.EndsWith('\r') ? p[..^1] : p)];
            Assert.Equal(expected, found);
            Assert.Equal(parts.Count(static p => p.Length > Cap), framer.LongLines);
            Assert.Equal(parts[^1].Length > Cap ? 0 : parts[^1].Length, framer.Pending);
        }
    }

    [KismetReferenceFact]
    public void Recorded_streams_one_byte_at_a_time_give_the_lines_they_give_whole()
    {
        foreach ((_, _, byte[] bytes) in Lines.Recorded())
        {
            List<string> whole = [.. Lines.Framed(bytes).Select(static l => Lines.Text(l))];
            Assert.Equal(whole, Feed(new LineFramer(), bytes, 1));
            Assert.Equal(whole, Feed(new LineFramer(), bytes, 1024));
        }
    }

    private static List<string> Feed(LineFramer framer, byte[] input, int piece)
    {
        List<string> found = [];
        for (int at = 0; at < input.Length; at += piece)
        {
            ReadOnlySpan<byte> rest = input.AsSpan(at, Math.Min(piece, input.Length - at));
            while (framer.TryRead(ref rest, out ReadOnlySpan<byte> line))
            {
                found.Add(Lines.Text(line));
            }

            Assert.True(rest.IsEmpty);
        }

        return found;
    }
}
