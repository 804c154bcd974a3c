using KismetPS.Capture.Tzsp;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Streaming;

/// <summary>TZSP messages of a session as they come.</summary>
internal sealed class PacketStream(PacketReader reader) : SessionStream
{
    public override long Dropped => reader.Dropped;

    public override bool Read(List<object> into, TimeSpan wait, CancellationToken stop)
    {
        bool more = reader.Wait(wait, stop);
        for (int i = 0; i < StreamLimits.Batch && reader.TryRead(out TzspPacket? packet); i++)
        {
            into.Add(packet!);
        }

        return more;
    }

    public override void Dispose() => reader.Dispose();
}
