namespace KismetPS.Tracking.Tests.Sessions;

/// <summary>A session whose opening and running the test writes: what every session does, without a source.</summary>
internal sealed class ScriptedSession(Action<CancellationToken> run) : KismetSession(KismetSessionKind.Export, null)
{
    public override string EndPoint => "script";

    public override KismetStatistic Statistics => new();

    public void Open(Action? open = null) => Start(open ?? (static () => { }), () => run(StopToken));
}
