using KismetPS.Kismet.Text.Values;
using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Text.Client;

// What each sentence changes. Keys come first in a subscription; facts are read into a copy, so that a sentence cut short changes nothing.
internal sealed partial class TextWorld
{
    private readonly Queue<ulong> _alertOrder = new();
    private readonly HashSet<ulong> _alertsKnown = [];

    /// <summary>Takes one sentence that was asked for.</summary>
    public void Take(scoped ref SentenceReader sentence, TextSubscription subscription, DateTimeOffset now)
    {
        bool taken = subscription.Kind switch
        {
            TextKind.Bss or TextKind.Network => TakeNetwork(ref sentence, subscription),
            TextKind.Ssid => TakeSsid(ref sentence, subscription),
            TextKind.Client => TakeClient(ref sentence, subscription),
            TextKind.BssSource or TextKind.ClientSource => TakeSourceSignal(ref sentence, subscription),
            TextKind.Remove => TakeRemove(ref sentence),
            TextKind.Alert => TakeAlert(ref sentence, subscription),
            TextKind.Source => TakeSource(ref sentence, subscription, now),
            TextKind.Info => TakeServer(ref sentence, subscription),
            TextKind.Gps => TakeServer(ref sentence, subscription),
            TextKind.Battery => TakeServer(ref sentence, subscription),
            TextKind.Time => TakeTime(ref sentence),
            TextKind.Message => TakeMessage(ref sentence, subscription, now),
            TextKind.Channel => TakeChannel(ref sentence, subscription),
            TextKind.NetworkTag or TextKind.ClientTag => TakeTag(ref sentence, subscription),
            _ => true,
        };
        if (taken)
        {
            Taken++;
        }
    }

    /// <summary>The word of a field; false at the end of the line. The last field of a loose sentence takes all that is left.</summary>
    public static bool TryRead(scoped ref SentenceReader sentence, TextSubscription subscription, int field, out Word word) =>
        subscription.IsLoose && field == subscription.Names.Length - 1 && sentence.Rest is not [WordReader.Quote, ..]
            ? sentence.TryReadRest(out word)
            : sentence.TryRead(out word);

    private bool TakeNetwork(scoped ref SentenceReader sentence, TextSubscription subscription)
    {
        if (!TryReadAddress(ref sentence, TextField.Bssid, subscription, 0, out MacAddress bssid))
        {
            return false;
        }

        TextDeviceRow? device = Device(bssid);
        HeardFacts facts = device?.Bss?.Facts ?? default;
        facts.IsStable = subscription.Kind == TextKind.Network;
        ReadOnlySpan<byte> name = [];
        ReadOnlySpan<byte> manufacturer = [];
        int bad = 0;
        ReadOnlySpan<TextField> fields = subscription.Fields;
        int at = 1;
        for (; at < fields.Length && TryRead(ref sentence, subscription, at, out Word word); at++)
        {
            switch (fields[at])
            {
                case TextField.Ssid:
                    name = word.IsEmpty ? [] : word.Value;
                    break;
                case TextField.Manuf:
                    manufacturer = word.Value;
                    break;
                default:
                    bad += facts.TrySet(fields[at], word) ? 0 : 1;
                    break;
            }
        }

        if (!Whole(at, sentence, subscription, bad))
        {
            return false;
        }

        if (!WireValue.TryGetNetworkType(facts.Type, Era, out NetworkType type))
        {
            Drop(TextDropReason.BadValue);
            type = NetworkType.AccessPoint;
        }

        if (type == NetworkType.Remove)
        {
            Remove(bssid);
            return true;
        }

        device ??= Add(bssid);
        BssState bss = device.MakeBss();
        bss.Facts = facts;
        bool shown = bss.Type != type;
        bss.Type = type;
        device.SetManufacturer(manufacturer);
        device.Heard(facts.Last);
        if (facts.IsStable)
        {
            shown |= TakeName(device, bss, name, facts);
        }

        Changed(device);
        if (shown)
        {
            TellClients(device);
        }

        return true;
    }

