using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.PowerShell.Errors;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Streaming;

/// <summary>A session that lives as long as the pipeline it streams into, however that pipeline ends.</summary>
internal sealed class ForegroundStream(Cmdlet cmdlet, SessionTable table, StreamLimits limits)
{
    private static readonly TimeSpan s_release = TimeSpan.FromSeconds(2);

    /// <summary>Starts, streams and stops; throws what the session failed with after everything it had was written.</summary>
    public void Run<TSession>(Func<Action<TSession>, TSession> start, Func<TSession, SessionStream> open, CancellationToken stop)
        where TSession : KismetSession
    {
        SessionStream? stream = null;
        TSession? session = null;
        try
        {
            session = start(s => stream = open(s));
            table.Add(session);
            var progress = new LimitProgress(cmdlet, session.Name, limits, "objects");
            var pump = new StreamPump(stream!, limits, [session]);
            KismetStopReason reason = pump.Run(
                cmdlet.WriteObject,
                p =>
                {
                    progress.Update(p.Written, p.Elapsed);
                    Warn(session);
                },
                stop);
            progress.Complete();
            session.StopAsync(reason).Wait(s_release, stop);
            Summarize(session, stream!.Dropped);
            if (session.Error is KismetException failure)
            {
                throw failure;
            }
        }
        finally
        {
            // Reached on Ctrl+C, Select-Object -First and errors downstream too: the socket is released before the prompt is back.
            stream?.Dispose();
            if (session is not null)
            {
                session.StopAsync(KismetStopReason.Requested).Wait(s_release);
                table.Remove(session);
            }
        }
    }

    private void Warn(KismetSession session)
    {
        while (session.TryTakeWarning(out string? warning))
        {
            cmdlet.WriteWarning(warning);
        }
    }

    private void Summarize(KismetSession session, long dropped)
    {
        Warn(session);
        if (dropped > 0)
        {
            cmdlet.WriteWarning(SessionSummary.Missed(dropped));
        }

        if (session is CaptureSession { CaptureError: KismetException unwritten })
        {
            cmdlet.WriteError(ErrorRecords.From(unwritten, session));
        }

        cmdlet.WriteVerbose(SessionSummary.Of(session));
    }
}
