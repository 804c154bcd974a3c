using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Sessions;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Reads from sessions that track devices.</summary>
public abstract class SessionReaderCommand : KismetCmdlet
{
    private protected SessionReaderCommand()
    {
    }

    /// <summary>Sessions, as objects, numbers or names; without it all sessions of this runspace.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [ValidateNotNullOrEmpty]
    public KismetSessionReference[]? Session { get; set; }

    /// <summary>Whether the user was told of a session that is not there: that there is none need not be told again.</summary>
    private protected bool IsMissingTold { get; private set; }

    /// <summary>The sessions meant by this record that know devices; one that is not found, or knows none, is an error of its own.</summary>
    private protected IReadOnlyList<DeviceSession> Selected() => SessionSearch.Knowing(Sessions, Session, ReportMissing, MyInvocation.ExpectingInput);

    /// <summary>As <see cref="Selected"/>, of any kind.</summary>
    private protected IReadOnlyList<KismetSession> SelectedOfAnyKind() => SessionSearch.Any(Sessions, Session, ReportMissing);

    /// <summary>Says why nothing comes where nobody has started anything.</summary>
    private protected void HintIfNone(IReadOnlyList<KismetSession> sessions)
    {
        if (sessions.Count == 0 && Session is null)
        {
            WriteWarning("No session has been started in this PowerShell. Start-TzspListener or Start-KismetCapture starts one; Import-KismetCapture reads files.");
        }
    }

    private void ReportMissing(KismetException failure, object? target)
    {
        IsMissingTold = true;
        Report(failure, target);
    }
}
