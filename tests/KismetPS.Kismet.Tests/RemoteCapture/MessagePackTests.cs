using System.Text;
using KismetPS.Kismet.RemoteCapture;
using Xunit;

namespace KismetPS.Kismet.Tests.RemoteCapture;

/// <summary>The reader and the writer: against the forms of the specification, against each other, and against bytes nobody vouches for.</summary>
public sealed class MessagePackTests
{
    [Theory]
    [InlineData("00", 0UL)]
    [InlineData("7f", 127UL)]
    [InlineData("cc80", 128UL)]
    [InlineData("ccff", 255UL)]
    [InlineData("cd0100", 256UL)]
    [InlineData("cdffff", 65535UL)]
    [InlineData("ce00010000", 65536UL)]
    [InlineData("ceffffffff", 4294967295UL)]
    [InlineData("cf0000000100000000", 4294967296UL)]
    [InlineData("cfffffffffffffffff", ulong.MaxValue)]
    public void Numbers_have_their_shortest_form_and_any_is_read(string hex, ulong value)
    {
        byte[] bytes = Convert.FromHexString(hex);
        byte[] written = new byte[9];
        MessagePackWriter writer = new(written);
        writer.Unsigned(value);
        Assert.Equal(bytes, written[..writer.Length]);
        MessagePackReader reader = new(bytes);
        Assert.True(reader.TryReadUnsigned(out ulong read) && reader.IsAtEnd);
        Assert.Equal(value, read);
    }

    [Theory]
    [InlineData("d07f", 127UL)]
    [InlineData("d10001", 1UL)]
    [InlineData("d200000102", 258UL)]
    [InlineData("d30000000000000003", 3UL)]
    [InlineData("cd0001", 1UL)]
    public void Longer_and_signed_forms_of_a_number_are_read(string hex, ulong value)
    {
        MessagePackReader reader = new(Convert.FromHexString(hex));
        Assert.True(reader.TryReadUnsigned(out ulong read) && reader.IsAtEnd);
        Assert.Equal(value, read);
    }

