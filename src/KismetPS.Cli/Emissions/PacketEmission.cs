using KismetPS.Capture.Tzsp;
using KismetPS.Cli.Output;
using KismetPS.Tracking;

namespace KismetPS.Cli.Emissions;

/// <summary>Every TZSP message.</summary>
internal sealed class PacketEmission(PacketReader packets, CliContext context, bool json, long limit) : Emission(context, json, limit)
{
    public override long Dropped => packets.Dropped;

    public override void Wait(TimeSpan timeout) => packets.Wait(timeout, Context.Stop);

    public override void Dispose() => packets.Dispose();

    protected override void Take()
    {
        while (!IsFull && packets.TryRead(out TzspPacket? packet))
        {
            Write(packet!, Lines.Of);
        }
    }
}
