using System.Buffers;
using System.Globalization;
using KismetPS.Kismet.Text;
using KismetPS.Wireless;
using Xunit;

namespace KismetPS.Kismet.Tests.Text;

public sealed class SentenceWriterTests
{
    private delegate void Write(ref SentenceWriter writer);

    [Fact]
    public void A_sentence_of_each_kind_of_field()
    {
        string line = Written(TextEra.Newcore, static (ref SentenceWriter w) =>
        {
            w.Begin("X"u8);
            w.Mac(MacAddress.Parse("00:0c:41:82:b2:55"));
            w.Number(7);
            w.Number(-87);
            w.Number(ulong.MaxValue);
            w.Flag(true);
            w.Fixed6(-122.3330541);
            w.Fixed1(5.5);
            w.General(47.60971);
            w.IPv4(0xC0A801FF);
            w.Uuid(Guid.Parse("90DE825A-E580-11F1-B42D-6608285C890B"));
            w.Quoted("a b"u8);
            w.Quoted([]);
            w.Quoted([], blankWhenEmpty: true);
            w.Word("n/a"u8);
            w.End();
        });
        Assert.Equal(
            "*X: 00:0C:41:82:B2:55 7 -87 18446744073709551615 1 -122.333054 5.5 47.6097 192.168.1.255 90de825a-e580-11f1-b42d-6608285c890b \u0001a b\u0001 \u0001\u0001 \u0001 \u0001 n/a \n",
            line);
    }

    [Fact]
    public void Each_era_quotes_and_escapes_in_its_way()
    {
        Write fields = static (ref SentenceWriter w) =>
        {
            w.Begin("X"u8);
            w.Quoted([]);
            w.Quoted([0x41, 0, 1, 10, 0x7F, 0xB0, 0xB1, 0xE4]);
            w.End();
        };
        Assert.Equal("*X: \u0001\u0001 \u0001A\\000\\001\\012\\177\\260\\261\\344\u0001 \n", Written(TextEra.Newcore, fields));
        Assert.Equal("*X: \u0001 \u0001 \u0001A\\000\\001\\012\u007F\u00B0\\261\\344\u0001 \n", Written(TextEra.Stable, fields));
    }

    [Fact]
    public void No_value_breaks_a_line_or_shifts_the_words_behind_it()
    {
        string line = Written(TextEra.Newcore, static (ref SentenceWriter w) =>
        {
            w.Begin("SOURCE"u8);
            w.Word("my card\n"u8);
            w.Word([]);
            w.Word("\u0001x"u8);
            w.End();
            w.Raw("TERMINATE"u8, "a\nb"u8);
            w.Raw("TIME"u8, 1795247469);
        });
        Assert.Equal("*SOURCE: my\\040card\\012 0 \\001x \n*TERMINATE: a\\012b\n*TIME: 1795247469\n", line);
        Assert.Equal(3, Lines.Words(line.Split('\n')[0]).Count);
    }

    [Theory]
    [InlineData(90, 6, "90.000000")]
    [InlineData(-180, 6, "-180.000000")]
    [InlineData(0, 6, "0.000000")]
    [InlineData(-0.0, 6, "-0.000000")]
    [InlineData(0.5, 0, "0")]
    [InlineData(1.5, 0, "2")]
    [InlineData(0.25, 1, "0.2")]
    [InlineData(0.35, 1, "0.3")]
    [InlineData(2.0000005, 6, "2.000001")]
    [InlineData(1e15, 1, "1000000000000000.0")]
    [InlineData(double.NaN, 6, "0.000000")]
    [InlineData(double.NegativeInfinity, 1, "0.0")]
    public void Fixed_decimals_as_printf(double value, int decimals, string expected)
    {
        byte[] text = new byte[FloatText.MaxLength];
        Assert.Equal(expected, Lines.Text(text.AsSpan(0, FloatText.WriteFixed(value, decimals, text))));
    }

    // 47.6097, -122.333 and 1e+06 are from real servers; the rest is what printf("%g") gives.
    [Theory]
    [InlineData(47.609711, "47.6097")]
    [InlineData(-122.333054, "-122.333")]
    [InlineData(1e6, "1e+06")]
    [InlineData(999999, "999999")]
    [InlineData(999999.5, "1e+06")]
    [InlineData(1234567, "1.23457e+06")]
    [InlineData(-100000, "-100000")]
    [InlineData(0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(0.5, "0.5")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00012345678, "0.000123457")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(1.5e-7, "1.5e-07")]
    [InlineData(1e100, "1e+100")]
    [InlineData(-1.25e-300, "-1.25e-300")]
    [InlineData(123.4, "123.4")]
    [InlineData(100.5, "100.5")]
    [InlineData(double.PositiveInfinity, "0")]
    public void Six_digits_as_a_stream(double value, string expected)
    {
        byte[] text = new byte[40];
        Assert.Equal(expected, Lines.Text(text.AsSpan(0, FloatText.WriteGeneral(value, text))));
    }

    [Fact]
    public void Any_number_is_printed_as_the_full_formatter_prints_it()
    {
        Random random = new(6);
        byte[] text = new byte[FloatText.MaxLength];
        for (int i = 0; i < 200_000; i++)
        {
            // Halves of the last decimal are the hard ones.
            double value = i % 4 == 0 ? random.Next(-4_000_000, 4_000_000) / 128.0 : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 18));
            int decimals = i % 2 == 0 ? 6 : 1;
            string expected = value.ToString("F" + decimals, CultureInfo.InvariantCulture);
            Assert.Equal(expected, Lines.Text(text.AsSpan(0, FloatText.WriteFixed(value, decimals, text))));
        }
    }

    [Fact]
    public void The_sum_of_an_SSID()
    {
        Assert.Equal(228328191u, SsidChecksum.Compute("Coherer"u8));
        Assert.Equal(137429527u, SsidChecksum.Compute("tmpAP"u8));
        Assert.Equal(293995370u, SsidChecksum.Compute("Vodafone"u8));
        Assert.Equal(3145776u, SsidChecksum.Compute([]));
        Assert.Equal(3145776u, SsidChecksum.Compute(new byte[12]));
        Assert.Equal(SsidChecksum.Compute(new byte[255].Select(static _ => (byte)0xFF).ToArray()), SsidChecksum.Compute(new byte[999].Select(static _ => (byte)0xFF).ToArray()));
    }

    [Fact]
    public void Output_that_gives_little_room_gets_the_same_bytes()
    {
        Write fields = static (ref SentenceWriter w) =>
        {
            for (int i = 0; i < 500; i++)
            {
                w.Begin("NETWORK"u8);
                w.Quoted(new byte[i]);
                w.Fixed6(i / 7.0);
                w.End();
            }
        };
        string expected = string.Concat(Enumerable.Range(0, 500).Select(static i =>
            $"*NETWORK: \u0001{string.Concat(Enumerable.Repeat("\\000", i))}\u0001 {(i / 7.0).ToString("F6", CultureInfo.InvariantCulture)} \n"));
        Assert.Equal(expected, Written(TextEra.Newcore, fields));
    }

    private static string Written(TextEra era, Write fields)
    {
        ArrayBufferWriter<byte> output = new(1);
        SentenceWriter writer = new(output, era);
        fields(ref writer);
        writer.Flush();
        return Lines.Text(output.WrittenSpan);
    }
}
