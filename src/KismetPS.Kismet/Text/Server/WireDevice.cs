using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Text.Server;

/// <summary>
/// A device as Kismet's clients see it: a network, or a client of one. Kismet has nothing else: what only probes or belongs to nothing known is a
/// network of its own with itself as client.
/// </summary>
internal sealed class WireDevice
{
    private readonly KismetDevice?[] _parts;
    private long _packets;
    private long _retries;
    private string? _tagSecurity;

    /// <param name="address">Its address.</param>
    /// <param name="slot">Its place in the model.</param>
    /// <param name="sessions">How many sessions there are.</param>
    public WireDevice(MacAddress address, int slot, int sessions)
    {
        Address = address;
        Slot = slot;
        _parts = new KismetDevice?[sessions];
        Device = new KismetDevice { MacAddress = address.ToString(), Type = KismetDeviceType.AccessPoint };
        Network = address;
    }

    /// <summary>Address; of a network its BSSID.</summary>
    public MacAddress Address { get; }

    /// <summary>Place in the model.</summary>
    public int Slot { get; }

    /// <summary>The device, made one of what the sessions know. Of a network that only its clients show, or that is gone, the little that is known.</summary>
    public KismetDevice Device { get; private set; }

    /// <summary>Whether a session knows it itself; else it is here because clients of it are, which need their network.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Whether it is a network; else it is a client of <see cref="Network"/>.</summary>
    public bool IsNetwork { get; set; }

    /// <summary>Network it belongs to: itself if it is one.</summary>
    public MacAddress Network { get; set; }

    /// <summary>How many clients belong to it, itself not counted.</summary>
    public int Members { get; set; }

    /// <summary>Names it advertises and names it asks for.</summary>
    public List<WireName> Names { get; } = [];

    /// <summary>The name to show where there is room for one: that advertised last.</summary>
    public WireName? CurrentName { get; private set; }

    /// <summary>Totals of its network; its own where that is all there is.</summary>
    public WireBss Bss { get; private set; }

    /// <summary>Version of the model at which it was added as what it is; 0: not yet told.</summary>
    public long Added { get; set; }

    /// <summary>Version of the model at which it last changed.</summary>
    public long Changed { get; set; }

    /// <summary>Version of the model at which its tags last changed.</summary>
    public long TagsChanged { get; private set; }

    /// <summary>Frames since the tick before it last changed.</summary>
    public long NewPackets { get; private set; }

    /// <summary>Retries among them.</summary>
    public long NewRetries { get; private set; }

    /// <summary>Whether it has a CLIENT line. Newcore shows an access point as a client of itself, stable does not.</summary>
    public bool HasClientLine(TextEra era) => IsKnown && (!IsNetwork || era != TextEra.Stable || Device.Type != KismetDeviceType.AccessPoint);

    /// <summary>How the sensors of each session hear it.</summary>
    public IEnumerable<(int Session, KismetSensorSignal Signal)> Signals()
    {
        for (int session = 0; session < _parts.Length; session++)
        {
            if (_parts[session] is { } part)
            {
                foreach (KismetSensorSignal signal in part.Sensors)
                {
                    yield return (session, signal);
                }
            }
        }
    }

    /// <summary>What a session knows of it.</summary>
    public KismetDevice? Of(int session) => _parts[session];

    /// <summary>Takes what a session knows of it.</summary>
    public void Set(int session, KismetDevice device) => _parts[session] = device;

    /// <summary>Takes what a session knows of a network of its.</summary>
    public void Set(int session, KismetNetwork network)
    {
        WireName? name = Names.Find(n => !n.IsAsked && n.Text == network.Ssid);
        if (name is null)
        {
            // A hidden network whose name came out is the same network.
            WireName? nameless = Names.Find(n => !n.IsAsked && n.Text is null && n.Of(session)?.FirstSeen == network.FirstSeen);
            if (nameless is not null && !nameless.Unset(session))
            {
                Names.Remove(nameless);
            }

            Names.Add(name = new WireName(network.Ssid, asked: false, _parts.Length));
        }

        name.Set(session, network);
    }

    /// <summary>A session knows it no more; false when none does.</summary>
    public bool Unset(int session)
    {
        _parts[session] = null;
        Names.RemoveAll(n => !n.IsAsked && !n.Unset(session));
        return Array.Exists(_parts, static p => p is not null);
    }

    /// <summary>Makes one of what the sessions know, and counts what is new.</summary>
    public void Merge(long version)
    {
        IsKnown = Array.Exists(_parts, static p => p is not null);
        if (IsKnown)
        {
            Device = _parts.Length == 1 ? _parts[0]! : WireMerge.Merge(_parts);
        }

        NewPackets = Math.Max(0, Device.Packets - _packets);
        NewRetries = Math.Max(0, Device.Retries - _retries);
        (_packets, _retries) = (Device.Packets, Device.Retries);
        MergeNames();
        Bss = Totals();
        Changed = version;
        if (Device.Security.Text != _tagSecurity)
        {
            _tagSecurity = Device.Security.Text;
            TagsChanged = version;
        }
    }

    private void MergeNames()
    {
        foreach (KismetSsid ssid in Device.Ssids)
        {
            WireName? name = Names.Find(n => !n.IsAsked && n.Text == ssid.Ssid);
            if (name is not null)
            {
                name.Ssid = ssid;
            }
        }

        CurrentName = null;
        foreach (WireName name in Names)
        {
            if (name.IsAsked)
            {
                continue;
            }

            name.Merge();
            if (CurrentName is null || name.Network?.LastSeen >= CurrentName.Network?.LastSeen)
            {
                CurrentName = name;
            }
        }

        // Names asked for only ever become more while a device is known.
        int asked = Names.Count(static n => n.IsAsked);
        if (asked != Device.ProbedSsids.Count)
        {
            Names.RemoveAll(static n => n.IsAsked);
            foreach (string text in Device.ProbedSsids)
            {
                Names.Add(new WireName(text, asked: true, 0));
            }
        }
    }

    // Each network of a BSSID carries the totals of the whole BSS, so one of each session counts.
    private WireBss Totals()
    {
        WireBss totals = default;
        bool any = false;
        for (int session = 0; session < _parts.Length; session++)
        {
            foreach (WireName name in Names)
            {
                if (!name.IsAsked && name.Of(session) is { } network)
                {
                    totals.Add(network);
                    any = true;
                    break;
                }
            }
        }

        return any ? totals : WireBss.Of(Device);
    }
}
