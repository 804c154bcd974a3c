using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Streaming;

/// <summary>Takes one packet.</summary>
internal delegate void PacketWriter(ReadOnlySpan<byte> packet, in FrameInfo info);

/// <summary>Writes the frames of a running session, as bytes, until it ends or a bound is reached.</summary>
internal sealed class SessionRecorder(Cmdlet cmdlet, StreamLimits limits)
{
    public void Run(CaptureSession session, PacketWriter write, CancellationToken stop)
    {
        if (session.Completion.IsCompleted)
        {
            throw new KismetException(KismetErrorId.SessionNotFound, $"{session.Name} has ended; its frames are gone.", "Record while it runs, or start it with -CapturePath.");
        }

        using var stream = new RawFrameStream(session, write, limits.Count);
        var pump = new StreamPump(stream, limits with { Count = 0 }, [session]);
        var progress = new LimitProgress(cmdlet, $"Record {session.Name}", limits, "frames");
        pump.Run(static _ => { }, p => progress.Update(stream.Written, p.Elapsed), stop);
        progress.Complete();
        if (stream.Dropped > 0)
        {
            cmdlet.WriteWarning(SessionSummary.Missed(stream.Dropped));
        }
    }

    /// <summary>Frames that are written as they are read, without becoming objects.</summary>
    private sealed class RawFrameStream(CaptureSession session, PacketWriter write, long count) : SessionStream
    {
        private readonly FrameReader _reader = session.OpenFrames();
        private long _written;

        public long Written => _written;

        public override long Dropped => _reader.Dropped;

        public override bool Read(List<object> into, TimeSpan wait, CancellationToken stop)
        {
            bool more = _reader.Wait(wait, stop);
            for (int i = 0; i < StreamLimits.Batch && _reader.TryReadRaw(out ReadOnlySpan<byte> packet, out FrameInfo info); i++)
            {
                write(packet, in info);
                if (++_written == count)
                {
                    return false;
                }
            }

            return more;
        }

        public override void Dispose() => _reader.Dispose();
    }
}
