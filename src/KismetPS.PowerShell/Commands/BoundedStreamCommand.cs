using System.Management.Automation;
using KismetPS.PowerShell.Input;
using KismetPS.PowerShell.Streaming;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Streams from a session of its own into the pipeline, or into a job, until a bound is reached.</summary>
public abstract class BoundedStreamCommand : KismetCmdlet, IStreamBounds
{
    private protected const string StreamSet = "Stream";
    private protected const string JobSet = "Job";

    private protected BoundedStreamCommand()
    {
    }

    /// <inheritdoc cref="IStreamBounds.Count"/>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long Count { get; set; }

    /// <inheritdoc cref="IStreamBounds.Duration"/>
    [Parameter]
    [Duration]
    public TimeSpan Duration { get; set; }

    /// <inheritdoc cref="IStreamBounds.IdleTimeout"/>
    [Parameter]
    [Duration]
    public TimeSpan IdleTimeout { get; set; }

    /// <summary>Streams in the background, as a job.</summary>
    [Parameter(Mandatory = true, ParameterSetName = JobSet)]
    public SwitchParameter AsJob { get; set; }

    /// <summary>Starts a session whose stream this pipeline gets, or a job.</summary>
    /// <param name="name">Name asked for.</param>
    /// <param name="start">Opens on this thread; what it is given is called before the first object can come.</param>
    /// <param name="open">Opens the stream of the session.</param>
    private protected void Stream<TSession>(string? name, Func<Action<TSession>, TSession> start, Func<TSession, SessionStream> open)
        where TSession : KismetSession
    {
        StreamLimits limits = StreamLimits.Of(this);
        if (AsJob)
        {
            KismetJob job = KismetJob.Start(MyInvocation.Line.Trim(), name, Sessions, limits, start, open);
            JobRepository.Add(job);
            WriteObject(job);
        }
        else
        {
            new ForegroundStream(this, Sessions, limits).Run(start, open, StopToken);
        }
    }
}
