using KismetPS.Capture.Tzsp;
using KismetPS.TestKit;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Capture.Tests.Tzsp;

/// <summary>The reader that remembers a layout gives what the plain one gives, of any message, whatever it has read before.</summary>
public sealed class TzspLayoutReaderTests
{
    private const int UdpPayload = 42;

    // Numbers that are read, twice as often as some that are not.
    private static readonly byte[] s_numbers =
        [10, 11, 12, 13, 16, 17, 18, 40, 41, 60, 80, 81, 82, 84, 10, 11, 12, 13, 16, 17, 18, 40, 41, 60, 80, 81, 82, 84, 14, 15, 30, 31, 83, 200, 255];

    // Mostly lengths that senders use; each tag is read in some of them only.
    private static readonly int[] s_lengths = [1, 1, 1, 2, 2, 4, 4, 8, 6, 0, 3, 9, 40];

    public static TheoryData<string> Files => OracleCaptures.All;

    [CapturesTheory]
    [MemberData(nameof(Files))]
    public void ReadsCapturesAlike(string file)
    {
        TzspLayoutReader reader = new();
        IReadOnlyList<CapturedPacket> packets = PcapFileReader.ReadAll(OracleCaptures.TzspPath(file));
        int known = 0;
        foreach (CapturedPacket packet in packets)
        {
            known += Check(reader, packet.Bytes.AsSpan(UdpPayload)) ? 1 : 0;
        }

        // One sensor, which sends nine tags each time; messages without a frame and those before the first with one are none of the layout.
        Assert.True(known * 10 >= (packets.Count - 1) * 9, $"Of {packets.Count} messages {known} were of the layout remembered.");
    }

    [CapturesTheory]
    [MemberData(nameof(Files))]
    public void ReadsCutAndFlippedCapturesAlike(string file)
    {
        Random random = new(20_251_121);
        TzspLayoutReader reader = new();
        IReadOnlyList<CapturedPacket> packets = PcapFileReader.ReadAll(OracleCaptures.TzspPath(file));
        int step = Math.Max(1, packets.Count / 50);
        for (int i = 0; i < packets.Count; i += step)
        {
            byte[] message = packets[i].Bytes[UdpPayload..];
            for (int length = 0; length <= Math.Min(message.Length, 80); length++)
            {
                Check(reader, message.AsSpan(0, length));
            }

            for (int n = 0; n < 40; n++)
            {
                Check(reader, Flip(message, random));
            }
        }
    }

    /// <summary>The odd messages, each after each.</summary>
    [CapturesFact]
    public void ReadsVariantsAlike()
    {
        List<byte[]> messages = [.. PcapFileReader.ReadAll(Path.Combine(OracleCaptures.Folder!, "tzsp", "variants.tzsp.pcap")).Select(static p => p.Bytes[UdpPayload..])];
        foreach (byte[] first in messages)
        {
            TzspLayoutReader reader = new();
            Check(reader, first);
            foreach (byte[] message in messages)
            {
                Check(reader, message);
                Check(reader, first);
            }
        }
    }

    /// <summary>Layouts made up, of which up to ten come in turn: with any values, cut at every byte, and with bytes flipped.</summary>
    [Fact]
    public void ReadsMadeUpLayoutsAlike()
    {
        Random random = new(37_008);
        int known = 0;
        for (int round = 0; round < 3000; round++)
        {
            TzspLayoutReader reader = new();
            List<(int Number, int Length)[]> layouts = [.. Enumerable.Range(0, random.Next(3) == 0 ? random.Next(1, 11) : 1).Select(_ => Layout(random))];
            int type = random.Next(4) == 0 ? random.Next(256) : 0;
            int encapsulation = random.Next(4) == 0 ? random.Next(130) : 18;
            for (int n = 0; n < 30; n++)
            {
                byte[] message = Message(layouts[random.Next(layouts.Count)], type, encapsulation, random);
                known += Check(reader, message) ? 1 : 0;
                Check(reader, random.Next(4) == 0 ? Flip(message, random) : message.AsSpan(0, random.Next(message.Length + 1)));
            }

            byte[] last = Message(layouts[0], type, encapsulation, random);
            for (int length = 0; length <= last.Length; length++)
            {
                Check(reader, last.AsSpan(0, length));
            }
        }

        Assert.True(known > 20_000, $"{known} messages were of the layout remembered.");
    }

    /// <summary>A layout is known from its first message on, by its tags alone, and where it ends with the last byte that counts.</summary>
    [Fact]
    public void KnowsALayoutByItsTags()
    {
        byte[] tags = Convert.FromHexString("0A01C40B01300C01020D040000000112010628040000000129020027110100" + "3C06020000000001");
        TzspLayoutReader reader = new();
        Assert.False(reader.Knows(TzspBytes.Message(tags)));
        Check(reader, TzspBytes.Message(tags));
        byte[] others = (byte[])tags.Clone();
        others[2] = 0x88;
        others[^1] = 0x77;
        Assert.True(reader.Knows(TzspBytes.Message(others)));
        Assert.True(reader.Knows(TzspBytes.Of(0, 18, others, [0xD4])));
        Assert.False(reader.Knows(TzspBytes.Of(0, 18, others, [])));
        Assert.False(reader.Knows(TzspBytes.Of(1, 18, others, TzspBytes.Beacon)));
        Assert.False(reader.Knows(TzspBytes.Of(0, 1, others, TzspBytes.Beacon)));
        Assert.False(reader.Knows(TzspBytes.Message([.. others, 0])));
        foreach (int at in new[] { 0, 1, 3, 4, tags.Length - 7, tags.Length - 8 })
        {
            byte[] changed = (byte[])tags.Clone();
            changed[at] ^= 2;
            Assert.False(reader.Knows(TzspBytes.Message(changed)));
        }
    }

