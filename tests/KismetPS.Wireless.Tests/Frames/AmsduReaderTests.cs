using KismetPS.TestKit.Frames;
using KismetPS.Wireless.Frames;
using Xunit;

namespace KismetPS.Wireless.Tests.Frames;

public sealed class AmsduReaderTests
{
    private static readonly MacAddress A = MacAddress.Parse("02:AA:00:00:00:0A");
    private static readonly MacAddress B = MacAddress.Parse("02:BB:00:00:00:0B");
    private static readonly MacAddress C = MacAddress.Parse("02:CC:00:00:00:0C");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(30)]
    public void SubframesArePaddedToFour(int length)
    {
        byte[] body = FrameBuilder.FromDs(A, A, B, tid: 0).Subframe(B, C, new byte[length]).Subframe(C, B, new byte[length]).Build()[26..];
        Assert.Equal([(B, C), (C, B)], Read(body));
        // Cut anywhere in the second, the first stands.
        int first = (14 + length + 3) & ~3;
        for (int cut = first; cut < body.Length; cut++)
        {
            Assert.Equal([(B, C)], Read(body[..cut]));
        }
    }

    [Fact]
    public void ALengthBeyondTheBodyEndsTheWalk()
    {
        byte[] body = [.. new byte[12], 0xFF, 0xFF, .. new byte[100]];
        Assert.Empty(Read(body));
        Assert.Empty(Read([]));
        Assert.Empty(Read(new byte[13]));
    }

    private static List<(MacAddress Destination, MacAddress Source)> Read(byte[] body)
    {
        var reader = new AmsduReader(body);
        var found = new List<(MacAddress, MacAddress)>();
        while (reader.TryRead(out MacAddress destination, out MacAddress source))
        {
            found.Add((destination, source));
        }

        return found;
    }
}
