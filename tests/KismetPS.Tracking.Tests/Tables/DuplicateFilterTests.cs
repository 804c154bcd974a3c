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

    [Theory]
    [InlineData(14)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(300)]
    public void Frames_that_differ_in_one_bit_of_their_ends_are_two(int length)
    {
        byte[] frame = new byte[length];
        int tried = 0;
        int kept = 0;
        for (int bit = 0; bit < frame.Length * 8; bit += 7)
        {
            // In between it is one frame that was received badly: addresses, sequence and packet number are in the first bytes.
            bool isEnd = length <= 64 || bit / 8 < 48 || bit / 8 >= length - 16;
            DuplicateFilter filter = new();
            Assert.False(filter.IsDuplicate(frame, 0, 0));
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(!isEnd, filter.IsDuplicate(frame, 1, 0));
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
            if (!isEnd)
            {
                continue;
            }

            tried++;
            kept += filter.IsDuplicate(frame, 1, 0) ? 1 : 0;
        }

        // The hash has a random key: now and then the two fall into one place, and the first is forgotten.
        Assert.InRange(kept, tried - 10, tried);
        DuplicateFilter other = new();
        Assert.False(other.IsDuplicate(frame, 0, 0));
        Assert.False(other.IsDuplicate(frame.AsSpan(1), 1, 0));
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

    [Theory]
    [InlineData(100)]
    [InlineData(8192)]
    [InlineData(8193)]
    [InlineData(16_384)]
    [InlineData(40_000)]
    public void What_one_sensor_delivered_before_a_second_spoke_is_remembered_like_the_rest(int alone)
    {
        // The second filter has heard two sensors before and so keeps its table from the start.
        DuplicateFilter late = new();
        DuplicateFilter early = new();
        early.IsDuplicate("another frame"u8, 98, 0);
        early.IsDuplicate("another frame"u8, 99, 0);
        Random random = new(alone);
        List<int> sent = [];
        for (int i = 0; i < alone + 6000; i++)
        {
            bool second = i >= alone && i % 2 == 0;
            if (!second)
            {
                sent.Add(random.Next(4) == 0 && i > 0 ? sent[^1] : i);
            }

            // The second sensor delivers what the first has sent of late: within reach of a row of 8192.
            byte[] frame = BitConverter.GetBytes(second ? sent[random.Next(Math.Max(0, sent.Count - 1000), sent.Count)] : sent[^1]);
            bool told = early.IsDuplicate(frame, second ? 1 : 0, i * 1000L);
            Assert.Equal(told, late.IsDuplicate(frame, second ? 1 : 0, i * 1000L));
        }

        Assert.True(late.Duplicates > 1000);
        Assert.Equal(early.Duplicates - 1, late.Duplicates);
    }
}
