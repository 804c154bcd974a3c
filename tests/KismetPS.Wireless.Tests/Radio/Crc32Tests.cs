using System.Text;
using KismetPS.TestKit.Frames;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Wireless.Tests.Radio;

public sealed class Crc32Tests
{
    // The check value of CRC-32/ISO-HDLC, and the empty string's.
    [Theory]
    [InlineData("123456789", 0xCBF43926u)]
    [InlineData("", 0u)]
    [InlineData("a", 0xE8B7BE43u)]
    public void KnownValues(string text, uint crc) => Assert.Equal(crc, Crc32.Compute(Encoding.ASCII.GetBytes(text)));

    /// <summary>Every length around the block sizes, at shifted starts, against the bit-by-bit sum.</summary>
    [Fact]
    public void EveryLengthAgreesWithTheBitByBitSum()
    {
        byte[] data = new byte[600];
        new Random(32).NextBytes(data);
        for (int length = 0; length <= 580; length++)
        {
            ReadOnlySpan<byte> part = data.AsSpan(length % 17, length);
            uint expected = FrameCheck.Compute(part);
            Assert.Equal(expected, Crc32.Compute(part));
            Assert.Equal(expected, Crc32.ComputeByTable(part));
        }
    }

    [Theory]
    [InlineData(2304)]
    [InlineData(11454)]
    [InlineData(65535)]
    public void LongData(int length)
    {
        byte[] data = new byte[length];
        new Random(length).NextBytes(data);
        Assert.Equal(FrameCheck.Compute(data), Crc32.Compute(data));
        Assert.Equal(FrameCheck.Compute(data), Crc32.ComputeByTable(data));
    }

    [Fact]
    public void ConstantDataAgrees()
    {
        foreach (byte value in new byte[] { 0x00, 0xFF, 0x80, 0x01 })
        {
            byte[] data = [.. Enumerable.Repeat(value, 1500)];
            Assert.Equal(FrameCheck.Compute(data), Crc32.Compute(data));
        }
    }
}
