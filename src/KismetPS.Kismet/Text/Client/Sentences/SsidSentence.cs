using KismetPS.Kismet.Text.Values;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Text.Client.Sentences;

/// <summary>SSID of newcore: a name of a network, or one that is asked for.</summary>
internal static class SsidSentence
{
    private const int MaxNamesPerDevice = 128;

    /// <summary>Takes a name; false when it came to nothing.</summary>
    public static bool Take(TextWorld world, scoped ref FieldReader fields)
    {
        if (!fields.TryReadAddress(world, TextField.Mac, out MacAddress mac))
        {
            return false;
        }

        // The real client reads the sum as signed: so it comes from some as a negative number.
        if (!fields.TryRead(out TextField key, out Word sum) || key != TextField.Checksum || !sum.TryGetInt64(out long checksum))
        {
            world.Drop(TextDropReason.BadKey);
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
        int wps = 0;
        while (fields.TryRead(out TextField field, out Word word))
        {
            switch (field)
            {
                case TextField.Ssid:
                    name = word.Value;
                    break;
                case TextField.Packets:
                    fields.Check(word.TryCount(ref packets));
                    break;
                case TextField.Beacons:
                    fields.Check(word.TryCount(ref beacons));
                    break;
                case TextField.Dot11D:
                    country = word.Value;
                    break;
                case TextField.Wps:
                    fields.Check(word.TryNumber(0, int.MaxValue, ref wps));
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
                    fields.Check(facts.TrySet(field, word));
                    break;
            }
        }

        if (!fields.IsWhole(world))
        {
            return false;
        }

        SsidType kind = facts.Type is >= 0 and <= (long)SsidType.File ? (SsidType)facts.Type : SsidType.Beacon;
        TextDeviceRow device = world.Device(mac) ?? world.Add(mac);
        if (device.Bss is null && kind == SsidType.ProbeRequest)
        {
            // Told of a name somebody asks for, and of no network of his: he has none.
            device.MakeBss().Type = NetworkType.Probe;
        }

        BssState bss = device.MakeBss();
        SsidFacts? ssid = bss.Of(checksum);
        if (ssid is null)
        {
            if (bss.Ssids.Count >= MaxNamesPerDevice)
            {
                world.Drop(TextDropReason.TooMany);
                return false;
            }

            ssid = new SsidFacts { Checksum = checksum };
            bss.Ssids.Add(ssid);
        }

        SsidFacts? current = bss.Current;
        ssid.SetName(name);
        ssid.Type = kind;
        ssid.Set(facts);
        ssid.Packets = packets;

        // Since the last line.
        ssid.Beacons += beacons;
        ssid.Wps = wps;
        ssid.Manufacturer = maker.IsEmpty ? ssid.Manufacturer : UserText.Kept(ssid.Manufacturer, maker);
        ssid.DeviceName = deviceName.IsEmpty ? ssid.DeviceName : UserText.Kept(ssid.DeviceName, deviceName);
        ssid.Model = model.IsEmpty ? ssid.Model : UserText.Kept(ssid.Model, model);
        ssid.Country = IsCountry(country) ? UserText.Kept(ssid.Country, country[..2]) : ssid.Country;
        if (!ssid.IsProbe)
        {
            device.Heard(ssid.Last);
        }

        world.ShowNames(device, bss);
        world.Changed(device);
        if (!ReferenceEquals(current, bss.Current))
        {
            world.ChangedClients(device);
        }

        return true;
    }

    // "AT:1-13-20:"; "XXX:" is none.
    private static bool IsCountry(ReadOnlySpan<byte> text) =>
        text.Length >= 3 && text is not [(byte)'X', (byte)'X', ..] && char.IsAsciiLetterUpper((char)text[0]) && char.IsAsciiLetterUpper((char)text[1]);
}
