using System.Buffers.Binary;
using System.Diagnostics;
using KismetPS.Tracking.Engine;
using Xunit;

namespace KismetPS.Tracking.Tests.Engine;

/// <summary>The queue between the source thread and a subscriber.</summary>
public sealed class ByteRingTests
{
    private const int Smallest = 256 * 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData(1, 2_000, true)]
    [InlineData(2, 60_000, true)]
    [InlineData(3, 2_000, false)]
    [InlineData(4, 60_000, false)]
    public async Task Two_threads_get_every_record_whole_and_in_order(int seed, int longest, bool lossless)
    {
        const int Records = 10_000;
        ByteRing<long> ring = new(Smallest);

        // Where some are to be lost nothing is read before the ring was full.
        using ManualResetEventSlim full = new(lossless);
        Task<long> reading = Task.Factory.StartNew(
            () =>
            {
                full.Wait();
                return ReadAll(ring, lossless ? 0 : 200);
            },
            TaskCreationOptions.LongRunning);
        Random random = new(seed);
        byte[] payload = new byte[longest];
        for (int number = 0; number < Records; number++)
        {
            int length = random.Next(0, longest);
            payload.AsSpan(0, length).Fill((byte)number);
            while (!ring.TryWrite(number, payload.AsSpan(0, length), countDrop: !lossless) && lossless)
            {
                ring.Publish();
                Thread.Yield();
            }

            if (number % 64 == 0)
            {
                ring.Publish();
            }

            if (number == Records / 2)
            {
                full.Set();
            }
        }

        ring.Complete();
        Assert.Equal(Records, await reading.WaitAsync(s_patience) + ring.Dropped);
        Assert.Equal(lossless, ring.Dropped == 0);
        Assert.InRange(ring.HighWater, 1, Records);
    }

    /// <summary>Read behind by some records, by none, by many: what is empty begins anew at its start, and that shows nowhere.</summary>
    [Theory]
    [InlineData(1, 300, 64)]
    [InlineData(2, 300, 2000)]
    [InlineData(3, 40_000, 3)]
    [InlineData(4, 90_000, 5)]
    public void Written_and_read_in_any_order_it_is_a_queue(int seed, int longest, int most)
    {
        ByteRing<long> ring = new(Smallest);
        Queue<(long Header, byte[] Payload)> model = new();
        Random random = new(seed);
        long number = 0;
        for (int turn = 0; turn < 3000; turn++)
        {
            for (int writes = random.Next(most); writes > 0; writes--)
            {
                byte[] payload = new byte[random.Next(longest)];
                random.NextBytes(payload);
                if (ring.TryWrite(number, payload, countDrop: false))
                {
                    model.Enqueue((number, payload));
                }

                number++;
            }

            int reads = random.Next(3) == 0 ? int.MaxValue : random.Next(most);
            while (reads-- > 0 && ring.TryRead(out long header, out ReadOnlySpan<byte> payload))
            {
                (long expected, byte[] bytes) = model.Dequeue();
                Assert.Equal(expected, header);
                Assert.True(payload.SequenceEqual(bytes));
            }

            Assert.Equal(model.Count, ring.Queued);
        }

        // Nothing is lost of its room: empty, it takes as much as a new one.
        while (ring.TryRead(out _, out _))
        {
        }

        int fitted = 0;
        for (byte[] payload = new byte[1000]; ring.TryWrite(number, payload); fitted++)
        {
        }

        Assert.InRange(fitted, (Smallest / 1032) - 2, Smallest / 1000);
    }

    [Fact]
    public void A_full_ring_drops_the_newest_and_counts_it()
    {
        ByteRing<int> ring = new(Smallest);
        byte[] payload = new byte[1000];
        int fitted = 0;
        while (ring.TryWrite(fitted, payload))
        {
            fitted++;
        }

        Assert.InRange(fitted, Smallest / 1032, Smallest / 1000);
        Assert.Equal(1, ring.Dropped);
        Assert.False(ring.TryWrite(-1, payload, countDrop: false));
        Assert.Equal(1, ring.Dropped);
        Assert.Equal(fitted, ring.HighWater);
        for (int i = 0; i < fitted; i++)
        {
            Assert.True(ring.TryRead(out int number, out ReadOnlySpan<byte> read));
            Assert.Equal((i, 1000), (number, read.Length));
        }

        Assert.False(ring.TryRead(out _, out _));
        Assert.True(ring.TryWrite(0, payload));
    }

    [Fact]
    public void Bytes_stay_until_the_next_call()
    {
        ByteRing<int> ring = new(Smallest);
        byte[] payload = new byte[1000];
        payload.AsSpan().Fill(1);
        ring.TryWrite(1, payload);
        Assert.True(ring.TryRead(out _, out ReadOnlySpan<byte> held));
        payload.AsSpan().Fill(2);
        while (ring.TryWrite(2, payload))
        {
        }

        Assert.Equal(-1, held.IndexOfAnyExcept((byte)1));
    }

    /// <summary>A record that is too long for the ring is dropped, never waited for.</summary>
    [Fact]
    public void What_can_never_fit_does_not_fit()
    {
        ByteRing<int> ring = new(Smallest);
        Assert.True(ring.Fits((Smallest / 2) - 64));
        Assert.False(ring.Fits(Smallest / 2));
        Assert.False(ring.TryWrite(0, new byte[Smallest]));
        for (int offset = 0; offset < 3000; offset += 40)
        {
            // Whatever its place, a record that fits is taken by an empty ring.
            Assert.True(ring.TryWrite(0, new byte[offset]));
            Assert.True(ring.TryRead(out _, out _));
            Assert.False(ring.TryRead(out _, out _));
            Assert.True(ring.TryWrite(0, new byte[(Smallest / 2) - 64]));
            Assert.True(ring.TryRead(out _, out _));
            Assert.False(ring.TryRead(out _, out _));
        }
    }

    /// <summary>A reader that waits has done with the record it had, so a writer that waits for that room does not wait for ever.</summary>
    [Fact]
    public void Waiting_gives_the_room_of_the_last_record_back()
    {
        ByteRing<int> ring = new(Smallest);
        byte[] large = new byte[(Smallest / 2) - 64];
        Assert.True(ring.TryWrite(0, large));
        Assert.True(ring.TryRead(out _, out _));
        Assert.True(ring.TryWrite(0, large));
        Assert.True(ring.TryRead(out _, out _));
        Assert.True(ring.Wait(TimeSpan.Zero, CancellationToken.None));
        Assert.True(ring.TryWrite(0, large));
    }

    [Fact]
    public async Task Waiting_ends_with_a_record_with_the_time_or_with_the_end()
    {
        ByteRing<int> ring = new(Smallest);
        Assert.True(ring.Wait(TimeSpan.FromMilliseconds(10), CancellationToken.None));
        Assert.False(ring.TryRead(out _, out _));

        Task<bool> waiting = Task.Run(() => ring.Wait(s_patience, CancellationToken.None));
        ring.TryWrite(1, [1]);
        ring.Publish();
        Assert.True(await waiting.WaitAsync(s_patience));
        Assert.True(ring.TryRead(out _, out _));

        waiting = Task.Run(() => ring.Wait(s_patience, CancellationToken.None));
        Thread.Sleep(20);
        ring.Complete();
        Assert.False(await waiting.WaitAsync(s_patience));
        Assert.False(ring.Wait(s_patience, CancellationToken.None));
    }

    [Fact]
    public void What_was_written_before_the_end_is_read_after_it()
    {
        ByteRing<int> ring = new(Smallest);
        ring.TryWrite(1, [1]);
        ring.TryWrite(2, [2]);
        ring.Complete();
        Assert.True(ring.Wait(s_patience, CancellationToken.None));
        Assert.True(ring.TryRead(out _, out _));
        Assert.True(ring.Wait(s_patience, CancellationToken.None));
        Assert.True(ring.TryRead(out _, out _));
        Assert.False(ring.Wait(s_patience, CancellationToken.None));
    }

    [Fact]
    public void Waiting_can_be_called_off()
    {
        ByteRing<int> ring = new(Smallest);
        using CancellationTokenSource stop = new(20);
        Stopwatch clock = Stopwatch.StartNew();
        Assert.Throws<OperationCanceledException>(() => ring.Wait(s_patience, stop.Token));
        Assert.True(clock.Elapsed < s_patience);
    }

    /// <summary>A record written last and the end right behind it, against a reader that is just falling asleep: nothing is lost in any order.</summary>
    [Fact]
    public async Task The_last_record_is_not_lost_in_the_moment_of_the_end()
    {
        for (int round = 0; round < 3000; round++)
        {
            ByteRing<int> ring = new(Smallest);
            Task<long> reading = Task.Run(() => ReadAll(ring, 0));
            Thread.SpinWait(round % 400);
            ring.TryWrite(0, []);
            ring.Publish();
            ring.TryWrite(1, [1]);
            ring.Complete();
            Assert.Equal(2, await reading.WaitAsync(s_patience));
        }
    }

    // Reads to the end, checks what is in each record, and gives how many there were.
    private static long ReadAll<T>(ByteRing<T> ring, int pauseEvery)
        where T : unmanaged
    {
        long count = 0;
        long last = -1;
        Span<byte> header = stackalloc byte[8];
        while (ring.Wait(s_patience, CancellationToken.None))
        {
            while (ring.TryRead(out T value, out ReadOnlySpan<byte> payload))
            {
                header.Clear();
                System.Runtime.InteropServices.MemoryMarshal.Write(header, value);
                long number = BinaryPrimitives.ReadInt64LittleEndian(header);
                Assert.True(number > last, $"{number} after {last}");
                Assert.Equal(-1, payload.IndexOfAnyExcept((byte)number));
                last = number;
                count++;
                if (pauseEvery > 0 && count % pauseEvery == 0)
                {
                    Thread.Sleep(1);
                }
            }
        }

        return count;
    }
}
