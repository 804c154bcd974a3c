using System.Diagnostics;
using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.PowerShell.Input;
using KismetPS.PowerShell.Streaming;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Wait-KismetSession: waits until sessions have ended and gives them.</summary>
[Cmdlet(VerbsLifecycle.Wait, "KismetSession", DefaultParameterSetName = NameSet)]
[OutputType(typeof(KismetSession))]
public sealed class WaitKismetSessionCommand : SessionTargetCommand<KismetSession>
{
    private const int TickMs = 200;

    private readonly List<KismetSession> _sessions = [];

    /// <summary>All sessions of these kinds.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = KindSet)]
    [ValidateNotNullOrEmpty]
    public KismetSessionKind[] Kind { get; set; } = [];

    /// <summary>Gives up after this time, for all sessions together; a number is seconds.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? Timeout { get; set; }

    private protected override IReadOnlyList<KismetSession> Selected() =>
        ParameterSetName == KindSet ? [.. Sessions.ToList().Where(s => Kind.Contains(s.Kind))] : base.Selected();

    private protected override void Process() => _sessions.AddRange(Selected());

    private protected override void End()
    {
        Task all = Task.WhenAll(_sessions.Select(static s => s.Completion));
        // A longer wait than a timer takes is a wait without end.
        int milliseconds = Timeout is TimeSpan span && span.TotalMilliseconds < int.MaxValue ? (int)span.TotalMilliseconds : System.Threading.Timeout.Infinite;
        Wait(all, milliseconds);
        foreach (KismetSession session in _sessions)
        {
            if (session.Completion.IsCompleted)
            {
                WriteObject(session);
            }
            else
            {
                Report(new KismetException(KismetErrorId.Timeout, $"{session.Name} has not ended within {Timeout}.", "Stop-KismetSession ends it."), session);
            }
        }
    }

    private void Wait(Task all, int milliseconds)
    {
        // Without a timeout nobody knows how long it takes.
        var limits = new StreamLimits { Duration = TimeSpan.FromMilliseconds(Math.Max(0, milliseconds)) };
        var progress = new LimitProgress(this, _sessions.Count == 1 ? $"Wait for {_sessions[0].Name}" : $"Wait for {_sessions.Count} sessions", limits, "ended");
        var clock = Stopwatch.StartNew();
        int Left() => milliseconds < 0 ? TickMs : (int)Math.Clamp(milliseconds - clock.ElapsedMilliseconds, 0, TickMs);
        while (!all.Wait(Left(), StopToken) && (milliseconds < 0 || clock.ElapsedMilliseconds < milliseconds))
        {
            progress.Update(_sessions.Count(static s => s.Completion.IsCompleted), clock.Elapsed);
        }

        progress.Complete();
    }
}
