using System.Diagnostics;

namespace KismetPS.Capture.Tzsp;

/// <summary>
/// Lets so many turns a second by. Turns lie on a grid from the first on, so that what a sleep takes too long is caught up and the rate holds over
/// any time; up to half a millisecond early, since no shorter sleep is to be had.
/// </summary>
internal sealed class RatePacer(double perSecond)
{
    private const double Early = 0.0005;

    // Somebody further behind was held up by other things than sleep; catching up would be a burst nobody asked for.
    private const double MostBehind = 1.0;

    private long _start;
    private long _turns;

    /// <summary>Waits for the next turn; false where cancelled.</summary>
    public bool Wait(CancellationToken stop)
    {
        if (perSecond > 0)
        {
            if (_turns == 0)
            {
                _start = Stopwatch.GetTimestamp();
            }

            double due = _turns / perSecond;
            _turns++;
            double ahead;
            while ((ahead = due - Elapsed()) > Early)
            {
                int ms = (int)Math.Min(Math.Max(1, ahead * 1000), 60_000);
                if (stop.IsCancellationRequested)
                {
                    return false;
                }

                if (ms < 20)
                {
                    Thread.Sleep(ms);
                }
                else
                {
                    stop.WaitHandle.WaitOne(ms);
                }
            }

            if (ahead < -MostBehind)
            {
                _start = Stopwatch.GetTimestamp();
                _turns = 1;
            }
        }

        return !stop.IsCancellationRequested;
    }

    private double Elapsed() => (Stopwatch.GetTimestamp() - _start) / (double)Stopwatch.Frequency;
}