    // A network of stable has one name, told with it.
    private bool TakeName(TextDeviceRow device, BssState bss, ReadOnlySpan<byte> name, in HeardFacts facts)
    {
        if (bss.Ssids.Count == 0)
        {
            bss.Ssids.Add(new SsidFacts());
        }

        SsidFacts ssid = bss.Ssids[0];
        bool renamed = ssid.SetName(name);
        ssid.Type = bss.Type == NetworkType.Probe ? SsidType.ProbeRequest : SsidType.Beacon;
        ssid.CryptSet = facts.CryptSet;
        ssid.Cloaked = facts.Cloaked;
        ssid.First = facts.First;
        ssid.Last = facts.Last;
        ssid.MaxRateMbps = facts.MaxRateMbps;
        ssid.BeaconRate = facts.BeaconRate;

        // One known from data alone advertises nothing.
        bool advertised = bss.Type is NetworkType.AccessPoint or NetworkType.AdHoc or NetworkType.Turbocell || ssid.Name.Length > 0;
        Show(device, ssid, advertised && !ssid.IsProbe);
        return renamed;
    }

    private bool TakeSsid(scoped ref SentenceReader sentence, TextSubscription subscription)
    {
        ReadOnlySpan<TextField> fields = subscription.Fields;
        if (!TryReadAddress(ref sentence, TextField.Mac, subscription, 0, out MacAddress mac))
        {
            return false;
        }

        // The real client reads the sum as signed: so it comes from some as a negative number.
        long checksum = 0;
        if (fields.Length < 2 || fields[1] != TextField.Checksum || !sentence.TryRead(out Word key) || !key.TryGetInt64(out checksum))
        {
            Drop(TextDropReason.BadKey);
            return false;
        }

        checksum = (uint)checksum;
        ReadOnlySpan<byte> name = [];
        ReadOnlySpan<byte> country = [];
        ReadOnlySpan<byte> maker = [];
        ReadOnlySpan<byte> deviceName = [];
        ReadOnlySpan<byte> model = [];
        HeardFacts facts = default;
        long packets = 0;
        long beacons = 0;
        ulong crypt = 0;
        int wps = 0;
        int bad = 0;
        int at = 2;
        for (; at < fields.Length && TryRead(ref sentence, subscription, at, out Word word); at++)
        {
            bool good = true;
            switch (fields[at])
            {
                case TextField.Ssid:
                    name = word.Value;
                    break;
                case TextField.CryptSet:
                    good = word.TryGetUInt64(out crypt);
                    break;
                case TextField.Packets:
                    good = HeardFacts.Count(word, ref packets);
                    break;
                case TextField.Beacons:
                    good = HeardFacts.Count(word, ref beacons);
                    break;
                case TextField.Dot11D:
                    country = word.Value;
                    break;
                case TextField.Wps:
                    good = HeardFacts.Number(word, 0, int.MaxValue, ref wps);
                    break;
                case TextField.WpsManuf:
                    maker = word.IsEmpty ? [] : word.Value;
                    break;
                case TextField.WpsDeviceName:
                    deviceName = word.IsEmpty ? [] : word.Value;
                    break;
                case TextField.WpsModelName:
                    model = word.IsEmpty ? [] : word.Value;
                    break;
                default:
                    good = facts.TrySet(fields[at], word);
                    break;
            }

            bad += good ? 0 : 1;
        }

        if (!Whole(at, sentence, subscription, bad))
        {
            return false;
        }

        SsidType kind = facts.Type is >= 0 and <= (long)SsidType.File ? (SsidType)facts.Type : SsidType.Beacon;
        TextDeviceRow device = Device(mac) ?? Add(mac);
        if (device.Bss is null && kind == SsidType.ProbeRequest)
        {
            // Told of a name somebody asks for, and of no network of his: he has none.
            device.MakeBss().Type = NetworkType.Probe;
        }

        BssState bss = device.MakeBss();
        SsidFacts? ssid = bss.Ssids.Find(s => s.Checksum == checksum);
        if (ssid is null)
        {
            if (bss.Ssids.Count >= MaxNamesPerDevice)
            {
                Drop(TextDropReason.TooMany);
                return false;
            }

            ssid = new SsidFacts { Checksum = checksum };
            bss.Ssids.Add(ssid);
        }

        SsidFacts? current = bss.Current;
        ssid.SetName(name);
        ssid.Type = kind;
        ssid.CryptSet = crypt;
        ssid.Cloaked = facts.Cloaked;
        ssid.First = facts.First;
        ssid.Last = facts.Last;
        ssid.MaxRateMbps = facts.MaxRateMbps;
        ssid.BeaconRate = facts.BeaconRate;
        ssid.Packets = packets;

        // Since the last line.
        ssid.Beacons += beacons;
        ssid.Wps = wps;
        ssid.Manufacturer = maker.IsEmpty ? ssid.Manufacturer : Known(ssid.Manufacturer, maker);
        ssid.DeviceName = deviceName.IsEmpty ? ssid.DeviceName : Known(ssid.DeviceName, deviceName);
        ssid.Model = model.IsEmpty ? ssid.Model : Known(ssid.Model, model);
        ssid.Country = country is [(byte)'X', (byte)'X', ..] || country.Length < 3 || !char.IsAsciiLetterUpper((char)country[0]) || !char.IsAsciiLetterUpper((char)country[1])
            ? ssid.Country
            : Known(ssid.Country, country[..2]);
        if (!ssid.IsProbe)
        {
            device.Heard(ssid.Last);
        }

        ShowNames(device, bss);
        Changed(device);
        if (!ReferenceEquals(current, bss.Current))
        {
            TellClients(device);
        }

        return true;
    }