    /// <summary>Eight layouts are known side by side; of more, the one in use stays whatever else comes.</summary>
    [Fact]
    public void KeepsTheLayoutsThatCome()
    {
        List<byte[]> messages = [.. Enumerable.Range(0, 40).Select(static n => TzspBytes.Message([.. TzspBytes.Tag(10, 0xC4), .. TzspBytes.Tag(200, new byte[n])]))];
        TzspLayoutReader reader = new();
        for (int i = 0; i < 800; i++)
        {
            Check(reader, messages[i % 8]);
        }

        Assert.All(messages[..8], m => Assert.True(reader.Knows(m)));
        for (int i = 8; i < 800; i++)
        {
            Check(reader, messages[i % 40]);
            Check(reader, messages[0]);
            Assert.True(reader.Knows(messages[0]));
        }

        // And what comes always from now on is learned.
        byte[] other = TzspBytes.Message(Convert.FromHexString("0A01C40B0130120106"));
        for (int i = 0; i < 8; i++)
        {
            Check(reader, other);
        }

        Assert.True(reader.Knows(other));
    }

    /// <summary>Tags that overrule one another, tag lists too long, messages without a frame and those that carry none are not remembered.</summary>
    [Theory]
    [InlineData(0, "0A01C40A01C40C0102120106", 39)]
    [InlineData(0, "C800C8000A01C40C0102120106", 39)]
    [InlineData(0, "503C000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B", 39)]
    [InlineData(0, "0A01C40C0102120106", 0)]
    [InlineData(0, "0A01C4", 1)]
    [InlineData(3, "0A01C40C0102120106", 39)]
    [InlineData(5, "0A01C40C0102120106", 39)]
    public void DoesNotRememberWhatItCannotRead(int type, string tags, int frameLength)
    {
        byte[] message = TzspBytes.Of(type, 18, Convert.FromHexString(tags), TzspBytes.Beacon[..frameLength]);
        TzspLayoutReader reader = new();
        Check(reader, message);
        Assert.False(reader.Knows(message));
        Check(reader, message);
    }

    private static bool Check(TzspLayoutReader reader, ReadOnlySpan<byte> message)
    {
        bool known = reader.Knows(message);
        TzspStatus expected = TzspReader.Read(message, out TzspFacts expectedFacts, out RadioInfo expectedRadio);
        TzspStatus status = reader.Read(message, out TzspFacts facts, out RadioInfo radio);
        if (expected != status || !expectedFacts.Equals(facts) || !expectedRadio.Equals(radio))
        {
            // Field by field, to be told which.
            Assert.Equal(expected, status);
            Assert.Equivalent(expectedFacts, facts, strict: true);
            Assert.Equivalent(expectedRadio, radio, strict: true);
            Assert.Fail("Something differs that has no name.");
        }

        return known;
    }

    private static (int Number, int Length)[] Layout(Random random)
    {
        // Of four layouts three with each tag once.
        bool distinct = random.Next(4) != 0;
        HashSet<byte> seen = [];
        List<(int, int)> tags = [];
        for (int left = random.Next(12); left > 0; left--)
        {
            byte number = s_numbers[random.Next(s_numbers.Length)];
            if (random.Next(12) == 0)
            {
                tags.Add((0, 0));
            }
            else if (seen.Add(number) || !distinct)
            {
                tags.Add((number, s_lengths[random.Next(s_lengths.Length)]));
            }
        }

        return [.. tags];
    }

    private static byte[] Message((int Number, int Length)[] layout, int type, int encapsulation, Random random)
    {
        List<byte> tags = [];
        foreach ((int number, int length) in layout)
        {
            tags.AddRange(number == 0 ? [(byte)0] : TzspBytes.Tag(number, Value(length, random)));
        }

        byte[] frame = new byte[random.Next(8) == 0 ? random.Next(3) : random.Next(60)];
        random.NextBytes(frame);
        return TzspBytes.Of(type, encapsulation, [.. tags], frame);
    }

    // Small numbers are what most tags tell apart; negative ones and what is beyond every range come too.
    private static byte[] Value(int length, Random random)
    {
        byte[] value = new byte[length];
        if (random.Next(3) == 0)
        {
            random.NextBytes(value);
        }
        else if (length > 0)
        {
            value.AsSpan().Fill(random.Next(3) == 0 ? byte.MaxValue : (byte)0);
            value[^1] = (byte)random.Next(random.Next(2) == 0 ? 4 : 256);
        }

        return value;
    }

    private static byte[] Flip(byte[] message, Random random)
    {
        byte[] copy = (byte[])message.Clone();
        for (int flips = random.Next(1, 4); flips > 0; flips--)
        {
            copy[random.Next(Math.Min(copy.Length, 70))] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)random.Next(4);
        }

        return copy;
    }
}
