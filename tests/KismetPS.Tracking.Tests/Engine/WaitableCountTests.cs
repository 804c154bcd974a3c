using KismetPS.Tracking.Engine;
using Xunit;

namespace KismetPS.Tracking.Tests.Engine;

/// <summary>Nobody sleeps through a count or an end.</summary>
public sealed class WaitableCountTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    [Fact]
    public void What_is_reached_is_not_waited_for()
    {
        WaitableCount count = new();
        count.Advance();
        count.Advance();
        Assert.True(count.WaitAbove(1));
        Assert.Equal(2, count.Value);
    }

    [Fact]
    public async Task An_end_wakes_who_sleeps_and_what_was_counted_is_still_told()
    {
        WaitableCount count = new();
        Task<bool> waiting = Task.Run(() => count.WaitAbove(1));
        count.Advance();
        await Task.Delay(50);
        Assert.False(waiting.IsCompleted);
        count.End();
        Assert.False(await waiting.WaitAsync(s_patience));
        Assert.True(count.WaitAbove(0));
    }

    // Each waits for the other in turn, at times long enough that it sleeps.
    [Fact]
    public async Task Two_that_wait_for_each_other_get_to_the_end()
    {
        const int Turns = 5_000;
        WaitableCount there = new();
        WaitableCount back = new();
        Task answering = Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; there.WaitAbove(i); i++)
                {
                    Pause(i, 70);
                    back.Advance();
                }
            },
            TaskCreationOptions.LongRunning);
        await Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; i < Turns; i++)
                {
                    there.Advance();
                    Pause(i, 90);
                    Assert.True(back.WaitAbove(i));
                }

                there.End();
            },
            TaskCreationOptions.LongRunning).WaitAsync(s_patience);
        await answering.WaitAsync(s_patience);
        Assert.Equal((Turns, Turns), (there.Value, back.Value));

        static void Pause(int turn, int every)
        {
            if (turn % every == 0)
            {
                Thread.Sleep(1);
            }
        }
    }
}
