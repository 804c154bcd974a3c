using KismetPS.Tracking.Tables;
using Xunit;

namespace KismetPS.Tracking.Tests.Tables;

/// <summary>Which deliveries are another sensor's of the same frame.</summary>
public sealed class DuplicateFilterTests
{
    private const long Millisecond = 1_000_000;

    /// <summary>Letters are sensors in the order they deliver one and the same frame; upper case where it counts, lower case where it is a duplicate.</summary>
    [Theory]
    [InlineData("A")]
    [InlineData("Ab")]
    [InlineData("AAA")]
    [InlineData("AbAb")]
    [InlineData("AAbb")]
    [InlineData("AAbbB")]
    [InlineData("AbcBac")]
    [InlineData("AbBaAb")]
    [InlineData("Abcd")]
    public void A_frame_was_sent_as_often_as_its_best_sensor_says(string deliveries)
    {
        DuplicateFilter filter = new();
        string told = string.Concat(deliveries.Select((sensor, i) =>
            filter.IsDuplicate("a frame"u8, char.ToUpperInvariant(sensor) - 'A', i * Millisecond) ? char.ToLowerInvariant(sensor) : char.ToUpperInvariant(sensor)));
        Assert.Equal(deliveries, told);
        Assert.Equal(told.Count(char.IsLower), filter.Duplicates);
    }

    [Fact]
    public void Frames_that_differ_in_one_bit_are_two()
    {
        DuplicateFilter filter = new();
        byte[] frame = new byte[300];
        Assert.False(filter.IsDuplicate(frame, 0, 0));
        for (int bit = 0; bit < frame.Length * 8; bit += 7)
        {
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(filter.IsDuplicate(frame, 1, 0));
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.False(filter.IsDuplicate(frame.AsSpan(1), 1, 0));
        Assert.True(filter.IsDuplicate(frame, 1, 0));
    }

    [Theory]
    [InlineData(0, 499, true)]
    [InlineData(0, 501, false)]
    [InlineData(499, 0, true)]
    [InlineData(501, 0, false)]
    public void What_comes_half_a_second_apart_is_two(long firstMs, long secondMs, bool duplicate)
    {
        DuplicateFilter filter = new();
        Assert.False(filter.IsDuplicate("a frame"u8, 0, firstMs * Millisecond));
        Assert.Equal(duplicate, filter.IsDuplicate("a frame"u8, 1, secondMs * Millisecond));
    }

    [Fact]
    public void Times_at_the_ends_of_time_are_just_far_apart()
    {
        DuplicateFilter filter = new();
        Assert.False(filter.IsDuplicate("a frame"u8, 0, long.MinValue));
        Assert.False(filter.IsDuplicate("a frame"u8, 1, 0));
        Assert.False(filter.IsDuplicate("a frame"u8, 0, long.MaxValue));
        Assert.False(filter.IsDuplicate("a frame"u8, 1, long.MinValue));
        Assert.True(filter.IsDuplicate("a frame"u8, 0, long.MinValue));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(200)]
    public void Many_sensors_make_one_frame_of_one(int sensors)
    {
        DuplicateFilter filter = new();
        for (int i = 0; i < sensors; i++)
        {
            // Numbers that are alike modulo 64 are other sensors all the same.
            Assert.Equal(i > 0, filter.IsDuplicate("a frame"u8, i * 64, 0));
        }
    }
}
