using KismetPS.Wireless.Radio;

namespace KismetPS.Capture;

/// <summary>
/// One ear: a TZSP sensor (address, and serial where it sends one), a capture interface, an interface of a capture file.
/// Made by the source, used by the source's thread only, its FCS habit by the thread that decodes; the numbers may be read from others at any time.
/// </summary>
internal sealed class FrameOrigin(int index, string id, string? name = null)
{
    /// <summary>Dense number within the session, from 0.</summary>
    public int Index { get; } = index;

    /// <summary>What identifies it to users: serial or MAC address where told, else its network address or interface name.</summary>
    public string Id { get; } = id;

    /// <summary>Name it gives itself (TZSP tag 80, pcapng if_name), null if none.</summary>
    public string? Name { get; set; } = name;

    /// <summary>Where it says it stands (TZSP tag 81, the GPS of a drone), null if untold.</summary>
    public string? Location { get; set; }

    /// <summary>Where its GPS says it is (drones), null if untold.</summary>
    public GeoPosition? Position { get; set; }

    /// <summary>Network address and port it sends from, null for files and interfaces.</summary>
    public string? Address { get; set; }

    /// <summary>Serial or sensor MAC (TZSP tag 60), null if untold.</summary>
    public string? Serial { get; set; }

    /// <summary>Whether it leaves the FCS on its frames.</summary>
    public FcsDetector Fcs { get; } = new();

    /// <summary>Its counters.</summary>
    public OriginCounters Counters;
}
