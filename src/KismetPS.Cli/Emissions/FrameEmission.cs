using KismetPS.Cli.Output;
using KismetPS.Tracking;

namespace KismetPS.Cli.Emissions;

/// <summary>Every decoded frame.</summary>
internal sealed class FrameEmission(CaptureSession session, CliContext context, bool json, long limit) : Emission(context, json, limit)
{
    private readonly FrameReader _frames = session.OpenFrames();

    public override long Dropped => _frames.Dropped;

    public override void Wait(TimeSpan timeout) => _frames.Wait(timeout, Context.Stop);

    public override void Dispose() => _frames.Dispose();

    protected override void Take()
    {
        while (!IsFull && _frames.TryRead(out KismetFrame? frame))
        {
            Write(frame!, Lines.Of);
        }
    }
}
