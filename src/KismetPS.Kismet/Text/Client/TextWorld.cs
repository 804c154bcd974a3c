using KismetPS.Kismet.Text.Client.Sentences;
using KismetPS.Kismet.Text.Values;
using KismetPS.Tracking;
using KismetPS.Tracking.Remote;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;
using KismetPS.Wireless.Security;

namespace KismetPS.Kismet.Text.Client;

/// <summary>
/// What a text server told, in the tables of the session: one sentence in, the rows it is about changed. Under the gate of the tables throughout.
/// Nothing a server sends raises or grows without bound: what does not fit is counted by reason.
/// </summary>
internal sealed class TextWorld
{
    public const int MaxLinks = 64;
    public const int MaxSourcesPerDevice = 64;

    /// <summary>No facts.</summary>
    public static readonly HeardFacts Nothing;

    private readonly long[] _drops = new long[Enum.GetValues<TextDropReason>().Length];

    public TextWorld(RemoteTables tables)
    {
        Tables = tables;
        Server = new ServerFacts();
    }

    /// <summary>Where the rows are.</summary>
    public RemoteTables Tables { get; }

    /// <summary>Number of the session.</summary>
    public int SessionId => Tables.SessionId;

    /// <summary>Address and port of the server.</summary>
    public string EndPoint { get; set; } = "";

    /// <summary>The server's era.</summary>
    public TextEra Era { get; set; }

    /// <summary>What is known of the server itself.</summary>
    public ServerFacts Server { get; }

    /// <summary>Alerts told before.</summary>
    public AlertHistory Alerts { get; } = new();

    /// <summary>Sentences that were made something of.</summary>
    public long Taken { get; private set; }

    /// <summary>Takes one sentence that was asked for.</summary>
    public void Take(SentenceReader sentence, TextSubscription subscription, DateTimeOffset now)
    {
        FieldReader fields = new(sentence, subscription);
        bool taken = subscription.Kind switch
        {
            TextKind.Bss or TextKind.Network => NetworkSentence.Take(this, ref fields, subscription.Kind == TextKind.Network),
            TextKind.Ssid => SsidSentence.Take(this, ref fields),
            TextKind.Client => ClientSentence.Take(this, ref fields),
            TextKind.BssSource or TextKind.ClientSource => SourceSignalSentence.Take(this, ref fields, subscription.Kind == TextKind.ClientSource),
            TextKind.Remove => NetworkSentence.TakeRemove(this, ref fields),
            TextKind.Alert => AlertSentence.Take(this, ref fields, now),
            TextKind.Source => SourceSentence.Take(this, ref fields, now),
            TextKind.Info or TextKind.Gps or TextKind.Battery => ServerSentence.TakeTotals(this, ref fields),
            TextKind.Time => ServerSentence.TakeTime(this, ref fields),
            TextKind.Message => ServerSentence.TakeMessage(this, ref fields, subscription.Name == "CRITFAIL", now),
            TextKind.Channel => ServerSentence.TakeChannel(this, ref fields),
            TextKind.NetworkTag or TextKind.ClientTag => TagSentence.Take(this, ref fields, subscription.Kind == TextKind.ClientTag),
            _ => true,
        };
        Taken += taken ? 1 : 0;
    }

    /// <summary>How often something came to nothing for a reason.</summary>
    public long Dropped(TextDropReason reason) => Interlocked.Read(ref _drops[(int)reason]);

    /// <summary>Counts what came to nothing.</summary>
    public void Drop(TextDropReason reason) => Interlocked.Increment(ref _drops[(int)reason]);

    /// <summary>The device of an address, null if it is not known.</summary>
    public TextDeviceRow? Device(MacAddress address) => (TextDeviceRow?)Tables.FindDevice(address);

    /// <summary>A device has news, and with it its networks.</summary>
    public void Changed(TextDeviceRow device)
    {
        Tables.Changed(device);
        if (device.Bss is not { } bss)
        {
            return;
        }

        foreach (SsidFacts ssid in bss.Ssids)
        {
            if (ssid.Row is { } row)
            {
                Tables.Changed(row);
            }
        }
    }

    /// <summary>What the clients of a network show of it has changed.</summary>
    public void ChangedClients(TextDeviceRow device)
    {
        if (device.Bss is not { } bss)
        {
            return;
        }

        foreach (MacAddress client in bss.Clients)
        {
            if (Device(client) is { } station)
            {
                Tables.Changed(station);
            }
        }
    }

    /// <summary>Makes the row of an address that has none.</summary>
    public TextDeviceRow Add(MacAddress address)
    {
        TextDeviceRow row = new(this, address);
        Tables.AddDevice(address, row);
        return row;
    }

