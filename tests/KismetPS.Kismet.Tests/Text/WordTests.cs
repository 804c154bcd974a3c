using System.Globalization;
using KismetPS.Kismet.Text;
using KismetPS.Wireless;
using Xunit;

namespace KismetPS.Kismet.Tests.Text;

public sealed class WordTests
{
    [Theory]
    [InlineData("0", true, 0L)]
    [InlineData("-87", true, -87L)]
    [InlineData("9223372036854775807", true, long.MaxValue)]
    [InlineData("-9223372036854775808", true, long.MinValue)]
    [InlineData("9223372036854775808", false, 0L)]
    [InlineData("", false, 0L)]
    [InlineData("-", false, 0L)]
    [InlineData("1.5", false, 0L)]
    [InlineData("1 ", false, 0L)]
    [InlineData("0x1", false, 0L)]
    public void Whole_numbers(string text, bool reads, long expected)
    {
        Assert.Equal(reads, Word(text).TryGetInt64(out long value));
        Assert.Equal(expected, reads ? value : 0);
    }

    [Fact]
    public void Numbers_of_32_and_of_64_bits_without_sign()
    {
        Assert.True(Word("2147483647").TryGetInt32(out int most) && most == int.MaxValue);
        Assert.False(Word("2147483648").TryGetInt32(out _));
        Assert.True(Word("18446744073709551615").TryGetUInt64(out ulong all) && all == ulong.MaxValue);
        Assert.False(Word("-1").TryGetUInt64(out _));
    }

    [Theory]
    [InlineData("90.000000", 90)]
    [InlineData("-122.333054", -122.333054)]
    [InlineData("47.6097", 47.6097)]
    [InlineData("1e+06", 1e6)]
    [InlineData("-1.5E-05", -1.5e-5)]
    [InlineData("100000", 100000)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("0.0", 0)]
    [InlineData("9007199254740993", 9007199254740992)]
    public void Numbers_with_a_fraction_whatever_the_culture(string text, double expected)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            german.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = german;
            Assert.True(Word(text).TryGetDouble(out double value));
            Assert.Equal(expected, value);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("1,5")]
    [InlineData("nan")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("inf")]
    [InlineData("1e999")]
    [InlineData("1.2.3")]
    [InlineData("12e")]
    [InlineData("0x10")]
    public void What_is_no_finite_number(string text)
    {
        Assert.False(Word(text).TryGetDouble(out double value));
        Assert.Equal(0, value);
    }

    [Fact]
    public void Any_number_reads_as_a_full_parser_reads_it()
    {
        Random random = new(1);
        for (int i = 0; i < 200_000; i++)
        {
            double value = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-12, 14));
            string text = value.ToString(i % 3 == 0 ? "F6" : i % 3 == 1 ? "R" : "E8", CultureInfo.InvariantCulture);
            Assert.True(Word(text).TryGetDouble(out double read), text);
            Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), read);
        }
    }

    [Fact]
    public void Addresses_and_UUIDs()
    {
        Assert.True(Word("00:0C:41:82:B2:55").TryGetMac(out MacAddress upper));
        Assert.True(Word("00:0c:41:82:b2:55").TryGetMac(out MacAddress lower));
        Assert.Equal(MacAddress.Parse("00:0C:41:82:B2:55"), upper);
        Assert.Equal(upper, lower);
        foreach (string text in new[] { "", "00:0C:41:82:B2:5", "00:0C:41:82:B2:5G", "00-0C-41-82-B2-55", "00:0C:41:82:B2:55 " })
        {
            Assert.False(Word(text).TryGetMac(out _));
        }

        Assert.True(Word("192.168.1.255").TryGetIPv4(out uint ip));
        Assert.Equal(0xC0A801FFu, ip);
        foreach (string text in new[] { "", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1..2.3", ".1.2.3", "1.2.3.", "1.2.3.0004" })
        {
            Assert.False(Word(text).TryGetIPv4(out _), text);
        }

        Assert.True(Word("90de825a-e580-11f1-b42d-6608285c890b").TryGetUuid(out Guid uuid));
        Assert.Equal(Guid.Parse("90de825a-e580-11f1-b42d-6608285c890b"), uuid);
        Assert.False(Word("90de825a-e580-11f1-b42d-6608285c890").TryGetUuid(out _));
        Assert.False(Word("90de825a-e580-11f1-b42d-6608285c890b0").TryGetUuid(out _));
    }

    [Theory]
    [InlineData(@"\344\270\255", "E4B8AD")]
    [InlineData(@"a\012b", "610A62")]
    [InlineData(@"a\01", "615C3031")]
    [InlineData(@"\400\089\", "5C3430305C3038395C")]
    [InlineData(@"\\012", "5C0A")]
    [InlineData("", "")]
    public void Octal_escapes(string text, string hex)
    {
        byte[] bytes = new byte[text.Length];
        Assert.Equal(hex, Convert.ToHexString(bytes, 0, Word(text).Unmunge(bytes)));
    }

    [Theory]
    [InlineData(TextEra.Newcore, 126)]
    [InlineData(TextEra.Stable, 176)]
    public void Bytes_come_back_from_escapes(TextEra era, byte last)
    {
        Assert.Equal(last, MungedText.LastPrintable(era));
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(static i => (byte)i)];
        byte[] text = new byte[bytes.Length * MungedText.MaxGrowth];
        int length = MungedText.Encode(bytes, era, text);
        Assert.Equal((last - 31) + ((256 - (last - 31)) * 4), length);
        Assert.DoesNotContain(text[..length], b => b < 32 || b > last);
        byte[] back = new byte[length];
        Assert.Equal(bytes, back[..MungedText.Decode(text.AsSpan(0, length), back)]);
    }

    [Fact]
    public void An_empty_value_is_nothing_or_one_blank_in_quotes()
    {
        Assert.True(new Word("\u0001\u0001"u8, WordMarks.Quoted).IsEmpty);
        Assert.True(new Word("\u0001 \u0001"u8, WordMarks.Quoted).IsEmpty);
        Assert.False(new Word("\u0001  \u0001"u8, WordMarks.Quoted).IsEmpty);
        Assert.False(new Word("0"u8, WordMarks.None).IsEmpty);
    }

    private static Word Word(string text) => new(Lines.Bytes(text), WordMarks.None);
}