    // The hidden name and the one learnt from a probe response are one network.
    private void ShowNames(TextDeviceRow device, BssState bss)
    {
        bool learnt = false;
        foreach (SsidFacts ssid in bss.Ssids)
        {
            learnt |= ssid.Type == SsidType.ProbeResponse && ssid.Name.Length > 0;
        }

        foreach (SsidFacts ssid in bss.Ssids)
        {
            Show(device, ssid, !ssid.IsProbe && (ssid.Name.Length > 0 || !learnt));
        }
    }

    // Puts a name into the tables, under the name it has now, or takes it out.
    private void Show(TextDeviceRow device, SsidFacts ssid, bool show)
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

    private bool TakeClient(scoped ref SentenceReader sentence, TextSubscription subscription)
    {
        ReadOnlySpan<TextField> fields = subscription.Fields;
        if (!TryReadAddress(ref sentence, TextField.Bssid, subscription, 0, out MacAddress bssid) ||
            !TryReadAddress(ref sentence, TextField.Mac, subscription, 1, out MacAddress mac))
        {
            return false;
        }

        TextDeviceRow? device = Device(mac);
        ClientLink? link = device?.Links.Find(l => l.Bssid == bssid);
        HeardFacts facts = link?.Facts ?? default;
        facts.IsStable = Era == TextEra.Stable;
        ReadOnlySpan<byte> manufacturer = [];
        int bad = 0;
        int at = 2;
        for (; at < fields.Length && TryRead(ref sentence, subscription, at, out Word word); at++)
        {
            if (fields[at] == TextField.Manuf)
            {
                manufacturer = word.Value;
            }
            else
            {
                bad += facts.TrySet(fields[at], word) ? 0 : 1;
            }
        }

        if (!Whole(at, sentence, subscription, bad))
        {
            return false;
        }

        if (!WireValue.TryGetClientType(facts.Type, Era, out ClientType type))
        {
            Drop(TextDropReason.BadValue);
            type = ClientType.Unknown;
        }

        device ??= Add(mac);
        link ??= device.LinkTo(bssid)!;
        link.Facts = facts;
        link.Type = type;
        device.SetManufacturer(manufacturer);

        // 2008 knows the first time of one that only probed, and no last one.
        device.Heard(Math.Max(facts.First, facts.Last));
        if (type == ClientType.Remove)
        {
            device.Links.Remove(link);
            type = ClientType.Unknown;
        }

        Changed(device);
        if (mac != bssid && Device(bssid) is { Bss: { } bss } ap)
        {
            // Who sits behind the access point on the wire is no client of it.
            bool isClient = type is ClientType.ToDs or ClientType.Established or ClientType.AdHoc && bss.Type != NetworkType.Probe;
            if (isClient ? bss.Clients.Add(mac) : bss.Clients.Remove(mac))
            {
                Changed(ap);
            }
        }

        return true;
    }

