using KismetPS.Tracking;

namespace KismetPS.PowerShell.Model;

/// <summary>What an event of a session tells: $EventArgs of an action, SourceEventArgs of Get-Event. The session itself is the sender.</summary>
public sealed class KismetEventArgs : EventArgs
{
    /// <summary>Kind of event.</summary>
    public KismetEventKind Kind { get; init; }

    /// <summary>Running number of the subscription, from 1.</summary>
    public long Sequence { get; init; }

    /// <summary>When it was told (UTC).</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Number of the session.</summary>
    public int SessionId { get; init; }

    /// <summary>Name of the session.</summary>
    public string SessionName { get; init; } = string.Empty;

    /// <summary>What happened to the device; null for other kinds.</summary>
    public KismetChangeKind? Change { get; init; }

    /// <summary>The device as it is now, or was when it went; null for other kinds.</summary>
    public KismetDevice? Device { get; init; }

    /// <summary>The network as it is now; null for other kinds.</summary>
    public KismetNetwork? Network { get; init; }

    /// <summary>The alert; null for other kinds.</summary>
    public KismetAlert? Alert { get; init; }

    /// <summary>What the subscription could not be told so far, since its events were not taken for too long.</summary>
    public long Missed { get; init; }

    /// <summary>What happened to what.</summary>
    public override string ToString() => Kind switch
    {
        KismetEventKind.Device => $"{Change} {Device}",
        KismetEventKind.Network => $"{Network}",
        KismetEventKind.Alert => $"{Alert}",
        _ => $"{SessionName} ended",
    };
}
