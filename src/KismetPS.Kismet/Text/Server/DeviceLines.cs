using System.Text;
using KismetPS.Kismet.Text.Values;
using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Text.Server;

/// <summary>Prints the sentences that tell of devices: NETWORK, BSSID, SSID, CLIENT, their sources and tags.</summary>
internal static class DeviceLines
{
    /// <summary>Prints all lines of a device for a sentence; gives how many.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="group">Sentence and fields.</param>
    /// <param name="device">Device.</param>
    /// <param name="uuidOf">The number of a sensor of a session.</param>
    public static int Write(ref SentenceWriter writer, LineGroup group, WireDevice device, Func<int, string, Guid> uuidOf)
    {
        TextEra era = group.Sentence.Era;
        switch (group.Sentence.Kind)
        {
            case SentenceKind.Network or SentenceKind.Bssid when device.IsNetwork:
                Network(ref writer, group, device);
                return 1;
            case SentenceKind.Client when device.HasClientLine(era):
                Client(ref writer, group, device);
                return 1;
            case SentenceKind.Ssid:
                foreach (WireName name in device.Names)
                {
                    Name(ref writer, group, device, name);
                }

                return device.Names.Count;
            case SentenceKind.BssidSrc when device.IsNetwork:
                return Sources(ref writer, group, device, uuidOf);
            case SentenceKind.CliSrc when device.HasClientLine(era):
                return Sources(ref writer, group, device, uuidOf);
            case SentenceKind.NetTag when device.IsNetwork:
                return Tags(ref writer, group, device);
            case SentenceKind.CliTag when !device.IsNetwork:
                return Tags(ref writer, group, device);
            default:
                return 0;
        }
    }

    /// <summary>Prints that a network is gone.</summary>
    public static void Removed(ref SentenceWriter writer, LineGroup group, MacAddress bssid)
    {
        if (group.Sentence.Era == TextEra.Stable || group.Selection.Count == 1)
        {
            // Both eras print the bare value.
            Span<char> text = stackalloc char[17];
            bssid.TryFormat(text, out int length, default, null);
            Span<byte> bytes = stackalloc byte[17];
            Encoding.ASCII.GetBytes(text[..length], bytes);
            writer.Raw("REMOVE"u8, bytes[..length]);
        }
    }

    private static void Network(ref SentenceWriter writer, LineGroup group, WireDevice wire)
    {
        TextEra era = group.Sentence.Era;
        WireBss bss = wire.Bss;
        writer.Begin(group.Sentence.Definition.NameBytes);
        foreach (byte index in group.Selection.Indexes)
        {
            WireField field = group.Sentence[index];
            switch (field)
            {
                case WireField.Type:
                    writer.Number(WireValue.Of(TypeOf(wire), era));
                    break;
                case WireField.Ssid:
                    Ssid(ref writer, wire.CurrentName, era);
                    break;
                case WireField.BeaconInfo:
                    Info(ref writer, wire.CurrentName);
                    break;
                case WireField.Cloaked:
                    writer.Flag(Cloaked(wire.CurrentName));
                    break;
                case WireField.Wep when wire.CurrentName?.Network is { } network:
                    writer.Number((long)FieldWriter.Crypt(network.Security, network.Encryption, era));
                    break;
                case WireField.BeaconRate:
                    writer.Number(wire.Device.BeaconIntervalTu ?? 0);
                    break;
                default:
                    FieldWriter.Device(ref writer, field, wire, bss, era);
                    break;
            }
        }

        writer.End();
    }

    private static void Client(ref SentenceWriter writer, LineGroup group, WireDevice wire)
    {
        TextEra era = group.Sentence.Era;
        WireBss own = WireBss.Of(wire.Device);
        writer.Begin(group.Sentence.Definition.NameBytes);
        foreach (byte index in group.Selection.Indexes)
        {
            WireField field = group.Sentence[index];
            switch (field)
            {
                case WireField.Type:
                    writer.Number(WireValue.Of(ClientTypeOf(wire.Device), era));
                    break;
                case WireField.DhcpHost or WireField.DhcpVendor:
                    writer.Quoted([]);
                    break;
                case WireField.Dot11D:
                    // Broken in every newcore server; a form that is well formed and says nothing.
                    writer.Quoted("XXX:"u8);
                    break;
                default:
                    FieldWriter.Device(ref writer, field, wire, own, era);
                    break;
            }
        }

        writer.End();
    }

