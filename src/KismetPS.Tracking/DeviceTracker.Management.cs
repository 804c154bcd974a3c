using KismetPS.Capture;
using KismetPS.Tracking.Alerts;
using KismetPS.Tracking.Engine;
using KismetPS.Tracking.Tables;
using KismetPS.Wireless;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;
using KismetPS.Wireless.Security;

namespace KismetPS.Tracking;

/// <summary>Management frames: what networks and clients tell of themselves.</summary>
internal sealed partial class DeviceTracker
{
    private const ushort CapabilityEss = 0x0001;
    private const ushort CapabilityIbss = 0x0002;

    private const ElementParts CapabilityParts =
        ElementParts.Rates | ElementParts.OfdmRates | ElementParts.Ht | ElementParts.Vht | ElementParts.He | ElementParts.Eht;

    private void OnManagement(int transmitter, ReadOnlySpan<byte> frame, in FrameFacts facts, in RadioInfo radio, in FrameInfo info)
    {
        long now = info.TimestampNs;
        bool hasElements = facts.Has(FrameParts.Elements);
        if (hasElements)
        {
            if (facts.Subtype == FrameSubtype.Beacon && OnRepeat(transmitter, frame, facts, radio, info))
            {
                return;
            }

            ElementReader.Read(frame, facts, ref _elements);
        }

        int bss = -1;
        switch (facts.Subtype)
        {
            case FrameSubtype.Beacon or FrameSubtype.ProbeResponse when hasElements:
                bss = OnAdvertisement(transmitter, frame, facts, radio, info);
                break;
            case FrameSubtype.ProbeRequest:
                OnProbeRequest(transmitter, frame, hasElements);
                break;
            case FrameSubtype.AssociationRequest or FrameSubtype.ReassociationRequest when IsStation(facts.Bssid):
                bss = Join(facts.Bssid, KismetDeviceType.AccessPoint, facts.Transmitter, KismetDeviceType.Client, now);
                OnAssociationRequest(transmitter, bss, frame, hasElements, now);
                break;
            case FrameSubtype.AssociationResponse or FrameSubtype.ReassociationResponse when IsStation(facts.Bssid):
                bss = Join(facts.Bssid, KismetDeviceType.AccessPoint, default, KismetDeviceType.Unknown, now);
                break;
            case FrameSubtype.Authentication when IsStation(facts.Bssid):
                bss = Join(facts.Bssid, KismetDeviceType.AccessPoint, facts.Transmitter, KismetDeviceType.Client, now);
                break;
            case FrameSubtype.Atim when IsStation(facts.Bssid):
                bss = Join(facts.Bssid, KismetDeviceType.AdHoc, facts.Transmitter, KismetDeviceType.AdHoc, now);
                break;
            default:
                bss = facts.Has(FrameParts.Bssid) ? _tables.Find(facts.Bssid) : -1;
                if (bss >= 0)
                {
                    _tables.Touch(bss);
                }

                break;
        }

        if (bss >= 0)
        {
            CountInBss(bss, facts, facts.FrameLength + facts.CutLength);
        }

        _alerts.OnManagement(facts, _elements, info);
    }

    private int OnAdvertisement(int transmitter, ReadOnlySpan<byte> frame, in FrameFacts facts, in RadioInfo radio, in FrameInfo info)
    {
        MacAddress bssid = IsStation(facts.Bssid) ? facts.Bssid : facts.Transmitter;
        bool adHoc = (facts.Capability & (CapabilityEss | CapabilityIbss)) == CapabilityIbss;
        // A mesh station beacons with neither capability bit set (IEEE Std 802.11-2020 9.4.1.4).
        bool mesh = !adHoc && _elements.Has(ElementParts.MeshId) && (facts.Capability & CapabilityEss) == 0;
        KismetDeviceType type = adHoc ? KismetDeviceType.AdHoc : mesh ? KismetDeviceType.Wds : KismetDeviceType.AccessPoint;
        int bss = Join(bssid, type, facts.Transmitter, type, info.TimestampNs);
        SetAdvertisedType(ref _tables.Devices[transmitter], type);
        SetAdvertisedType(ref _tables.Devices[bss], type);

        ref DeviceRow device = ref _tables.Devices[bss];
        ReadOnlySpan<byte> name = mesh && _elements.Has(ElementParts.MeshId) ? _elements.MeshId.Of(frame) : AdvertisedName(frame);
        if (_elements.Has(ElementParts.SsidTooLong) || (name.IsEmpty && !_elements.Has(ElementParts.SsidHidden)))
        {
            SetCapabilities(ref device, _elements);
            return bss;
        }

        bool beacon = facts.Subtype == FrameSubtype.Beacon;
        int network = FindNetwork(bss, name, beacon, info.TimestampNs, out bool isNew, out bool isNewName);
        if (network < 0)
        {
            return bss;
        }

        Advertisement advertisement = new(facts, _elements, info, bssid, isNew, isNewName, adHoc);
        ref NetworkRow row = ref _tables.Networks[network];
        HeardChannel told = HeardChannel.Of(_elements, radio);
        _alerts.OnAdvertisement(advertisement, row);
        SecurityRow before = row.Security;
        Update(ref row, frame, facts, told, info.TimestampNs);

        // What a name was used for is never taken back, so it is told again only where it changes.
        bool sameUse = row.IsUseNoted && row.AdHoc == adHoc && row.Security == before;
        row.AdHoc = adHoc;
        if (row.Name != 0 && !sameUse)
        {
            row.IsUseNoted = true;
            ref NameUse use = ref _tables.Names.UseOf(row.Name);
            use.Encryption |= row.Security.Encryption;
            use.Infrastructure |= !adHoc;
            use.AdHoc |= adHoc;
        }

        if (device.CurrentNetwork != network + 1 || isNewName || row.Security != before)
        {
            device.CurrentNetwork = network + 1;
            _tables.Tell(bss);
        }

        SetCapabilities(ref device, _elements);
        if (told.Channel != 0)
        {
            device.Channel = told.Channel;
            device.FrequencyMHz = told.FrequencyMHz;
        }

        return bss;
    }

