using KismetPS.Capture;

namespace KismetPS.Kismet;

/// <summary>A Kismet server as it told of itself. Null means not told.</summary>
public sealed class KismetServerInfo
{
    /// <summary>Number of the session connected to it.</summary>
    public int SessionId { get; init; }

    /// <summary>Address and port.</summary>
    public required string EndPoint { get; init; }

    /// <summary>What it speaks.</summary>
    public KismetServerProtocol Protocol { get; init; }

    /// <summary>Its dialect: Stable (to 2008), Newcore (2009 to 2016), Rest.</summary>
    public string? Era { get; init; }

    /// <summary>Its name.</summary>
    public string? ServerName { get; init; }

    /// <summary>Its version.</summary>
    public string? Version { get; init; }

    /// <summary>Its number where it has one; another number means another start.</summary>
    public string? ServerId { get; init; }

    /// <summary>When it was started (UTC).</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Its clock when it last told (UTC).</summary>
    public DateTimeOffset? ServerTime { get; init; }

    /// <summary>How long it had been running when it last told.</summary>
    public TimeSpan? Uptime => ServerTime - StartTime is { } time && time > TimeSpan.Zero ? time : null;

    /// <summary>Devices it knows.</summary>
    public long? Devices { get; init; }

    /// <summary>Networks it knows.</summary>
    public long? Networks { get; init; }

    /// <summary>Packets it has seen.</summary>
    public long? Packets { get; init; }

    /// <summary>Packets per second.</summary>
    public double? PacketsPerSecond { get; init; }

    /// <summary>Charge of its battery, percent; null without one.</summary>
    public int? BatteryPercent { get; init; }

    /// <summary>Memory it uses, bytes.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Its position: latitude, degrees.</summary>
    public double? Latitude { get; init; }

    /// <summary>Its position: longitude, degrees.</summary>
    public double? Longitude { get; init; }

    /// <summary>Its position: altitude, metres.</summary>
    public double? AltitudeM { get; init; }

    /// <summary>Whether it is connected now.</summary>
    public bool IsConnected { get; init; }

    /// <summary>Connections made after the first.</summary>
    public int Reconnects { get; init; }

    /// <summary>Last time it said anything (UTC).</summary>
    public DateTimeOffset? LastHeard { get; init; }

    /// <summary>What ended the last connection or attempt, null if nothing did since the first.</summary>
    public string? LastFailure { get; init; }

    /// <summary>Use of the channels, where it is told.</summary>
    public DetailList<KismetServerChannel> Channels { get; init; } = DetailList<KismetServerChannel>.Empty;

    /// <summary>What it said last, at most fifty messages.</summary>
    public DetailList<KismetServerMessage> Messages { get; init; } = DetailList<KismetServerMessage>.Empty;

    /// <summary>Address, name and version.</summary>
    public override string ToString() => $"{EndPoint} ({ServerName ?? "unnamed"}, {Version ?? Era ?? Protocol.ToString()})";
}
