using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.Tracking.Engine;

namespace KismetPS.Tracking;

/// <summary>A subscription to single TZSP messages. One reading thread at a time.</summary>
internal sealed class PacketReader(CaptureEngine engine, int capacityBytes, Func<IReadOnlyList<FrameOrigin>> origins) : IDisposable
{
    private readonly ByteRing<PacketRecord> _ring = engine.OpenPackets(capacityBytes);

    /// <summary>Messages that did not fit and were not delivered.</summary>
    public long Dropped => _ring.Dropped;

    /// <summary>Waits until there is something to read, the session has ended and all is read (false), or the time is over (true).</summary>
    public bool Wait(TimeSpan timeout, CancellationToken stop) => _ring.Wait(timeout, stop);

    /// <summary>The next message, decoded; false if none is waiting.</summary>
    public bool TryRead(out TzspPacket? packet)
    {
        while (_ring.TryRead(out PacketRecord record, out ReadOnlySpan<byte> message))
        {
            FrameOrigin origin = origins()[record.Origin];
            if (TzspCodec.TryDecode(message, origin.Address ?? origin.Id, UnixTime.ToDateTime(record.TimestampNs), out packet, out _))
            {
                return true;
            }
        }

        packet = null;
        return false;
    }

    public void Dispose() => engine.Close(_ring);
}
