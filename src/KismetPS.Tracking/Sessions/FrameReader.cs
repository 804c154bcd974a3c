using KismetPS.Capture;
using KismetPS.Tracking.Engine;

namespace KismetPS.Tracking;

/// <summary>A subscription to single frames. One reading thread at a time.</summary>
internal sealed class FrameReader(CaptureEngine engine, int capacityBytes, Func<IReadOnlyList<FrameOrigin>> origins, int sessionId) : IDisposable
{
    private readonly ByteRing<FrameRecord> _ring = engine.OpenFrames(capacityBytes);

    /// <summary>Frames that did not fit and were not delivered.</summary>
    public long Dropped => _ring.Dropped;

    /// <summary>Frames waiting to be read.</summary>
    public long Queued => _ring.Queued;

    /// <summary>Most that ever waited.</summary>
    public long HighWater => _ring.HighWater;

    /// <summary>Waits until there is something to read, the session has ended and all is read (false), or the time is over (true).</summary>
    public bool Wait(TimeSpan timeout, CancellationToken stop) => _ring.Wait(timeout, stop);

    /// <summary>The next frame that can be decoded; false if none is waiting.</summary>
    public bool TryRead(out KismetFrame? frame)
    {
        while (TryReadRaw(out ReadOnlySpan<byte> packet, out FrameInfo info))
        {
            // The engine has settled the FCS already, so no detector is asked twice.
            if (FrameSnapshots.TryCreate(packet, info, null, sessionId, out frame) == Wireless.DecodeStatus.Ok)
            {
                return true;
            }
        }

        frame = null;
        return false;
    }

    /// <summary>The next packet as bytes, for writing to a file or sending on; valid until the next call.</summary>
    public bool TryReadRaw(out ReadOnlySpan<byte> packet, out FrameInfo info)
    {
        if (_ring.TryRead(out FrameRecord record, out packet))
        {
            info = record.ToInfo(origins());
            return true;
        }

        info = default;
        return false;
    }

    public void Dispose() => engine.Close(_ring);
}