    private ReadOnlySpan<byte> AdvertisedName(ReadOnlySpan<byte> frame) =>
        _elements.Has(ElementParts.Ssid) && (_elements.Parts & (ElementParts.SsidHidden | ElementParts.SsidTooLong)) == 0
            ? _elements.Ssid.Of(frame)
            : default;

    private void Count(ref NetworkRow row, in FrameFacts facts, long now)
    {
        row.Revision = _tables.Revision;
        row.LastNs = Math.Max(row.LastNs, now);
        row.FirstNs = Math.Min(row.FirstNs, now);
        row.Packets++;
        row.Beacons += facts.Subtype == FrameSubtype.Beacon ? 1 : 0;
        row.TsfUs = facts.TsfUs;
    }

    private void Update(ref NetworkRow row, ReadOnlySpan<byte> frame, in FrameFacts facts, HeardChannel told, long now)
    {
        Count(ref row, facts, now);
        row.BeaconIntervalTu = facts.BeaconIntervalTu;
        if (!_elements.Has(ElementParts.Truncated))
        {
            row.Security = SecurityRow.From(_elements.Security);
            row.Capabilities = _elements.Parts & CapabilityParts;
        }
        else
        {
            // What is missing may be in the part that was cut off: it adds to what is known and takes nothing away.
            row.Security = row.Security.Encryption == WirelessEncryption.Unknown ? SecurityRow.From(_elements.Security) : row.Security;
            row.Capabilities |= _elements.Parts & CapabilityParts;
        }

        row.MaxRateKbps = Math.Max(row.MaxRateKbps, _elements.MaxRateKbps);
        if (told.Channel != 0)
        {
            row.Channel = told.Channel;
            row.FrequencyMHz = told.FrequencyMHz;
        }

        row.WidthMHz = _elements.Has(ElementParts.Width) ? _elements.WidthMHz : row.WidthMHz;
        row.Country = _elements.Has(ElementParts.Country) ? _elements.Country : row.Country;
        row.AnnouncedChannel = _elements.Has(ElementParts.ChannelSwitch) ? _elements.SwitchChannel : row.AnnouncedChannel;
        if (_elements.Has(ElementParts.Qbss))
        {
            row.HasQbss = true;
            row.QbssStations = _elements.QbssStations;
            row.QbssUtilization = _elements.QbssUtilization;
        }

        if (_elements.Has(ElementParts.MultiLink))
        {
            row.MldAddress = _elements.MldAddress;
        }

        bool kept = true;
        if (_elements.Has(ElementParts.Wps))
        {
            row.HasWps = true;
            row.WpsState = _elements.WpsState;
            row.WpsLocked = _elements.WpsLocked;
            kept = KeepName(ref row.Manufacturer, _elements.WpsManufacturer.Of(frame))
                & KeepName(ref row.Model, _elements.WpsModelName.Of(frame))
                & KeepName(ref row.ApName, _elements.WpsDeviceName.Of(frame));
        }

        if (_elements.Has(ElementParts.ApName))
        {
            kept &= KeepName(ref row.ApName, _elements.ApName.Of(frame));
        }

        row.Content = ContentToKeep(facts, told.Channel, kept);
    }

