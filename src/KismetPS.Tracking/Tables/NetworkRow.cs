using System.Runtime.CompilerServices;
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

    /// <summary>Hash of the beacon that it was last made of; 0: the next one has to be read.</summary>
    public ulong Content;
    public MacAddress MldAddress;
    public SecurityRow Security;

    /// <summary>The device.</summary>
    public int Device;

    /// <summary>Next network of the device, plus one.</summary>
    public int Next;

    /// <summary>Name, 0 while hidden and not learnt; <see cref="SetName"/> sets it.</summary>
    public int Name { readonly get; private set; }

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

    /// <summary>The table of names was told how this name is used.</summary>
    public bool IsUseNoted;
    private byte _nameLength;
    private NameBytes _nameBytes;

    /// <summary>Takes a name, with the number it has in the table of names. It is kept here too: each beacon's is compared with it.</summary>
    public void SetName(int id, ReadOnlySpan<byte> name)
    {
        Name = id;
        IsUseNoted = false;
        Content = 0;
        _nameLength = 0;
        if (id != 0 && name.Length <= NameBytes.Length)
        {
            name.CopyTo(_nameBytes);
            _nameLength = (byte)name.Length;
        }
    }

    /// <summary>Whether this is its name, which is not empty.</summary>
    public readonly bool IsNamed(ReadOnlySpan<byte> name, NameTable names) =>
        _nameLength != 0 ? name.SequenceEqual(((ReadOnlySpan<byte>)_nameBytes)[.._nameLength]) : Name != 0 && names.Is(Name, name);

    // IEEE Std 802.11-2020 9.4.2.2: an SSID has up to 32 bytes.
    [InlineArray(Length)]
    private struct NameBytes
    {
        public const int Length = 32;

        private byte _first;
    }
}
