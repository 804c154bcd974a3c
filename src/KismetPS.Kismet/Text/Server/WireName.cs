using KismetPS.Kismet.Text.Values;
using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Text.Server;

/// <summary>One SSID sentence: a name a network advertises or a device asks for.</summary>
internal sealed class WireName
{
    private readonly KismetNetwork?[] _parts;
    private long _told;

    /// <param name="text">The name as users see it; null while hidden.</param>
    /// <param name="asked">Whether it is asked for in probe requests, not advertised.</param>
    /// <param name="sessions">How many sessions there are.</param>
    public WireName(string? text, bool asked, int sessions)
    {
        Text = text;
        IsAsked = asked;
        Bytes = text is null ? [] : SsidText.ToBytes(text);
        Checksum = SsidChecksum.Compute(Bytes);
        _parts = asked ? [] : new KismetNetwork?[sessions];
    }

    /// <summary>The name as users see it; null while hidden.</summary>
    public string? Text { get; }

    /// <summary>Asked for in probe requests, not advertised.</summary>
    public bool IsAsked { get; }

    /// <summary>Its bytes as they were on the air.</summary>
    public byte[] Bytes { get; }

    /// <summary>What newcore tells it by within its network.</summary>
    public uint Checksum { get; }

    /// <summary>The network of that name, as the session knows it that heard it last; null where it is only asked for, or known from the device alone.</summary>
    public KismetNetwork? Network { get; private set; }

    /// <summary>What the device says of it; null where it is only asked for.</summary>
    public KismetSsid? Ssid { get; set; }

    /// <summary>Beacons with it, of all sessions.</summary>
    public long Beacons { get; private set; }

    /// <summary>Beacons since the tick before it last changed.</summary>
    public long NewBeacons { get; private set; }

    /// <summary>Where it was heard.</summary>
    public SsidType Type => IsAsked ? SsidType.ProbeRequest : Network is not null && Beacons == 0 ? SsidType.ProbeResponse : SsidType.Beacon;

    /// <summary>Takes what a session knows of it.</summary>
    public void Set(int session, KismetNetwork network) => _parts[session] = network;

    /// <summary>A session knows it no more; false when none does.</summary>
    public bool Unset(int session)
    {
        _parts[session] = null;
        return Array.Exists(_parts, static p => p is not null);
    }

    /// <summary>What a session knows of it.</summary>
    public KismetNetwork? Of(int session) => _parts[session];

    /// <summary>Makes one of what the sessions know.</summary>
    public void Merge()
    {
        Network = null;
        Beacons = 0;
        foreach (KismetNetwork? part in _parts)
        {
            if (part is not null)
            {
                Beacons += part.Beacons;
                Network = Network is null || part.LastSeen > Network.LastSeen ? part : Network;
            }
        }

        NewBeacons = Math.Max(0, Beacons - _told);
        _told = Beacons;
    }
}
