using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.PowerShell.Streaming;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Stops sessions and waits until they have released what they hold.</summary>
/// <typeparam name="TSession">Type of session.</typeparam>
public abstract class StopSessionCommand<TSession> : SessionTargetCommand<TSession>
    where TSession : KismetSession
{
    private protected StopSessionCommand()
    {
    }

    /// <summary>Returns the sessions stopped.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        foreach (TSession session in Selected())
        {
            if (ShouldProcess(session.ToString(), "Stop"))
            {
                StopOne(session);
            }
        }
    }

    private protected virtual void StopOne(TSession session)
    {
        bool running = !session.Completion.IsCompleted;
        if (!session.StopAsync().Wait((int)session.ReleaseTime.TotalMilliseconds, StopToken))
        {
            Report(new KismetException(KismetErrorId.Timeout, $"{session.Name} did not end within {session.ReleaseTime.TotalSeconds:0} seconds.", "It is still stopping; Wait-KismetSession waits for it."), session);
        }

        if (running)
        {
            if (session is CaptureSession { CaptureError: KismetException unwritten })
            {
                Report(unwritten, session);
            }

            WriteVerbose(SessionSummary.Of(session));
        }

        if (PassThru)
        {
            WriteObject(session);
        }
    }
}
