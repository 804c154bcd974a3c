using KismetPS.Kismet.Text.Values;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Text.Client.Sentences;

/// <summary>BSSID of newcore and NETWORK of stable: a network; and REMOVE: it is gone.</summary>
internal static class NetworkSentence
{
    /// <summary>Takes a network; false when it came to nothing.</summary>
    public static bool Take(TextWorld world, scoped ref FieldReader fields, bool isStable)
    {
        if (!fields.TryReadAddress(world, TextField.Bssid, out MacAddress bssid))
        {
            return false;
        }

        // Read into a copy, so that a sentence cut short changes nothing.
        TextDeviceRow? device = world.Device(bssid);
        HeardFacts facts = device?.Bss?.Facts ?? default;
        facts.IsStable = isStable;
        ReadOnlySpan<byte> name = [];
        ReadOnlySpan<byte> manufacturer = [];
        while (fields.TryRead(out TextField field, out Word word))
        {
            switch (field)
            {
                case TextField.Ssid:
                    name = word.IsEmpty ? [] : word.Value;
                    break;
                case TextField.Manuf:
                    manufacturer = word.Value;
                    break;
                default:
                    fields.Check(facts.TrySet(field, word));
                    break;
            }
        }

        if (!fields.IsWhole(world))
        {
            return false;
        }

        if (!WireValue.TryGetNetworkType(facts.Type, world.Era, out NetworkType type))
        {
            world.Drop(TextDropReason.BadValue);
            type = NetworkType.AccessPoint;
        }

        if (type == NetworkType.Remove)
        {
            world.RemoveNetwork(bssid);
            return true;
        }

        device ??= world.Add(bssid);
        BssState bss = device.MakeBss();
        bss.Facts = facts;
        bool shown = bss.Type != type;
        bss.Type = type;
        device.SetManufacturer(manufacturer);
        device.Heard(facts.Last);
        if (isStable)
        {
            shown |= TakeName(world, device, bss, name);
        }

        world.Changed(device);
        if (shown)
        {
            world.ChangedClients(device);
        }

        return true;
    }

    /// <summary>Takes that a network is gone.</summary>
    public static bool TakeRemove(TextWorld world, scoped ref FieldReader fields)
    {
        if (!fields.TryRead(out _, out Word word) || !word.TryGetMac(out MacAddress bssid))
        {
            world.Drop(TextDropReason.BadKey);
            return false;
        }

        world.RemoveNetwork(bssid);
        return true;
    }

    // A network of stable has one name, told with it.
    private static bool TakeName(TextWorld world, TextDeviceRow device, BssState bss, ReadOnlySpan<byte> name)
    {
        if (bss.Ssids.Count == 0)
        {
            bss.Ssids.Add(new SsidFacts());
        }

        SsidFacts ssid = bss.Ssids[0];
        bool renamed = ssid.SetName(name);
        ssid.Type = bss.Type == NetworkType.Probe ? SsidType.ProbeRequest : SsidType.Beacon;
        ssid.Set(bss.Facts);

        // One known from data alone advertises nothing.
        bool advertised = bss.Type is NetworkType.AccessPoint or NetworkType.AdHoc or NetworkType.Turbocell || ssid.Name.Length > 0;
        world.ShowName(device, ssid, advertised && !ssid.IsProbe);
        return renamed;
    }
}
