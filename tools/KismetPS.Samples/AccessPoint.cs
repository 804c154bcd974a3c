using KismetPS.TestKit.Frames;

namespace KismetPS.Samples;

/// <summary>An access point: what it calls itself, where it sends and what it offers.</summary>
public sealed class AccessPoint(string address, int near, int east, int west) : Station(address, near, east, west)
{
    public required string Ssid { get; init; }

    public required int Channel { get; set; }

    public required int FrequencyMHz { get; set; }

    public SecurityPreset Security { get; init; }

    /// <summary>Beacons carry NULs in place of the name.</summary>
    public bool Hidden { get; init; }

    /// <summary>What its beacons carry besides name, rates, channel and security.</summary>
    public Func<FrameBuilder, FrameBuilder> Elements { get; init; } = static frame => frame;

    /// <summary>The channel the builder's elements tell: in 6 GHz the HE operation element does it instead.</summary>
    public int ElementChannel => FrequencyMHz > 5925 ? 0 : Channel;
}
