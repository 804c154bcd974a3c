using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.PowerShell.Input;
using KismetPS.PowerShell.Model;
using KismetPS.PowerShell.Streaming;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>The bounds of a stream in the pipeline, shared by the commands that start a capture or a connection.</summary>
public abstract class StreamingCommand : BoundedStreamCommand
{
    private protected const string SessionSet = "Session";

    private static readonly string[] s_bounds = [nameof(Count), nameof(Duration), nameof(IdleTimeout)];

    private protected StreamingCommand()
    {
    }

    /// <summary>Streams these objects instead of returning a session; the session ends with the pipeline.</summary>
    [Parameter(Mandatory = true, ParameterSetName = StreamSet)]
    [Parameter(ParameterSetName = JobSet)]
    public KismetEmit Emit { get; set; } = KismetEmit.Device;

    /// <summary>Device and Network: writes each at most once in this time; a number is seconds.</summary>
    [Parameter]
    [Duration]
    public TimeSpan UpdateInterval { get; set; } = TimeSpan.FromSeconds(1);

    private protected override void Begin()
    {
        // In all sets, so that this can be said: a set that lacks them is to PowerShell one that cannot be told.
        string? stray = ParameterSetName == SessionSet ? Bounds.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey) : null;
        if (stray is not null)
        {
            throw new KismetException(
                KismetErrorId.ArgumentInvalid,
                $"-{stray} bounds a stream, and without -Emit or -AsJob there is none: the session runs in the background until it is stopped.",
                "Add -Emit or -AsJob, or leave it out and stop the session.");
        }

        if (ParameterSetName != SessionSet && Refusal(Emit) is (string why, string instead))
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, why, instead);
        }
    }

    /// <summary>Parameters that mean nothing to a session in the background.</summary>
    private protected virtual IEnumerable<string> Bounds => s_bounds.Append(nameof(UpdateInterval));

    /// <summary>Why this kind of session cannot stream that, and what can; null where it can.</summary>
    private protected abstract (string Why, string Instead)? Refusal(KismetEmit emit);

    /// <summary>Starts a session as the parameter set says: streams it, makes it a job, or gives it to the user.</summary>
    /// <param name="name">Name asked for.</param>
    /// <param name="start">Opens on this thread; what it is given, if anything, is called before the first object can come.</param>
    private protected void Deliver(string? name, Func<Action<DeviceSession>?, DeviceSession> start)
    {
        Sessions.CheckName(name);
        if (ParameterSetName != SessionSet)
        {
            Stream(name, start, session => StreamFactory.Open(session, Emit, UpdateInterval));
            return;
        }

        DeviceSession session = start(null);
        Sessions.Add(session);
        WriteObject(session);
    }
}
