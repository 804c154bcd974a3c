using System.Globalization;
using System.Text;
using System.Xml;
using KismetPS.Tracking;
using KismetPS.Wireless.Security;

namespace KismetPS.Export.Formats;

/// <summary>
/// Kismet's .netxml in the order of elements of its last writer (dumpfile_netxml.cc, 2013 to 2016, which is not that of its DTD): networks,
/// in each its names, then its clients. Times are UTC in the manner of ctime. As in Kismet's own files 0 stands for a number that is not known.
/// </summary>
internal sealed class NetXmlDeviceWriter(Stream stream) : DeviceFormatWriter
{
    private readonly List<KismetDevice> _devices = [];

    public override bool Write(KismetDevice device)
    {
        _devices.Add(device);
        return true;
    }

    public override void Complete()
    {
        using XmlWriter xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, IndentChars = " ", NewLineChars = "\n", Encoding = new UTF8Encoding(false), CloseOutput = false });
        xml.WriteStartDocument();
        xml.WriteDocType("detection-run", null, "http://kismetwireless.net/kismet-3.1.0.dtd", null);
        xml.WriteStartElement("detection-run");
        xml.WriteAttributeString("kismet-version", "KismetPS " + (typeof(NetXmlDeviceWriter).Assembly.GetName().Version?.ToString(3) ?? "0"));
        xml.WriteAttributeString("start-time", Time(_devices.Count == 0 ? DateTimeOffset.UtcNow : _devices.Min(static d => d.FirstSeen)));

        // A client is in the network of its BSSID; where nobody has heard that network itself it is one of data only, and a device that belongs
        // to none is a network of its own, as in Kismet.
        ILookup<string, KismetDevice> clients = _devices.Where(static d => !IsNetwork(d) && d.Bssid is not null && d.Bssid != d.MacAddress).ToLookup(static d => d.Bssid!, StringComparer.OrdinalIgnoreCase);
        var heard = new HashSet<string>(_devices.Where(IsNetwork).Select(static d => d.MacAddress), StringComparer.OrdinalIgnoreCase);
        int number = 0;
        foreach (KismetDevice device in _devices.Where(d => IsNetwork(d) || !clients.Contains(d.Bssid ?? string.Empty) || d.Bssid == d.MacAddress))
        {
            KismetDevice[] own = IsNetwork(device) ? [.. clients[device.MacAddress]] : [device];
            string type = device.Type switch
            {
                KismetDeviceType.AccessPoint => "infrastructure",
                KismetDeviceType.AdHoc => "ad-hoc",
                KismetDeviceType.Probe => "probe",
                KismetDeviceType.Unknown => "unknown",
                _ => "data",
            };
            Network(xml, ++number, type, device, device.MacAddress, own);
        }

        foreach (IGrouping<string, KismetDevice> orphans in clients.Where(g => !heard.Contains(g.Key)))
        {
            var bss = new KismetDevice { MacAddress = orphans.Key, FirstSeen = orphans.Min(static d => d.FirstSeen), LastSeen = orphans.Max(static d => d.LastSeen), Channel = orphans.First().Channel, FrequencyMHz = orphans.First().FrequencyMHz };
            Network(xml, ++number, "data", bss, orphans.Key, [.. orphans]);
        }

        xml.WriteEndElement();
        xml.WriteEndDocument();
        xml.Flush();
        stream.Write("\n"u8);
    }

    private static bool IsNetwork(KismetDevice device) => device.Type is KismetDeviceType.AccessPoint or KismetDeviceType.AdHoc;

    private static void Network(XmlWriter xml, int number, string type, KismetDevice device, string bssid, KismetDevice[] clients)
    {
        xml.WriteStartElement("wireless-network");
        Attribute(xml, "number", number.ToString(CultureInfo.InvariantCulture));
        Attribute(xml, "type", type);
        Attribute(xml, "first-time", Time(device.FirstSeen));
        Attribute(xml, "last-time", Time(device.LastSeen));
        if (IsNetwork(device))
        {
            IReadOnlyList<KismetSsid> names = device.Ssids.Count > 0
                ? device.Ssids
                : [new KismetSsid { Ssid = device.Ssid, Hidden = device.Ssid is null, Encryption = device.Encryption, FirstSeen = device.FirstSeen, LastSeen = device.LastSeen, MaxRateMbps = device.MaxRateMbps, BeaconIntervalTu = device.BeaconIntervalTu }];
            foreach (KismetSsid name in names)
            {
                Name(xml, name, device.Security);
            }
        }

        Element(xml, "BSSID", bssid);
        Element(xml, "manuf", device.Vendor ?? "Unknown");
        Radio(xml, device);
        Counts(xml, device);
        Element(xml, "bsstimestamp", "0");
        Element(xml, "cdp-device", string.Empty);
        Element(xml, "cdp-portid", string.Empty);
        Cards(xml, device);
        for (int i = 0; i < clients.Length; i++)
        {
            Client(xml, i + 1, clients[i]);
        }

        xml.WriteEndElement();
    }

    private static void Client(XmlWriter xml, int number, KismetDevice client)
    {
        xml.WriteStartElement("wireless-client");
        Attribute(xml, "number", number.ToString(CultureInfo.InvariantCulture));
        Attribute(xml, "type", client.Type switch
        {
            KismetDeviceType.Client => "established",
            KismetDeviceType.Bridged => "fromds",
            KismetDeviceType.Wds => "interds",
            KismetDeviceType.Probe => "tods",
            _ => "unknown",
        });
        Attribute(xml, "first-time", Time(client.FirstSeen));
        Attribute(xml, "last-time", Time(client.LastSeen));
        Element(xml, "client-mac", client.MacAddress);
        Element(xml, "client-manuf", client.Vendor ?? "Unknown");
        foreach (string name in client.ProbedSsids)
        {
            xml.WriteStartElement("SSID");
            Attribute(xml, "first-time", Time(client.FirstSeen));
            Attribute(xml, "last-time", Time(client.LastSeen));
            Element(xml, "type", "Probe Request");
            Element(xml, "max-rate", "0.000000");
            Element(xml, "packets", "1");
            Element(xml, "encryption", "None");
            Element(xml, "ssid", name);
            xml.WriteEndElement();
        }

        Radio(xml, client);
        Counts(xml, client);
        Cards(xml, client);
        xml.WriteEndElement();
    }

    private static void Name(XmlWriter xml, KismetSsid name, KismetSecurity security)
    {
        xml.WriteStartElement("SSID");
        Attribute(xml, "first-time", Time(name.FirstSeen));
        Attribute(xml, "last-time", Time(name.LastSeen));
        Element(xml, "type", "Beacon");
        Element(xml, "max-rate", (name.MaxRateMbps ?? 0).ToString("F6", CultureInfo.InvariantCulture));
        Element(xml, "packets", name.Packets.ToString(CultureInfo.InvariantCulture));
        if (name.BeaconIntervalTu is int interval and > 0)
        {
            // Beacons a second; a time unit is 1.024 ms.
            Element(xml, "beaconrate", ((int)Math.Round(1000 / (interval * 1.024))).ToString(CultureInfo.InvariantCulture));
        }

        foreach (string encryption in NetXmlEncryption.Format(name.Encryption, security))
        {
            Element(xml, "encryption", encryption);
        }

        xml.WriteStartElement("essid");
        Attribute(xml, "cloaked", name.Hidden ? "true" : "false");
        xml.WriteString(ShownText.Of(name.Ssid ?? string.Empty));
        xml.WriteFullEndElement();
        xml.WriteEndElement();
    }

    private static void Radio(XmlWriter xml, KismetDevice device)
    {
        Element(xml, "channel", (device.Channel ?? 0).ToString(CultureInfo.InvariantCulture));
        if (device.FrequencyMHz is int frequency)
        {
            Element(xml, "freqmhz", string.Create(CultureInfo.InvariantCulture, $"{frequency} {device.Packets}"));
        }

        // Kilobits a second.
        Element(xml, "maxseenrate", ((long)((device.MaxRateMbps ?? 0) * 1000)).ToString(CultureInfo.InvariantCulture));
        string? carrier = device.Standard switch
        {
            "b" => "IEEE 802.11b",
            "a" => "IEEE 802.11a",
            "g" => "IEEE 802.11g",
            "n" or "ac" or "ax" or "be" => "IEEE 802.11n 20MHz",
            _ => null,
        };
        if (carrier is not null)
        {
            Element(xml, "carrier", carrier);
            Element(xml, "encoding", device.Standard == "b" ? "CCK" : "OFDM");
        }
    }

    private static void Counts(XmlWriter xml, KismetDevice device)
    {
        xml.WriteStartElement("packets");
        Count(xml, "LLC", device.ManagementPackets);
        Count(xml, "data", device.DataPackets);
        Count(xml, "crypt", device.EncryptedPackets);
        Count(xml, "total", device.Packets);
        Count(xml, "fragments", 0);
        Count(xml, "retries", device.Retries);
        xml.WriteEndElement();
        Count(xml, "datasize", device.Bytes);
        if (device.SignalDbm is int signal)
        {
            xml.WriteStartElement("snr-info");
            int noise = device.NoiseDbm ?? 0;
            Count(xml, "last_signal_dbm", signal);
            Count(xml, "last_noise_dbm", noise);
            Count(xml, "last_signal_rssi", 0);
            Count(xml, "last_noise_rssi", 0);
            Count(xml, "min_signal_dbm", device.SignalMinDbm ?? signal);
            Count(xml, "min_noise_dbm", noise);
            Count(xml, "min_signal_rssi", 0);
            Count(xml, "min_noise_rssi", 0);
            Count(xml, "max_signal_dbm", device.SignalMaxDbm ?? signal);
            Count(xml, "max_noise_dbm", noise);
            Count(xml, "max_signal_rssi", 0);
            Count(xml, "max_noise_rssi", 0);
            xml.WriteEndElement();
        }

        if (device.Latitude is double latitude && device.Longitude is double longitude && double.IsFinite(latitude) && double.IsFinite(longitude))
        {
            double altitude = device.AltitudeM is double metres && double.IsFinite(metres) ? metres : 0;
            xml.WriteStartElement("gps-info");
            foreach (string kind in new[] { "min", "max", "peak", "avg" })
            {
                Element(xml, kind + "-lat", latitude.ToString("F6", CultureInfo.InvariantCulture));
                Element(xml, kind + "-lon", longitude.ToString("F6", CultureInfo.InvariantCulture));
                Element(xml, kind + "-alt", altitude.ToString("F6", CultureInfo.InvariantCulture));
                if (kind is "min" or "max")
                {
                    Element(xml, kind + "-spd", "0.000000");
                }
            }

            xml.WriteEndElement();
        }
    }

    private static void Cards(XmlWriter xml, KismetDevice device)
    {
        foreach (KismetSensorSignal sensor in device.Sensors)
        {
            xml.WriteStartElement("seen-card");
            Element(xml, "seen-uuid", sensor.SensorId);
            Element(xml, "seen-time", Time(sensor.LastSeen));
            Count(xml, "seen-packets", sensor.Packets);
            xml.WriteEndElement();
        }
    }

    private static void Count(XmlWriter xml, string name, long value) => Element(xml, name, value.ToString(CultureInfo.InvariantCulture));

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, ShownText.Of(value));

    private static void Element(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement(name);
        xml.WriteString(ShownText.Of(value));
        xml.WriteFullEndElement();
    }

    // asctime: the day of the month padded with a blank.
    private static string Time(DateTimeOffset time)
    {
        DateTime utc = (time == default ? DateTimeOffset.UnixEpoch : time).UtcDateTime;
        return string.Create(CultureInfo.InvariantCulture, $"{utc:ddd MMM} {utc.Day,2} {utc:HH:mm:ss yyyy}");
    }
}
