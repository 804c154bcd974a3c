using System.Runtime.InteropServices;
using KismetPS.Wireless;
using KismetPS.Wireless.Elements;

namespace KismetPS.Tracking.Tables;

/// <summary>
/// One device. Lists hang off it as row numbers plus one in other tables (0: none), so a fresh row needs no set-up. Three cache lines: what nearly every
/// frame touches is in the first two, of which a receiver's row needs no more.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DeviceRow
{
    /// <summary>Value of an unknown dBm field.</summary>
    public const short NoSignal = short.MinValue;

    // ---- first line
    public MacAddress Address;

    /// <summary>Value of the tracker's revision when anything last changed; 0 marks a free row.</summary>
    public long Revision;
    public long LastNs;
    public long FirstNs;
    public long Packets;
    public long Bytes;

    /// <summary>Number of the frame that named it last, so that the frame at work does not push out its own devices.</summary>
    public int Frame;
    public int Sensors;

    /// <summary>Links in which this is the client.</summary>
    public int AccessPointLinks;

    /// <summary>Network advertised last (<see cref="NetworkRow"/>).</summary>
    public int CurrentNetwork;

    // ---- second line
    public MacAddress Bssid;
    public long DataPackets;

    /// <summary>Frames sent with the retry bit. Four bytes, as the next two, which stay at their end.</summary>
    public uint Retries;

    /// <summary>Management frames sent. Four bytes: at a beacon each 100 time units they last for thirteen years, and then stay where they are.</summary>
    public uint ManagementPackets;

    /// <summary>Protected data frames sent.</summary>
    public uint EncryptedPackets;
    public int MaxRateKbps;

    /// <summary>Totals of the BSS (<see cref="BssRow"/>).</summary>
    public int Bss;

    /// <summary>Names it asked for.</summary>
    public int Probes;
    public KismetDeviceType Type;
    public short Signal;
    public short SignalMin;
    public short SignalMax;
    public short Noise;
    public ushort Channel;
    public ushort FrequencyMHz;
    public ushort LastOrigin;

    /// <summary>It beaconed: its type is what it says itself, whatever its other frames look like.</summary>
    public bool Advertises;

    /// <summary>Heard on the air as transmitter, not only told of by others.</summary>
    public bool OnAir;

    /// <summary>Cipher seen in data sent in this BSS or by this client, for when no elements were heard.</summary>
    public Wireless.Security.DataCipher DataCipher;

    /// <summary>Data with payload was heard unprotected.</summary>
    public bool ClearData;

    // ---- third line

    /// <summary>The revision it was added with.</summary>
    public long AddedRevision;

    /// <summary>The revision at which that changed which is shown of its clients too: name and protection of its network.</summary>
    public long ToldRevision;

    /// <summary>Security a client asked for in its association request.</summary>
    public SecurityRow Security;

    /// <summary>Ht, Vht, He, Eht, OfdmRates and Rates of the newest elements.</summary>
    public ElementParts Capabilities;
    public int FcsErrors;
    public int EapolKeys;

    /// <summary>Name a client associated to (<see cref="NameTable"/>).</summary>
    public int AssociatedName;
    public int Networks;

    /// <summary>Links in which this is the access point.</summary>
    public int ClientLinks;

    /// <summary>How many, at most <see cref="TableLimits.ClientsPerAccessPoint"/>.</summary>
    public ushort ClientCount;

    /// <summary>How many, at most <see cref="TableLimits.ProbesPerDevice"/>.</summary>
    public byte ProbeCount;

    /// <summary>How many, at most <see cref="TableLimits.NetworksPerDevice"/>.</summary>
    public byte NetworkCount;
}
