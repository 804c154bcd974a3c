using System.Diagnostics;

namespace KismetPS.Capture.Pcap;

/// <summary>Holds packets back so that a recording runs in its own time, or so many times as fast.</summary>
internal sealed class ReplayClock(double speed)
{
    // A step of more than a day is a clock that was set, or garbage; nobody waits for it.
    private const long MaxStepNs = 86_400L * 1_000_000_000;
    private const int SliceMs = 100;

    private long _baseNs = long.MinValue;
    private long _baseTicks;
    private long _lastNs;

    /// <summary>Whether a packet of this time is not due yet.</summary>
    public bool MustWait(long packetNs) => RemainingMs(packetNs) > 0;

    /// <summary>Waits until the packet is due; false if it was stopped before. Gives the sink its idle calls; no batch may be open.</summary>
    public bool Wait(long packetNs, IFrameSink sink, CancellationToken stop)
    {
        while (RemainingMs(packetNs) is double remaining and > 0)
        {
            if (stop.WaitHandle.WaitOne((int)Math.Min(Math.Ceiling(remaining), SliceMs)))
            {
                return false;
            }

            sink.OnIdle();
        }

        return true;
    }

    private double RemainingMs(long packetNs)
    {
        if (_baseNs == long.MinValue || Math.Abs(packetNs - _lastNs) > MaxStepNs)
        {
            _baseNs = packetNs;
            _baseTicks = Stopwatch.GetTimestamp();
        }

        _lastNs = packetNs;
        return ((packetNs - _baseNs) / 1e6 / speed) - Stopwatch.GetElapsedTime(_baseTicks).TotalMilliseconds;
    }
}
