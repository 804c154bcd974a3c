using KismetPS.Capture.Tzsp;

namespace KismetPS.Tracking;

/// <summary>A subscription to single TZSP messages. One reading thread at a time.</summary>
internal sealed class PacketReader : IDisposable
{
    /// <summary>Messages that did not fit and were not delivered.</summary>
    public long Dropped => 0;

    /// <summary>Waits until there is something to read, the session has ended and all is read (false), or the time is over (true).</summary>
    public bool Wait(TimeSpan timeout, CancellationToken stop) => throw new NotImplementedException();

    /// <summary>The next message, decoded; false if none is waiting.</summary>
    public bool TryRead(out TzspPacket? packet) => throw new NotImplementedException();

    public void Dispose()
    {
    }
}