    private bool TakeSourceSignal(scoped ref SentenceReader sentence, TextSubscription subscription)
    {
        ReadOnlySpan<TextField> fields = subscription.Fields;
        bool ofClient = subscription.Kind == TextKind.ClientSource;
        int at = 1;
        if (!TryReadAddress(ref sentence, TextField.Bssid, subscription, 0, out MacAddress mac) ||
            (ofClient && !TryReadAddress(ref sentence, TextField.Mac, subscription, at++, out mac)))
        {
            return false;
        }

        SourceSignal signal = new() { OfClient = ofClient };
        int bad = 0;
        for (; at < fields.Length && TryRead(ref sentence, subscription, at, out Word word); at++)
        {
            bool good = true;
            switch (fields[at])
            {
                case TextField.Uuid:
                    good = word.TryGetUuid(out signal.Uuid);
                    break;
                case TextField.LastTime:
                    good = HeardFacts.Count(word, ref signal.Last);
                    break;
                case TextField.NumPackets:
                    good = HeardFacts.Count(word, ref signal.Packets);
                    break;
                case TextField.SignalDbm:
                    good = HeardFacts.Dbm(word, ref signal.Signal);
                    break;
                case TextField.MinSignalDbm:
                    good = HeardFacts.Dbm(word, ref signal.SignalMin);
                    break;
                case TextField.MaxSignalDbm:
                    good = HeardFacts.Dbm(word, ref signal.SignalMax);
                    break;
                default:
                    break;
            }

            bad += good ? 0 : 1;
        }

        if (!Whole(at, sentence, subscription, bad) || Device(mac) is not { } device)
        {
            // One that is not known will be told with what is known of it.
            return false;
        }

        device.SetSource(signal);
        Changed(device);
        return true;
    }

    private bool TakeRemove(scoped ref SentenceReader sentence)
    {
        if (!sentence.TryRead(out Word word) || !word.TryGetMac(out MacAddress bssid))
        {
            Drop(TextDropReason.BadKey);
            return false;
        }

        Remove(bssid);
        return true;
    }

    // The network goes; who was in it stays as long as it is told of elsewhere.
    private void Remove(MacAddress bssid)
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

    private bool TakeAlert(scoped ref SentenceReader sentence, TextSubscription subscription)
    {
        ReadOnlySpan<TextField> fields = subscription.Fields;
        long seconds = 0;
        long microseconds = 0;
        MacAddress bssid = default;
        MacAddress source = default;
        MacAddress destination = default;
        int channel = 0;
        ReadOnlySpan<byte> header = [];
        ReadOnlySpan<byte> text = [];
        int bad = 0;
        int at = 0;
        for (; at < fields.Length && TryRead(ref sentence, subscription, at, out Word word); at++)
        {
            bool good = true;
            switch (fields[at])
            {
                case TextField.Sec:
                    good = HeardFacts.Count(word, ref seconds);
                    break;
                case TextField.Usec:
                    good = HeardFacts.Count(word, ref microseconds);
                    break;
                case TextField.Header:
                    header = word.Value;
                    break;
                case TextField.Bssid:
                    good = word.TryGetMac(out bssid);
                    break;
                case TextField.Source:
                    good = word.TryGetMac(out source);
                    break;
                case TextField.Dest:
                    good = word.TryGetMac(out destination);
                    break;
                case TextField.Channel:
                    good = HeardFacts.Number(word, 0, 1000, ref channel);
                    break;
                case TextField.Text:
                    text = word.Value;
                    break;
                default:
                    break;
            }

            bad += good ? 0 : 1;
        }

        if (!Whole(at, sentence, subscription, bad))
        {
            return false;
        }

        // The backlog comes again with every connection.
        if (!IsNewAlert(HashCode.Combine(seconds, microseconds, source, bssid), Hash(header) ^ Hash(text)))
        {
            return true;
        }

        bool known = AlertHeader.TryRead(header, out KismetAlertType type);
        string headerText = Plain(header);
        string sentenceText = Text(text);
        string? ssid = Device(bssid)?.Bss?.Current?.Name is { Length: > 0 } name ? name : null;
        DateTimeOffset time = Time(seconds) is { } whole ? whole.AddMicroseconds(microseconds % 1_000_000) : DateTimeOffset.UtcNow;
        MacAddress about = bssid;
        MacAddress from = source;
        MacAddress to = destination;
        int heard = channel;
        Tables.AddAlert(sequence => new KismetAlert
        {
            Sequence = sequence,
            Time = time,
            Type = known ? type : KismetAlertType.Other,
            Header = headerText,
            Text = sentenceText,
            Bssid = about.IsZero ? null : about.ToString(),
            MacAddress = from.IsZero ? null : from.ToString(),
            Destination = to.IsZero ? null : to.ToString(),
            Ssid = ssid,
            Channel = heard == 0 ? null : heard,
            SessionId = SessionId,
        });
        return true;
    }

