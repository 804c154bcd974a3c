using KismetPS.Wireless;
using KismetPS.Wireless.Radio;

namespace KismetPS.Capture;

/// <summary>What a source knows of one packet besides its bytes. Filled by the source, read by the engine; a plain value, no allocation.</summary>
internal struct FrameInfo
{
    /// <summary>Packet time, UTC, nanoseconds since 1970-01-01.</summary>
    public long TimestampNs;

    /// <summary>What the bytes are.</summary>
    public LinkType LinkType;

    /// <summary>Length on the air or wire; more than the bytes delivered where the capture was cut.</summary>
    public int OriginalLength;

    /// <summary>
    /// The sensor's own wall clock for this packet (TZSP tag 82), UTC, nanoseconds since 1970-01-01; 0 if untold. Never used as packet time:
    /// sensors' clocks differ, and one set wrong would expire devices.
    /// </summary>
    public long SensorClockNs;

    /// <summary>Who heard it.</summary>
    public FrameOrigin Origin;

    /// <summary>Radio facts told by the transport (TZSP tags); a radio header in the packet adds to them.</summary>
    public RadioInfo Radio;
}
