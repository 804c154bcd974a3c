using KismetPS.Capture;

namespace KismetPS.Kismet.RemoteCapture;

/// <summary>A packet as it is sent.</summary>
internal readonly ref struct RemotePacket
{
    /// <summary>Time, whole seconds since 1970-01-01 UTC.</summary>
    public ulong Seconds { get; init; }

    /// <summary>Time within the second.</summary>
    public uint Microseconds { get; init; }

    /// <summary>Radiotap header; empty where the frame has one already.</summary>
    public ReadOnlySpan<byte> Header { get; init; }

    /// <summary>The 802.11 frame.</summary>
    public ReadOnlySpan<byte> Frame { get; init; }

    /// <summary>Header and frame as long as they were on the air.</summary>
    public int OriginalLength { get; init; }

    /// <summary>Where the sensor stands, null if untold.</summary>
    public GeoPosition? Position { get; init; }
}