    private bool IsNewAlert(int when, int what)
    {
        const int Remembered = 1024;
        ulong key = ((ulong)(uint)when << 32) | (uint)what;
        if (!_alertsKnown.Add(key))
        {
            return false;
        }

        _alertOrder.Enqueue(key);
        if (_alertOrder.Count > Remembered)
        {
            _alertsKnown.Remove(_alertOrder.Dequeue());
        }

        return true;
    }

    private bool TakeSource(scoped ref SentenceReader sentence, TextSubscription subscription, DateTimeOffset now)
    {
        SourceFacts facts = new() { Told = now };
        ReadOnlySpan<TextField> fields = subscription.Fields;
        ReadOnlySpan<byte> key = [];
        bool isCard = subscription.Name == "CARD";
        int bad = 0;
        int at = 0;
        for (; at < fields.Length; at++)
        {
            // Whose name may hold blanks: up to the UUID that is asked for once more behind it.
            if (fields[at] == TextField.Username && !isCard && TryReadUpTo(ref sentence, key, out ReadOnlySpan<byte> name))
            {
                facts.Name = Plain(name);
                at++;
                continue;
            }

            if (!TryRead(ref sentence, subscription, at, out Word word))
            {
                break;
            }

            bool good = true;
            switch (fields[at])
            {
                case TextField.Uuid or TextField.Id:
                    key = word.Value;
                    break;
                default:
                    good = facts.TrySet(fields[at], word);
                    break;
            }

            bad += good ? 0 : 1;
        }

        if (!Whole(at, sentence, subscription, bad))
        {
            return false;
        }

        if (key.IsEmpty || key.Length > 64)
        {
            Drop(TextDropReason.BadKey);
            return false;
        }

        if (!Server.TakeSource(Plain(key), facts))
        {
            Drop(TextDropReason.TooMany);
            return false;
        }

        return true;
    }

    private bool TakeServer(scoped ref SentenceReader sentence, TextSubscription subscription)
    {
        ReadOnlySpan<TextField> fields = subscription.Fields;
        ServerTotals totals = Server.Totals;
        int bad = 0;
        int at = 0;
        for (; at < fields.Length && TryRead(ref sentence, subscription, at, out Word word); at++)
        {
            bad += totals.TrySet(fields[at], word) ? 0 : 1;
        }

        if (!Whole(at, sentence, subscription, bad))
        {
            return false;
        }

        Server.Totals = totals;
        return true;
    }

    private bool TakeTime(scoped ref SentenceReader sentence)
    {
        if (!sentence.TryRead(out Word word) || !word.TryGetInt64(out long seconds) || Time(seconds) is not { } time)
        {
            Drop(TextDropReason.BadValue);
            return false;
        }

        Server.Time = time;
        return true;
    }

    private bool TakeMessage(scoped ref SentenceReader sentence, TextSubscription subscription, DateTimeOffset now)
    {
        ReadOnlySpan<TextField> fields = subscription.Fields;
        ReadOnlySpan<byte> text = [];
        long flags = 0;
        int at = 0;
        for (; at < fields.Length && TryRead(ref sentence, subscription, at, out Word word); at++)
        {
            if (fields[at] is TextField.Text or TextField.Message)
            {
                text = word.Value;
            }
            else if (fields[at] == TextField.Flags)
            {
                HeardFacts.Count(word, ref flags);
            }
        }

        if (!Whole(at, sentence, subscription, 0))
        {
            return false;
        }

        Server.AddMessage(new KismetServerMessage
        {
            Time = now,
            Text = Text(text),
            IsError = subscription.Name == "CRITFAIL" || ((MessageFlags)flags & (MessageFlags.Error | MessageFlags.Fatal)) != 0,
        });
        return true;
    }

