namespace KismetPS.Kismet.Text.Client;

/// <summary>How the connection to a server stands. Under the gate of the tables, but for counters.</summary>
internal sealed class LinkState
{
    private long _expired;

    /// <summary>Whether the server has greeted and is there.</summary>
    public bool IsConnected { get; set; }

    /// <summary>How often it was connected anew.</summary>
    public int Reconnects { get; set; }

    /// <summary>When something came last.</summary>
    public DateTimeOffset? Heard { get; set; }

    /// <summary>Why it was away last.</summary>
    public string? Failure { get; set; }

    /// <summary>Devices that went for want of news.</summary>
    public long Expired => Interlocked.Read(ref _expired);

    /// <summary>Counts devices that went.</summary>
    public void AddExpired(int count) => Interlocked.Add(ref _expired, count);
}
