using System.Globalization;
using Xunit;

namespace KismetPS.Wireless.Tests;

public sealed class MacAddressTests
{
    [Theory]
    [InlineData("00:0C:42:1F:65:E9")]
    [InlineData("00-0c-42-1f-65-e9")]
    [InlineData("000c.421f.65e9")]
    [InlineData("000C421F65E9")]
    [InlineData("  00:0c:42:1F:65:e9\t")]
    public void ReadsTheUsualForms(string text)
    {
        Assert.True(MacAddress.TryParse(text, CultureInfo.InvariantCulture, out MacAddress address));
        Assert.Equal(0x000C421F65E9UL, address.Value);
        Assert.Equal("00:0C:42:1F:65:E9", address.ToString());
        Assert.Equal(address, MacAddress.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("00:0C:42:1F:65")]
    [InlineData("00:0C:42:1F:65:E")]
    [InlineData("00:0C:42:1F:65:E9:")]
    [InlineData("00:0C:42:1F:65:EG")]
    [InlineData("00:0C-42:1F:65:E9")]
    [InlineData("00::0C421F:65:E9:")]
    [InlineData("00:::::0C421F65E9")]
    [InlineData(":00:0C:42:1F:65E9")]
    [InlineData("00 0C 42 1F 65 E9")]
    [InlineData("000c:421f:65e9")]
    [InlineData("000c..421f65e9")]
    [InlineData("000C421F65E")]
    [InlineData("000C421F65E90")]
    [InlineData("00:0C:42:1F:65:\u0665\u0669")]
    public void RefusesAllElse(string? text)
    {
        Assert.False(MacAddress.TryParse(text, CultureInfo.InvariantCulture, out MacAddress address));
        Assert.Equal(default, address);
        Assert.Throws<FormatException>(() => MacAddress.Parse(text!));
    }

    [Theory]
    [InlineData("FF:FF:FF:FF:FF:FF", true, true, true, false)]
    [InlineData("01:00:5E:00:00:01", true, false, false, false)]
    [InlineData("02:00:00:00:00:01", false, true, false, false)]
    [InlineData("00:0C:42:1F:65:E9", false, false, false, false)]
    [InlineData("00:00:00:00:00:00", false, false, false, true)]
    public void Bits(string text, bool group, bool local, bool broadcast, bool zero)
    {
        MacAddress address = MacAddress.Parse(text);
        Assert.Equal(group, address.IsGroup);
        Assert.Equal(local, address.IsLocal);
        Assert.Equal(broadcast, address.IsBroadcast);
        Assert.Equal(broadcast, address == MacAddress.Broadcast);
        Assert.Equal(zero, address.IsZero);
    }

    [Fact]
    public void BytesGoOutAsTheyCameIn()
    {
        byte[] bytes = [0x00, 0x0C, 0x42, 0x1F, 0x65, 0xE9, 0x77];
        MacAddress address = MacAddress.Read(bytes);
        Assert.Equal(0x000C421F65E9UL, address.Value);
        Assert.Equal(0x000C42u, address.Oui);
        byte[] back = new byte[6];
        address.Write(back);
        Assert.Equal(bytes[..6], back);
    }

    [Fact]
    public void OrderIsTextOrder()
    {
        Random random = new(48);
        MacAddress[] addresses = [.. Enumerable.Range(0, 500).Select(_ => new MacAddress((ulong)random.NextInt64()))];
        Assert.Equal(addresses.OrderBy(static a => a.ToString(), StringComparer.Ordinal), addresses.Order());
        MacAddress low = new(1);
        MacAddress high = new(2);
        Assert.True(low < high && low <= high && high > low && high >= low && low != high && !low.Equals((object)"1"));
        Assert.Equal(1, ((IComparable)low).CompareTo("text"));
    }

    [Fact]
    public void HigherBitsOfANumberAreCut() => Assert.Equal(new MacAddress(0x0000_0102_0304_0506), new MacAddress(0xFFFF_0102_0304_0506));

    [Fact]
    public void TextNeedsItsSeventeenCharacters()
    {
        Span<char> text = stackalloc char[17];
        Assert.False(MacAddress.Broadcast.TryFormat(text[..16], out int written, default, null));
        Assert.Equal(0, written);
        Assert.True(MacAddress.Broadcast.TryFormat(text, out written, default, null));
        Assert.Equal(17, written);
        Assert.Equal("FF:FF:FF:FF:FF:FF", text.ToString());
        Assert.Equal("[FF:FF:FF:FF:FF:FF]", $"[{MacAddress.Broadcast}]");
    }
}