    private bool TakeChannel(scoped ref SentenceReader sentence, TextSubscription subscription)
    {
        ReadOnlySpan<TextField> fields = subscription.Fields;
        ChannelFacts facts = default;
        int bad = 0;
        int at = 0;
        for (; at < fields.Length && TryRead(ref sentence, subscription, at, out Word word); at++)
        {
            bad += facts.TrySet(fields[at], word) ? 0 : 1;
        }

        if (!Whole(at, sentence, subscription, bad))
        {
            return false;
        }

        if (!Server.TakeChannel(facts))
        {
            Drop(TextDropReason.TooMany);
            return false;
        }

        return true;
    }

    private bool TakeTag(scoped ref SentenceReader sentence, TextSubscription subscription)
    {
        int at = 1;
        if (!TryReadAddress(ref sentence, TextField.Bssid, subscription, 0, out MacAddress mac) ||
            (subscription.Kind == TextKind.ClientTag && !TryReadAddress(ref sentence, TextField.Mac, subscription, at++, out mac)))
        {
            return false;
        }

        ReadOnlySpan<TextField> fields = subscription.Fields;
        ReadOnlySpan<byte> tag = [];
        ReadOnlySpan<byte> value = [];
        for (; at < fields.Length && TryRead(ref sentence, subscription, at, out Word word); at++)
        {
            tag = fields[at] == TextField.Tag ? word.Value : tag;
            value = fields[at] == TextField.Value ? word.Value : value;
        }

        if (!Whole(at, sentence, subscription, 0) || Device(mac) is not { } device)
        {
            return false;
        }

        TagFacts tags = (subscription.Kind == TextKind.ClientTag ? device.Tags : device.Bss?.Tags) ?? new TagFacts();
        if (tags.TryTake(tag, value))
        {
            if (subscription.Kind == TextKind.ClientTag)
            {
                device.Tags = tags;
            }
            else if (device.Bss is { } bss)
            {
                bss.Tags = tags;
                TellClients(device);
            }

            Changed(device);
        }

        return true;
    }

    // Exactly a word for each field; values that were none are counted, the others stand.
    private bool Whole(int read, SentenceReader sentence, TextSubscription subscription, int bad)
    {
        if (read < subscription.Names.Length || (!subscription.IsRaw && !sentence.Rest.IsEmpty))
        {
            Drop(TextDropReason.WordCount);
            return false;
        }

        for (; bad > 0; bad--)
        {
            Drop(TextDropReason.BadValue);
        }

        return true;
    }

    private bool TryReadAddress(scoped ref SentenceReader sentence, TextField field, TextSubscription subscription, int place, out MacAddress address)
    {
        address = default;
        if (subscription.Fields.Length > place && subscription.Fields[place] == field && sentence.TryRead(out Word word) &&
            word.TryGetMac(out address) && !address.IsZero)
        {
            if (address.IsGroup)
            {
                Drop(TextDropReason.GroupAddress);
            }

            return !address.IsGroup;
        }

        Drop(TextDropReason.BadKey);
        return false;
    }

    private static bool TryReadUpTo(scoped ref SentenceReader sentence, ReadOnlySpan<byte> end, out ReadOnlySpan<byte> value)
    {
        value = [];
        if (end.IsEmpty || sentence.Rest is [WordReader.Quote, ..])
        {
            return false;
        }

        ReadOnlySpan<byte> rest = sentence.Rest;
        int length = -1;
        while (sentence.TryRead(out Word word))
        {
            if (word.Value.SequenceEqual(end))
            {
                value = length < 0 ? [] : rest[..length];
                return true;
            }

            length = (length < 0 ? 0 : length + 1) + word.Raw.Length;
        }

        return false;
    }

    private TextDeviceRow Add(MacAddress address)
    {
        TextDeviceRow row = new(this, address);
        Tables.AddDevice(address, row);
        return row;
    }

    // What a client shows of its network has changed.
    private void TellClients(TextDeviceRow device)
    {
        foreach (MacAddress client in device.Bss?.Clients ?? [])
        {
            if (Device(client) is { } station)
            {
                Tables.Changed(station);
            }
        }
    }

    private static string Known(string? had, ReadOnlySpan<byte> word)
    {
        string text = Text(word);
        return text == had ? had : text;
    }

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        HashCode hash = default;
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
