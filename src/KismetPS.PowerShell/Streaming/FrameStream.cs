using KismetPS.Tracking;

namespace KismetPS.PowerShell.Streaming;

/// <summary>Frames of a session as they come.</summary>
internal sealed class FrameStream(CaptureSession session) : SessionStream
{
    private readonly FrameReader _reader = session.OpenFrames();

    public override long Dropped => _reader.Dropped;

    public override bool Read(List<object> into, TimeSpan wait, CancellationToken stop)
    {
        bool more = _reader.Wait(wait, stop);
        for (int i = 0; i < StreamLimits.Batch && _reader.TryRead(out KismetFrame? frame); i++)
        {
            into.Add(frame!);
        }

        return more;
    }

    public override void Dispose() => _reader.Dispose();
}