    // False where there was no room for it.
    private bool KeepName(ref int slot, ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || (slot != 0 && _tables.Names.Is(slot, name)))
        {
            return true;
        }

        int taken = _tables.Names.Take(name, ofNetwork: false);
        if (taken != 0)
        {
            _tables.Names.Release(slot);
            slot = taken;
        }

        return taken != 0;
    }

    /// <summary>The network of that name, or the hidden one whose name this is; added if new. -1 where the device has too many.</summary>
    private int FindNetwork(int bss, ReadOnlySpan<byte> name, bool beacon, long nowNs, out bool isNew, out bool isNewName)
    {
        isNew = isNewName = false;
        int current = _tables.Devices[bss].CurrentNetwork - 1;
        if (current >= 0)
        {
            // The one advertised last, nearly always: its name is compared with, not looked up.
            ref NetworkRow row = ref _tables.Networks[current];
            if (name.IsEmpty ? row.Hidden : row.IsNamed(name, _tables.Names))
            {
                row.Hidden &= name.IsEmpty || !beacon;
                return current;
            }
        }

        int known = name.IsEmpty ? 0 : _tables.Names.Find(name);
        int nameless = -1;
        for (int next = _tables.Devices[bss].Networks; next != 0; next = _tables.Networks[next - 1].Next)
        {
            ref NetworkRow row = ref _tables.Networks[next - 1];
            if (name.IsEmpty ? row.Hidden : row.Name == known && known != 0)
            {
                row.Hidden &= name.IsEmpty || !beacon;
                return next - 1;
            }

            nameless = row.Name == 0 ? next - 1 : nameless;
        }

        // A hidden network answers a probe with its name: that is the name of the beacons without one.
        if (nameless >= 0 && !name.IsEmpty && !beacon)
        {
            _tables.Networks[nameless].SetName(_tables.Names.Take(name, ofNetwork: true), name);
            isNewName = _tables.Networks[nameless].Name != 0;
            return nameless;
        }

        int network = _tables.AddNetwork(bss, name, nowNs);
        isNew = network >= 0;
        isNewName = isNew && !name.IsEmpty;
        return network;
    }

    private void OnProbeRequest(int transmitter, ReadOnlySpan<byte> frame, bool hasElements)
    {
        ref DeviceRow device = ref _tables.Devices[transmitter];
        SetType(ref device, KismetDeviceType.Probe);
        if (!hasElements)
        {
            return;
        }

        SetCapabilities(ref device, _elements);
        ReadOnlySpan<byte> name = AdvertisedName(frame);
        if (!name.IsEmpty)
        {
            _tables.AddProbe(transmitter, name);
        }
    }

    private void OnAssociationRequest(int client, int bss, ReadOnlySpan<byte> frame, bool hasElements, long now)
    {
        if (!hasElements)
        {
            return;
        }

        ref DeviceRow device = ref _tables.Devices[client];
        SetCapabilities(ref device, _elements);
        if (_elements.Security.Encryption != WirelessEncryption.Unknown)
        {
            device.Security = SecurityRow.From(_elements.Security);
        }

        ReadOnlySpan<byte> name = AdvertisedName(frame);
        if (name.IsEmpty)
        {
            return;
        }

        KeepName(ref device.AssociatedName, name);
        NameHidden(bss, name, now);
    }

    // A client tells the name of a hidden network when it joins. It may lie, so it names what is nameless and adds to what is unknown, no more.
    private void NameHidden(int bss, ReadOnlySpan<byte> name, long now)
    {
        if (_tables.Devices[bss].Networks == 0)
        {
            FindNetwork(bss, name, beacon: false, now, out _, out _);
            _tables.Tell(bss);
            return;
        }

        int known = _tables.Names.Find(name);
        int nameless = -1;
        for (int next = _tables.Devices[bss].Networks; next != 0; next = _tables.Networks[next - 1].Next)
        {
            int id = _tables.Networks[next - 1].Name;
            if (id != 0 && id == known)
            {
                return;
            }

            nameless = id == 0 ? next - 1 : nameless;
        }

        if (nameless >= 0)
        {
            _tables.Networks[nameless].SetName(_tables.Names.Take(name, ofNetwork: false), name);
            _tables.Networks[nameless].Revision = _tables.Revision;
            _tables.Tell(bss);
        }
    }

    private static void SetCapabilities(ref DeviceRow device, in ElementFacts elements)
    {
        ElementParts told = elements.Parts & CapabilityParts;
        if (told != 0)
        {
            device.Capabilities = elements.Has(ElementParts.Truncated) ? device.Capabilities | told : told;
        }

        device.MaxRateKbps = Math.Max(device.MaxRateKbps, elements.MaxRateKbps);
    }
}