    /// <summary>A network goes; who was in it stays as long as it is told of elsewhere.</summary>
    public void RemoveNetwork(MacAddress bssid)
    {
        if (Device(bssid) is not { Bss: { } bss } device)
        {
            return;
        }

        foreach (MacAddress client in bss.Clients.ToArray())
        {
            if (Device(client) is { } station)
            {
                station.Links.RemoveAll(l => l.Bssid == bssid);
                Changed(station);
            }
        }

        device.DropBss();
        device.Links.RemoveAll(l => l.Bssid == bssid);
        if (device.Links.Count == 0)
        {
            Tables.RemoveDevice(bssid);
        }
        else
        {
            Changed(device);
        }
    }

    /// <summary>Shows the names of a network. The hidden name and the one learnt from a probe response are one network.</summary>
    public void ShowNames(TextDeviceRow device, BssState bss)
    {
        bool learnt = false;
        foreach (SsidFacts ssid in bss.Ssids)
        {
            learnt |= ssid.Type == SsidType.ProbeResponse && ssid.Name.Length > 0;
        }

        foreach (SsidFacts ssid in bss.Ssids)
        {
            ShowName(device, ssid, !ssid.IsProbe && (ssid.Name.Length > 0 || !learnt));
        }
    }

    /// <summary>Puts a name into the tables, as it is now, or takes it out.</summary>
    public void ShowName(TextDeviceRow device, SsidFacts ssid, bool show)
    {
        if (ssid.Row is { } row && (!show || row.Name != ssid.Name))
        {
            Tables.RemoveNetwork(device.Address, row.Name);
            ssid.Row = null;
        }

        if (show && ssid.Row is null && Tables.FindNetwork(device.Address, ssid.Name) is null)
        {
            TextNetworkRow made = new(device, ssid, ssid.Name);
            if (Tables.AddNetwork(device.Address, ssid.Name, made))
            {
                ssid.Row = made;
            }
        }
    }

    /// <summary>
    /// Channel and its frequency; where a frequency was heard on that fits the channel, that one. Newcore computes the channel of a radio header's frequency
    /// by the rule of 5 GHz above 2484 MHz, which makes 191 of channel 1 of 6 GHz.
    /// </summary>
    public static (int? Channel, int? FrequencyMHz) ChannelOf(in HeardFacts facts)
    {
        int heard = facts.FrequencyMHz == 0 ? 0 : WirelessChannel.FromFrequency(facts.FrequencyMHz, out _);
        if (facts.Channel == 0 || facts.Channel == heard || (heard != 0 && !facts.IsStable && facts.Channel == (facts.FrequencyMHz - 5000) / 5))
        {
            return heard == 0 ? (null, null) : (heard, facts.FrequencyMHz);
        }

        int mhz = WirelessChannel.FrequencyMHz(WirelessChannel.GuessBand(facts.Channel), facts.Channel);
        return (facts.Channel, mhz == 0 ? null : mhz);
    }

    /// <summary>Protection in today's terms.</summary>
    public SecurityFacts Security(ulong set)
    {
        CryptFacts facts = CryptFacts.Read((CryptSet)set, Era);
        return new SecurityFacts { Encryption = facts.Encryption, KeyManagement = facts.KeyManagement, PairwiseCiphers = facts.Ciphers };
    }

    /// <summary>Details of a protection.</summary>
    public static KismetSecurity Details(in SecurityFacts facts) => facts.Encryption == WirelessEncryption.Unknown
        ? KismetSecurity.Unknown
        : new KismetSecurity { Encryption = facts.Encryption, KeyManagement = facts.KeyManagement, PairwiseCiphers = facts.PairwiseCiphers, MfpRequired = facts.MfpRequired, MfpCapable = facts.MfpCapable, OweTransition = facts.OweTransition, Text = SecurityText.Of(facts) };

    /// <summary>Generation by the carriers seen; null where newcore's sum of their numbers may mean several things.</summary>
    public string? Standard(in HeardFacts facts)
    {
        CarrierSet carriers = WireValue.Carrier(facts.CarrierSet, Era, out bool exact);
        if (!exact)
        {
            return null;
        }

        return (carriers & (CarrierSet.Dot11N20 | CarrierSet.Dot11N40)) != 0 ? "n"
            : (carriers & CarrierSet.Dot11A) != 0 ? "a"
            : (carriers & CarrierSet.Dot11G) != 0 ? "g"
            : (carriers & (CarrierSet.Dot11B | CarrierSet.Dot11BPlus | CarrierSet.Dsss)) != 0 ? "b"
            : null;
    }

    /// <summary>
    /// The beacon interval: in stable as it was, its bytes swapped; newcore tells beacons a second, rounded up, so that the roundest interval that fits
    /// is taken, or none.
    /// </summary>
    public int? BeaconInterval(int rate)
    {
        if (rate <= 0)
        {
            return null;
        }

        if (Era == TextEra.Stable)
        {
            return rate > ushort.MaxValue ? null : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness((ushort)rate);
        }

        foreach (int interval in (ReadOnlySpan<int>)[100, 200, 50, 25, 300, 500, 1000])
        {
            if ((int)Math.Ceiling(1_000_000.0 / (interval * 1024)) == rate)
            {
                return interval;
            }
        }

        return null;
    }
}
