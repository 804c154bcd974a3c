using System.Text;
using Xunit;

namespace KismetPS.Wireless.Tests;

public sealed class SsidTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a\\b", "a\\b")]
    [InlineData("a\\\\b", "a\\b")]
    [InlineData("\\x00\\xFF", "\0\u00FF")]
    [InlineData("\\xZ", "\\xZ")]
    [InlineData("\\x4", "\\x4")]
    public void Text_is_read_back(string text, string latin1) => Assert.Equal(Encoding.Latin1.GetBytes(latin1), SsidText.ToBytes(text));

    [Fact]
    public void Whatever_bytes_are_shown_are_read_back()
    {
        Random random = new(20261121);
        byte[] odd = [(byte)'\\', (byte)'x', (byte)'4', 0, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x98, 0x80, 0x7F, (byte)'a'];
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = new byte[random.Next(33)];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = random.Next(4) == 0 ? (byte)random.Next(256) : odd[random.Next(odd.Length)];
            }

            Assert.Equal(bytes, SsidText.ToBytes(SsidText.ToDisplay(bytes)));
        }
    }
}
