using KismetPS.Wireless;
using KismetPS.Wireless.Elements;

namespace KismetPS.Tracking.Tables;

/// <summary>One name advertised by one BSSID.</summary>
internal struct NetworkRow
{
    /// <summary>Revision of the last change; 0 marks a free row.</summary>
    public long Revision;
    public long FirstNs;
    public long LastNs;
    public long Packets;
    public long Beacons;
    public ulong TsfUs;
    public MacAddress MldAddress;
    public SecurityRow Security;

    /// <summary>The device.</summary>
    public int Device;

    /// <summary>Next network of the device, plus one.</summary>
    public int Next;

    /// <summary>Name, 0 while hidden and not learnt.</summary>
    public int Name;
    public int Manufacturer;
    public int Model;
    public int ApName;
    public int MaxRateKbps;
    public ElementParts Capabilities;
    public ushort Channel;
    public ushort FrequencyMHz;
    public ushort WidthMHz;
    public ushort BeaconIntervalTu;
    public ushort Country;
    public ushort QbssStations;
    public byte QbssUtilization;
    public byte WpsState;
    public bool WpsLocked;
    public bool HasQbss;
    public bool HasWps;
    public bool Hidden;
    public bool AdHoc;

    /// <summary>A channel switch to this channel was announced, so arriving there is no surprise.</summary>
    public byte AnnouncedChannel;
}
