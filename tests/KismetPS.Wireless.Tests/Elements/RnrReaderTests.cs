using KismetPS.Wireless.Elements;
using Xunit;

namespace KismetPS.Wireless.Tests.Elements;

public sealed class RnrReaderTests
{
    private static readonly byte[] Address = [0x02, 0xAA, 0, 0, 0, 1];

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(5, false)]
    [InlineData(6, false)]
    [InlineData(7, true)]
    [InlineData(8, true)]
    [InlineData(9, true)]
    [InlineData(11, true)]
    [InlineData(12, true)]
    [InlineData(13, true)]
    [InlineData(16, true)]
    [InlineData(20, true)]
    public void FieldsOfEveryLength(int length, bool hasBssid)
    {
        byte[] field = [.. new byte[] { 0 }, .. Address, .. new byte[20]];
        byte[] payload = [0x10, (byte)length, 131, 37, .. field[..length], .. field[..length], 0x00, (byte)length, 81, 6, .. field[..length]];
        var reader = new RnrReader(payload);
        for (int i = 0; i < 3; i++)
        {
            Assert.True(reader.TryRead(out RnrNeighbor neighbor));
            Assert.Equal(hasBssid, neighbor.HasBssid);
            Assert.Equal(hasBssid ? MacAddress.Read(Address) : default, neighbor.Bssid);
            Assert.Equal(i < 2 ? (131, 37) : (81, 6), (neighbor.OperatingClass, neighbor.Channel));
        }

        Assert.False(reader.TryRead(out _));
        Assert.Equal(3, RnrReader.Count(payload));
    }

    [Fact]
    public void CutFieldsEndTheReport()
    {
        byte[] payload = [0x20, 7, 131, 37, 0, .. Address, 0, .. Address, 0, .. Address];
        for (int length = 0; length <= payload.Length; length++)
        {
            Assert.Equal(Math.Max(0, (length - 4) / 7), RnrReader.Count(payload.AsSpan(0, length)));
        }
    }

    [Fact]
    public void BlocksOfAnotherKindAreGoneOver()
    {
        byte[] payload = [0x11, 3, 131, 37, 1, 2, 3, 4, 5, 6, 0xF0, 0, 131, 37, 0x00, 7, 81, 6, 0, .. Address];
        Assert.Equal(1, RnrReader.Count(payload));
    }
}
