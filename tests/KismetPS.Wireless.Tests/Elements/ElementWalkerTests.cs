using KismetPS.Wireless.Elements;
using Xunit;

namespace KismetPS.Wireless.Tests.Elements;

public sealed class ElementWalkerTests
{
    [Fact]
    public void GivesEveryElementWithItsPlace()
    {
        byte[] frame = [9, 9, 0, 3, 1, 2, 3, 255, 2, 107, 7, 255, 0, 5, 0];
        var walker = new ElementWalker(frame, 2);
        Assert.True(walker.MoveNext());
        Assert.Equal((0, 0, 4), (walker.Id, walker.ExtensionId, walker.PayloadOffset));
        Assert.Equal([1, 2, 3], walker.Payload.ToArray());
        Assert.True(walker.MoveNext());
        Assert.Equal((255, 107, 10), (walker.Id, walker.ExtensionId, walker.PayloadOffset));
        Assert.Equal([7], walker.Payload.ToArray());
        Assert.True(walker.MoveNext());
        Assert.Equal((255, 0, 0), (walker.Id, walker.ExtensionId, walker.Payload.Length));
        Assert.True(walker.MoveNext());
        Assert.Equal((5, 0), (walker.Id, walker.Payload.Length));
        Assert.False(walker.MoveNext());
        Assert.False(walker.IsTruncated);
        Assert.Equal(frame.Length, walker.NextOffset);
    }

    [Theory]
    [InlineData(new byte[] { 1 })]
    [InlineData(new byte[] { 1, 1 })]
    [InlineData(new byte[] { 1, 255, 1, 2 })]
    public void StopsBeforeTheFirstThatDoesNotFit(byte[] tail)
    {
        byte[] frame = [0, 1, 65, .. tail];
        var walker = new ElementWalker(frame, 0);
        Assert.True(walker.MoveNext());
        Assert.False(walker.MoveNext());
        Assert.True(walker.IsTruncated);
        Assert.False(walker.MoveNext());
    }

    [Fact]
    public void NothingIsNotTruncated()
    {
        var walker = new ElementWalker([1, 2, 3], 3);
        Assert.False(walker.MoveNext());
        Assert.False(walker.IsTruncated);
    }
}
