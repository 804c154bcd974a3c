namespace KismetPS.Capture.Tests.Pcap;

/// <summary>A wall clock that stands still.</summary>
internal sealed class ManualTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
