using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using Xunit;

namespace KismetPS.Capture.Tests.Tzsp;

public sealed class SequenceTrackerTests
{
    /// <summary>Counts as they arrive, then lost, reordered, duplicates, restarts.</summary>
    [Theory]
    [InlineData("7", 0, 0, 0, 0)]
    [InlineData("1 2 3 4", 0, 0, 0, 0)]
    [InlineData("1 3", 1, 0, 0, 0)]
    [InlineData("1 2 12 13", 9, 0, 0, 0)]
    [InlineData("1 1 1 2", 0, 0, 2, 0)]
    [InlineData("1 3 2 4", 0, 1, 0, 0)]
    [InlineData("1 4 2 3 5", 0, 2, 0, 0)]
    [InlineData("1 4 3 5", 1, 1, 0, 0)]
    [InlineData("5 4 6", 0, 1, 0, 0)]
    [InlineData("1 100001", 99_999, 0, 0, 0)]
    [InlineData("1 100002 100003", 0, 0, 0, 1)]
    [InlineData("2000 1000 2001", 0, 1, 0, 0)]
    [InlineData("2000 999 1000 1001", 0, 0, 0, 1)]
    [InlineData("500000 1 2 3", 0, 0, 0, 1)]
    [InlineData("500000 1 3", 1, 0, 0, 1)]
    [InlineData("4294967294 4294967295 0 1", 0, 0, 0, 0)]
    [InlineData("4294967294 1", 2, 0, 0, 0)]
    [InlineData("0 4294967295 1", 0, 1, 0, 0)]
    [InlineData("4294967295 0 4294967295 1", 0, 1, 0, 0)]
    [InlineData("10 2147483658 2147483659", 0, 0, 0, 1)]
    public void Counts(string counts, long lost, long reordered, long duplicates, long restarts)
    {
        SequenceTracker tracker = default;
        OriginCounters counters = default;
        foreach (string count in counts.Split(' '))
        {
            tracker.Next(uint.Parse(count, System.Globalization.CultureInfo.InvariantCulture), ref counters);
        }

        Assert.Equal((lost, reordered, duplicates, restarts), (counters.Lost, counters.Reordered, counters.Duplicates, counters.Restarts));
    }
}