    [Theory]
    [InlineData("d0ff")]
    [InlineData("ff")]
    [InlineData("c0")]
    [InlineData("c3")]
    [InlineData("a161")]
    [InlineData("ca00000000")]
    [InlineData("c1")]
    public void Negative_numbers_and_other_types_are_no_number(string hex)
    {
        MessagePackReader reader = new(Convert.FromHexString(hex));
        Assert.False(reader.TryReadUnsigned(out _));
        Assert.False(reader.IsAtEnd);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65535)]
    [InlineData(65536)]
    public void Texts_and_bytes_of_every_length_come_back(int length)
    {
        string text = new('x', length);
        byte[] body = Encoding.ASCII.GetBytes(text);
        byte[] written = new byte[(2 * length) + 20];
        MessagePackWriter writer = new(written);
        writer.Text(text);
        writer.Bytes(body.AsSpan(0, length / 3), body.AsSpan(length / 3));
        MessagePackReader reader = new(written.AsSpan(0, writer.Length));
        Assert.True(reader.TryReadText(out ReadOnlySpan<byte> readText));
        Assert.Equal(body, readText.ToArray());
        Assert.True(reader.TryReadBytes(out ReadOnlySpan<byte> readBytes));
        Assert.Equal(body, readBytes.ToArray());
        Assert.True(reader.IsAtEnd && !writer.IsFull);
    }

    [Fact]
    public void Text_is_UTF8_and_floats_have_four_or_eight_bytes()
    {
        byte[] written = new byte[64];
        MessagePackWriter writer = new(written);
        writer.Text("Küche");
        writer.Single(5f);
        writer.Double(-33.856784);
        Assert.Equal("a64bc3bc636865ca40a00000cbc040edab191dde37", Convert.ToHexStringLower(written[..writer.Length]));
        MessagePackReader reader = new(written.AsSpan(0, writer.Length));
        Assert.True(reader.TryReadText(out _) && reader.TryReadFloat(out double single) && single == 5 && reader.TryReadFloat(out double number) && number == -33.856784);
    }

    // Every type of the specification, one behind the other in an array.
    private const string AllTypes =
        "dc0021" + "c0" + "c2" + "c3" + "05" + "e0" + "ff" + "cc80" + "cd0100" + "ce00010000" + "cf0000000000000001" + "d080" + "d1ff00" + "d2ffffff00" + "d3ffffffffffffff00"
        + "ca00000000" + "cb0000000000000000" + "a26162" + "d90161" + "da000161" + "db0000000161" + "c401ff" + "c50001ff" + "c600000001ff"
        + "d401aa" + "d501aabb" + "d601aabbccdd" + "d7010011223344556677" + "d80100112233445566778899aabbccddeeff" + "c70101aa" + "c8000101aa" + "c90000000101aa"
        + "810192c0c0" + "de000101dd0000000102";

    [Fact]
    public void Every_type_is_passed_over_whole_and_no_part_of_one_is()
    {
        byte[] bytes = Convert.FromHexString(AllTypes);
        MessagePackReader reader = new(bytes);
        Assert.True(reader.TrySkip() && reader.IsAtEnd);
        reader = new MessagePackReader(bytes);
        Assert.True(reader.TryReadArrayHeader(out int count));
        Assert.Equal(33, count);
        for (int i = 0; i < count; i++)
        {
            Assert.True(reader.TrySkip());
        }

        Assert.True(reader.IsAtEnd);
        for (int cut = 0; cut < bytes.Length; cut++)
        {
            reader = new MessagePackReader(bytes.AsSpan(0, cut));
            Assert.False(reader.TrySkip());
            Assert.Equal(cut, reader.Remaining);
        }
    }

    [Theory]
    [InlineData("dfffffffff")]
    [InlineData("ddffffffff00")]
    [InlineData("dbffffffff")]
    [InlineData("c6ffffffff")]
    [InlineData("c9ffffffff00")]
    [InlineData("9f9f9f9f9f9f9f9f")]
    [InlineData("c1")]
    [InlineData("91c1")]
    public void Lengths_that_cannot_be_true_are_refused(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        Assert.False(new MessagePackReader(bytes).TrySkip());
        Assert.False(new MessagePackReader(bytes).TryReadMapHeader(out _));
        Assert.False(new MessagePackReader(bytes).TryReadText(out _));
        Assert.False(new MessagePackReader(bytes).TryReadBytes(out _));
    }

    [Fact]
    public void Depth_costs_nothing()
    {
        byte[] deep = new byte[1_000_000];
        Array.Fill(deep, (byte)0x91);
        Assert.False(new MessagePackReader(deep).TrySkip());
        deep[^1] = 0;
        Assert.True(new MessagePackReader(deep).TrySkip());
    }

    [Fact]
    public void What_does_not_fit_is_not_written()
    {
        for (int room = 0; room < 12; room++)
        {
            byte[] destination = new byte[room + 4];
            Array.Fill(destination, (byte)0xEE);
            MessagePackWriter writer = new(destination.AsSpan(0, room));
            writer.MapHeader(1);
            writer.Unsigned(1000);
            writer.Text("abcdefg");
            Assert.True(writer.IsFull);
            Assert.InRange(writer.Length, 0, room);
            Assert.All(destination[room..], static b => Assert.Equal(0xEE, b));
        }
    }

    [Fact]
    public void Random_bytes_are_read_to_an_end_or_refused()
    {
        Random random = new(11);
        int whole = 0;
        byte[] all = Convert.FromHexString(AllTypes);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = all.ToArray();
            for (int flips = random.Next(1, 4); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            MessagePackReader reader = new(bytes.AsSpan(0, random.Next(1, bytes.Length)));
            while (reader.TrySkip())
            {
                whole++;
            }

            // What is left is as it was: any other reading of it stays inside.
            int left = reader.Remaining;
            bool text = reader.TryReadText(out ReadOnlySpan<byte> value);
            Assert.Equal(left, reader.Remaining + (text ? left - reader.Remaining : 0));
            Assert.True(value.Length <= left);
        }

        Assert.True(whole > 1000);
    }
}
