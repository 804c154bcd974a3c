using System.Globalization;

namespace KismetPS.PowerShell.Model;

/// <summary>What Send-TzspPacket did.</summary>
public sealed class TzspSendResult
{
    /// <summary>Where to.</summary>
    public required string EndPoint { get; init; }

    /// <summary>Messages sent.</summary>
    public long Sent { get; init; }

    /// <summary>Messages the system refused.</summary>
    public long Refused { get; init; }

    /// <summary>Packets that TZSP has no encapsulation for.</summary>
    public long Skipped { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Messages a second.</summary>
    public double Rate => Duration > TimeSpan.Zero ? Sent / Duration.TotalSeconds : 0;

    /// <summary>Number and target.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sent} to {EndPoint}");
}
