using System.Globalization;
using Xunit;

namespace KismetPS.Capture.Tests;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("30", 30_000)]
    [InlineData("0.5", 500)]
    [InlineData(".5", 500)]
    [InlineData(" 30s ", 30_000)]
    [InlineData("500ms", 500)]
    [InlineData("5m", 300_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("00:00:30", 30_000)]
    [InlineData("00:00:00.250", 250)]
    [InlineData("1.00:00:00", 86_400_000)]
    public void DurationsAreRead(string text, double milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out TimeSpan duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("s")]
    [InlineData("-1")]
    [InlineData("-00:00:01")]
    [InlineData("1,5")]
    [InlineData("5 m")]
    [InlineData("5mm")]
    [InlineData("5sm")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("922337203686")]
    [InlineData("99999999999999999999999999999999d")]
    public void AnythingElseIsRefused(string? text) => Assert.False(DurationText.TryParse(text, out _));

    [Fact]
    public void TheCultureOfTheUserChangesNothing()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };
            CultureInfo.CurrentCulture = comma;
            Assert.True(DurationText.TryParse("1.5", out TimeSpan duration));
            Assert.Equal(1.5, duration.TotalSeconds);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
