namespace KismetPS.Tracking.Tests.Oracle;

/// <summary>What the rules of the tracker come to for one address, taken from tshark's frames.</summary>
internal sealed class ExpectedDevice
{
    /// <summary>Frames it transmitted itself.</summary>
    public int Sent { get; set; }

    /// <summary>Frames an access point or bridge sent for it before it was first heard itself.</summary>
    public int SentForIt { get; set; }

    public long FirstNs { get; set; } = long.MaxValue;

    public long LastNs { get; set; } = long.MinValue;

    public int Retries { get; set; }

    /// <summary>Names advertised under it as BSSID, as hexadecimal.</summary>
    public HashSet<string> Names { get; } = [];

    /// <summary>It beaconed without a name.</summary>
    public bool Hidden { get; set; }

    /// <summary>Names in its probe requests.</summary>
    public HashSet<string> Probed { get; } = [];

    /// <summary>Names in its association requests, newest last.</summary>
    public List<string> Joined { get; } = [];

    /// <summary>Channels its beacons told, newest last.</summary>
    public List<int> Channels { get; } = [];

    public void Note(long timeNs)
    {
        FirstNs = Math.Min(FirstNs, timeNs);
        LastNs = Math.Max(LastNs, timeNs);
    }
}