    private static void Name(ref SentenceWriter writer, LineGroup group, WireDevice wire, WireName name)
    {
        TextEra era = group.Sentence.Era;
        KismetDevice device = wire.Device;
        KismetNetwork? network = name.Network;
        writer.Begin("SSID"u8);
        foreach (byte index in group.Selection.Indexes)
        {
            switch (group.Sentence[index])
            {
                case WireField.Mac:
                    writer.Mac(wire.Address);
                    break;
                case WireField.Checksum:
                    writer.Number((long)name.Checksum);
                    break;
                case WireField.Type:
                    writer.Number((int)name.Type);
                    break;
                case WireField.Ssid:
                    writer.Quoted(name.Bytes);
                    break;
                case WireField.BeaconInfo:
                    Info(ref writer, name);
                    break;
                case WireField.CryptSet:
                    writer.Number((long)(network is null ? CryptSet.None : FieldWriter.Crypt(network.Security, network.Encryption, era)));
                    break;
                case WireField.Cloaked:
                    writer.Flag(Cloaked(name));
                    break;
                case WireField.FirstTime:
                    writer.Number((network?.FirstSeen ?? device.FirstSeen).ToUnixTimeSeconds());
                    break;
                case WireField.LastTime:
                    writer.Number((network?.LastSeen ?? device.LastSeen).ToUnixTimeSeconds());
                    break;
                case WireField.MaxRate:
                    FieldWriter.Rate(ref writer, name.IsAsked ? null : name.Ssid?.MaxRateMbps ?? device.MaxRateMbps, era);
                    break;
                case WireField.BeaconRate:
                    writer.Number(name.IsAsked ? 0 : BeaconsPerSecond(name.Ssid?.BeaconIntervalTu ?? device.BeaconIntervalTu));
                    break;
                case WireField.Packets:
                    writer.Number(name.Ssid?.Packets ?? name.Beacons);
                    break;
                case WireField.Beacons:
                    writer.Number(name.NewBeacons);
                    break;
                case WireField.Dot11D:
                    Country(ref writer, network?.Country);
                    break;
                case WireField.Wps:
                    writer.Number(network?.Wps switch { "Configured" => 1, "NotConfigured" => 2, "Locked" => 5, _ => 0 });
                    break;
                case WireField.WpsManuf:
                    FieldWriter.Quoted(ref writer, network?.Wps is null ? null : network.Manufacturer);
                    break;
                case WireField.WpsDeviceName:
                    FieldWriter.Quoted(ref writer, network?.Wps is null ? null : network.ApName);
                    break;
                case WireField.WpsModelName:
                    FieldWriter.Quoted(ref writer, network?.Model);
                    break;
                case WireField.WpsModelNumber:
                    writer.Quoted([]);
                    break;
                default:
                    writer.Number(0);
                    break;
            }
        }

        writer.End();
    }

    private static int Sources(ref SentenceWriter writer, LineGroup group, WireDevice wire, Func<int, string, Guid> uuidOf)
    {
        int lines = 0;
        foreach ((int session, KismetSensorSignal signal) in wire.Signals())
        {
            writer.Begin(group.Sentence.Definition.NameBytes);
            foreach (byte index in group.Selection.Indexes)
            {
                WireField field = group.Sentence[index];
                switch (field)
                {
                    case WireField.Uuid:
                        writer.Uuid(uuidOf(session, signal.SensorId));
                        break;
                    case WireField.LastTime:
                        writer.Number(signal.LastSeen.ToUnixTimeSeconds());
                        break;
                    case WireField.NumPackets:
                        writer.Number(signal.Packets);
                        break;
                    default:
                        if (!FieldWriter.Key(ref writer, field, wire) && !FieldWriter.Level(ref writer, field, signal.SignalDbm, signal.SignalMinDbm, signal.SignalMaxDbm, noise: null))
                        {
                            writer.Number(0);
                        }

                        break;
                }
            }

            writer.End();
            lines++;
        }

        return lines;
    }

