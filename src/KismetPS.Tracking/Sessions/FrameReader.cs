using KismetPS.Capture;
using KismetPS.Capture.Tzsp;

namespace KismetPS.Tracking;

/// <summary>A subscription to single frames. One reading thread at a time.</summary>
internal sealed class FrameReader : IDisposable
{
    /// <summary>Frames that did not fit and were not delivered.</summary>
    public long Dropped => 0;

    /// <summary>Waits until there is something to read, the session has ended and all is read (false), or the time is over (true).</summary>
    public bool Wait(TimeSpan timeout, CancellationToken stop) => throw new NotImplementedException();

    /// <summary>The next frame, decoded; false if none is waiting.</summary>
    public bool TryRead(out KismetFrame? frame) => throw new NotImplementedException();

    /// <summary>The next packet as bytes, for writing to a file or sending on; valid until the next call.</summary>
    public bool TryReadRaw(out ReadOnlySpan<byte> packet, out FrameInfo info) => throw new NotImplementedException();

    public void Dispose()
    {
    }
}
