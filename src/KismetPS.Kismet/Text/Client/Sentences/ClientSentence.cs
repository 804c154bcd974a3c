using KismetPS.Kismet.Text.Values;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Text.Client.Sentences;

/// <summary>CLIENT of either era: a device in a network.</summary>
internal static class ClientSentence
{
    /// <summary>Takes a client; false when it came to nothing.</summary>
    public static bool Take(TextWorld world, scoped ref FieldReader fields)
    {
        if (!fields.TryReadAddress(world, TextField.Bssid, out MacAddress bssid) || !fields.TryReadAddress(world, TextField.Mac, out MacAddress mac))
        {
            return false;
        }

        // Read into a copy, so that a sentence cut short changes nothing.
        TextDeviceRow? device = world.Device(mac);
        ClientLink? link = device?.LinkOf(bssid);
        HeardFacts facts = link?.Facts ?? default;
        facts.IsStable = world.Era == TextEra.Stable;
        ReadOnlySpan<byte> manufacturer = [];
        while (fields.TryRead(out TextField field, out Word word))
        {
            if (field == TextField.Manuf)
            {
                manufacturer = word.Value;
            }
            else
            {
                fields.Check(facts.TrySet(field, word));
            }
        }

        if (!fields.IsWhole(world))
        {
            return false;
        }

        if (!WireValue.TryGetClientType(facts.Type, world.Era, out ClientType type))
        {
            world.Drop(TextDropReason.BadValue);
            type = ClientType.Unknown;
        }

        device ??= world.Add(mac);
        link ??= device.Join(bssid);
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

        world.Changed(device);
        if (mac != bssid && world.Device(bssid) is { Bss: { } bss } ap)
        {
            // Who sits behind the access point on the wire is no client of it.
            bool isClient = type is ClientType.ToDs or ClientType.Established or ClientType.AdHoc && bss.Type != NetworkType.Probe;
            if (isClient ? bss.Clients.Add(mac) : bss.Clients.Remove(mac))
            {
                world.Changed(ap);
            }
        }

        return true;
    }
}