    // What Kismet has no field for, where its clients show it: under the details of a network.
    private static int Tags(ref SentenceWriter writer, LineGroup group, WireDevice wire)
    {
        int lines = 0;
        KismetNetwork? network = wire.CurrentName?.Network;
        lines += Tag(ref writer, group, wire, "Security"u8, (network?.Security ?? wire.Device.Security).Text);
        lines += Tag(ref writer, group, wire, "Standard"u8, wire.Device.Standard is { } standard ? $"802.11{standard}" : null);
        lines += Tag(ref writer, group, wire, "Width"u8, network?.WidthMHz is { } width ? $"{width} MHz" : null);
        lines += Tag(ref writer, group, wire, "Name"u8, network?.ApName);
        lines += Tag(ref writer, group, wire, "MLD"u8, network?.MldAddress);
        return lines;
    }

    private static int Tag(ref SentenceWriter writer, LineGroup group, WireDevice wire, ReadOnlySpan<byte> tag, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return 0;
        }

        writer.Begin(group.Sentence.Definition.NameBytes);
        foreach (byte index in group.Selection.Indexes)
        {
            WireField field = group.Sentence[index];
            if (field == WireField.Tag)
            {
                writer.Quoted(tag);
            }
            else if (!FieldWriter.Key(ref writer, field, wire))
            {
                FieldWriter.Quoted(ref writer, value);
            }
        }

        writer.End();
        return 1;
    }

    private static void Ssid(ref SentenceWriter writer, WireName? name, TextEra era)
    {
        // Stable has a word of its own for none, and takes a name of blanks for none too; its client reads nothing shorter than one byte.
        if (era == TextEra.Stable && (name is null || name.Bytes.AsSpan().TrimStart((byte)' ').IsEmpty))
        {
            writer.Quoted("<no ssid>"u8);
        }
        else
        {
            writer.Quoted(name is null ? [] : name.Bytes);
        }
    }

    private static void Info(ref SentenceWriter writer, WireName? name)
    {
        if (name?.Network is { ApName: { } text, Wps: null })
        {
            FieldWriter.Quoted(ref writer, text);
        }
        else
        {
            writer.Quoted([], blankWhenEmpty: true);
        }
    }

    private static bool Cloaked(WireName? name) => name is not null && !name.IsAsked && (name.Network?.Hidden ?? name.Ssid?.Hidden ?? false);

    private static void Country(ref SentenceWriter writer, string? country)
    {
        if (country is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z'])
        {
            writer.Quoted("XXX:"u8);
            return;
        }

        writer.Quoted([(byte)country[0], (byte)country[1], (byte)':']);
    }

    // Newcore counts beacons per second, rounded up.
    private static int BeaconsPerSecond(int? intervalTu) => intervalTu is int tu and > 0 ? (int)Math.Ceiling(1_000_000.0 / (tu * 1024.0)) : 0;

    private static NetworkType TypeOf(WireDevice wire) => wire.Device.Type switch
    {
        KismetDeviceType.AdHoc => NetworkType.AdHoc,
        KismetDeviceType.Probe => NetworkType.Probe,
        KismetDeviceType.AccessPoint => NetworkType.AccessPoint,
        _ when wire.CurrentName is not null => NetworkType.AccessPoint,
        _ => NetworkType.Data,
    };

    private static ClientType ClientTypeOf(KismetDevice device) => device.Type switch
    {
        // A host behind the access point, and the access point itself, send from the distribution system.
        KismetDeviceType.Bridged or KismetDeviceType.AccessPoint => ClientType.FromDs,
        KismetDeviceType.Client or KismetDeviceType.Probe => ClientType.ToDs,
        KismetDeviceType.Wds => ClientType.InterDs,
        KismetDeviceType.AdHoc => ClientType.AdHoc,
        _ => ClientType.Unknown,
    };
}
