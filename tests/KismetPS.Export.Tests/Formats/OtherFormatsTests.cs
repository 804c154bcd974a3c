using System.Text;
using System.Xml;
using System.Xml.Linq;
using KismetPS.Capture;
using KismetPS.Export.Formats;
using KismetPS.Tracking;
using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Export.Tests.Formats;

/// <summary>The formats of other programs: their shape to the letter, what they can hold there and back, and what hostile files do.</summary>
public sealed class OtherFormatsTests : TestFolder
{
    private static readonly KismetDevice s_accessPoint = new()
    {
        MacAddress = "00:0C:42:1F:65:E9",
        Type = KismetDeviceType.AccessPoint,
        Ssid = "Office, 2",
        Bssid = "00:0C:42:1F:65:E9",
        Vendor = "Maker & Sons",
        Channel = 6,
        FrequencyMHz = 2437,
        Encryption = WirelessEncryption.Wpa2,
        SignalDbm = -45,
        SignalMinDbm = -60,
        SignalMaxDbm = -40,
        MaxRateMbps = 54,
        Standard = "g",
        Packets = 30,
        DataPackets = 10,
        ManagementPackets = 20,
        Bytes = 4000,
        Latitude = 47.5,
        Longitude = 8.25,
        AltitudeM = 400,
        BeaconIntervalTu = 100,
        FirstSeen = new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero),
        LastSeen = new DateTimeOffset(2024, 1, 21, 12, 35, 0, TimeSpan.Zero),
        Security = new KismetSecurity { Text = "WPA2-PSK CCMP", KeyManagement = KeyManagement.Psk, PairwiseCiphers = CipherSuites.Ccmp128 },
        Ssids = new DetailList<KismetSsid>([new KismetSsid
        {
            Ssid = "Office, 2",
            Encryption = WirelessEncryption.Wpa2,
            Packets = 20,
            BeaconIntervalTu = 100,
            FirstSeen = new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero),
            LastSeen = new DateTimeOffset(2024, 1, 21, 12, 35, 0, TimeSpan.Zero),
        }]),
    };

    private static readonly KismetDevice s_client = new()
    {
        MacAddress = "02:00:00:00:00:01",
        Type = KismetDeviceType.Client,
        Bssid = "00:0C:42:1F:65:E9",
        SignalDbm = -70,
        Packets = 5,
        FirstSeen = new DateTimeOffset(2024, 1, 2, 3, 4, 6, TimeSpan.Zero),
        LastSeen = new DateTimeOffset(2024, 1, 2, 3, 4, 7, TimeSpan.Zero),
        ProbedSsids = new DetailList<string>(["Home", "=cmd"]),
    };

    [Fact]
    public void Wigle_has_its_two_lines_and_its_columns()
    {
        Devices.Write(At("w.wigle.csv"), [s_accessPoint]);
        string[] lines = File.ReadAllLines(At("w.wigle.csv"));
        Assert.StartsWith("WigleWifi-1.6,appRelease=", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",star=Sol,body=3,subBody=0", lines[0], StringComparison.Ordinal);
        Assert.Equal("MAC,SSID,AuthMode,FirstSeen,Channel,Frequency,RSSI,CurrentLatitude,CurrentLongitude,AltitudeMeters,AccuracyMeters,RCOIs,MfgrId,Type", lines[1]);
        Assert.Equal("00:0C:42:1F:65:E9,\"Office, 2\",[WPA2-PSK-CCMP][ESS],2024-01-02 03:04:05,6,2437,-45,47.5,8.25,400,,,,WIFI", lines[2]);
        Assert.Equal(lines[2].Count(static c => c == ',') - 1, lines[1].Count(static c => c == ','));
    }

    [Fact]
    public void Wigle_has_no_place_for_clients_and_says_so()
    {
        using DeviceFileWriter writer = DeviceFileWriter.Open(At("w.wiglecsv"));
        writer.Write(s_accessPoint);
        writer.Write(s_client);
        writer.Complete();
        Assert.Equal((1, 1), (writer.Count, writer.Skipped));
    }

    [Fact]
    public void Airodump_is_written_as_airodump_writes_it()
    {
        Devices.Write(At("a.csv"), [s_client, s_accessPoint], DeviceFileFormat.AirodumpCsv);
        Assert.Equal(
            "\r\nBSSID, First time seen, Last time seen, channel, Speed, Privacy, Cipher, Authentication, Power, # beacons, # IV, LAN IP, ID-length, ESSID, Key\r\n"
            + "00:0C:42:1F:65:E9, 2024-01-02 03:04:05, 2024-01-21 12:35:00,  6,  54, WPA2, CCMP, PSK, -45,       20,       10,   0.  0.  0.  0,   9, Office\\, 2, \r\n"
            + "\r\nStation MAC, First time seen, Last time seen, Power, # packets, BSSID, Probed ESSIDs\r\n"
            + "02:00:00:00:00:01, 2024-01-02 03:04:06, 2024-01-02 03:04:07, -70,        5, 00:0C:42:1F:65:E9,Home,\\x3Dcmd\r\n\r\n",
            File.ReadAllText(At("a.csv")));
    }

    [Fact]
    public void NetXml_has_kismets_elements_in_kismets_order()
    {
        Devices.Write(At("k.netxml"), [s_client, s_accessPoint]);
        using var reader = XmlReader.Create(At("k.netxml"), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        XElement network = Assert.Single(XDocument.Load(reader).Root!.Elements("wireless-network"));
        Assert.Equal("infrastructure", network.Attribute("type")!.Value);
        Assert.Equal("Tue Jan  2 03:04:05 2024", network.Attribute("first-time")!.Value);
        Assert.Equal(
            ["SSID", "BSSID", "manuf", "channel", "freqmhz", "maxseenrate", "carrier", "encoding", "packets", "datasize", "snr-info", "gps-info", "bsstimestamp", "cdp-device", "cdp-portid", "wireless-client"],
            network.Elements().Select(static e => e.Name.LocalName));
        Assert.Equal(["type", "max-rate", "packets", "beaconrate", "encryption", "encryption", "essid"], network.Element("SSID")!.Elements().Select(static e => e.Name.LocalName));
        Assert.Equal(["LLC", "data", "crypt", "total", "fragments", "retries"], network.Element("packets")!.Elements().Select(static e => e.Name.LocalName));
        Assert.Equal("Maker & Sons", network.Element("manuf")!.Value);
        XElement client = network.Element("wireless-client")!;
        Assert.Equal("established", client.Attribute("type")!.Value);
        Assert.Equal(["Home", "=cmd"], client.Elements("SSID").Select(static e => e.Element("ssid")!.Value));
    }

    [Theory]
    [InlineData(DeviceFileFormat.NetXml)]
    [InlineData(DeviceFileFormat.AirodumpCsv)]
    [InlineData(DeviceFileFormat.WigleCsv)]
    [InlineData(DeviceFileFormat.Simple)]
    public void What_a_format_holds_comes_back_whatever_the_file_is_called(DeviceFileFormat format)
    {
        Devices.Write(At("unnamed.dat"), [s_accessPoint, s_client], format);
        (List<KismetDevice> devices, List<KismetException> bad) = Devices.Read(At("unnamed.dat"));
        Assert.Empty(bad);
        KismetDevice read = devices[0];
        Assert.Equal((s_accessPoint.MacAddress, s_accessPoint.SignalDbm), (read.MacAddress, read.SignalDbm));
        if (format == DeviceFileFormat.Simple)
        {
            Assert.Equal(30, read.Packets);
            return;
        }

        Assert.Equal(
            (KismetDeviceType.AccessPoint, "Office, 2", 6, WirelessEncryption.Wpa2, s_accessPoint.FirstSeen),
            (read.Type, read.Ssid, read.Channel ?? 0, read.Encryption, read.FirstSeen));
        if (format == DeviceFileFormat.WigleCsv)
        {
            Assert.Equal((47.5, 8.25, 2437), (read.Latitude, read.Longitude, read.FrequencyMHz));
            return;
        }

        KismetDevice client = devices[1];
        Assert.Equal((KismetDeviceType.Client, s_client.Bssid, -70, 5L), (client.Type, client.Bssid, client.SignalDbm ?? 0, client.Packets));
        Assert.Equal(s_client.ProbedSsids, client.ProbedSsids);
        Assert.Equal((s_client.FirstSeen, s_client.LastSeen), (client.FirstSeen, client.LastSeen));
    }

    [Theory]
    [InlineData(WirelessEncryption.Open)]
    [InlineData(WirelessEncryption.Wep)]
    [InlineData(WirelessEncryption.Wpa)]
    [InlineData(WirelessEncryption.Wpa2)]
    [InlineData(WirelessEncryption.Wpa3)]
    [InlineData(WirelessEncryption.Owe)]
    [InlineData(WirelessEncryption.Wpa | WirelessEncryption.Wpa2)]
    [InlineData(WirelessEncryption.Wpa2 | WirelessEncryption.Wpa3)]
    public void Protection_is_told_in_the_words_of_each_format(WirelessEncryption encryption)
    {
        KeyManagement keys = (encryption & (WirelessEncryption.Wpa | WirelessEncryption.Wpa2)) != 0 ? KeyManagement.Psk : 0;
        var security = new KismetSecurity { Text = string.Empty, KeyManagement = keys | ((encryption & WirelessEncryption.Wpa3) != 0 ? KeyManagement.Sae : 0) };
        Assert.Equal(encryption, WigleAuthMode.Parse(WigleAuthMode.Format(encryption, security, adHoc: false)));
        Assert.Equal(encryption, NetXmlEncryption.Parse([.. NetXmlEncryption.Format(encryption, security)]));
        (string privacy, _, string authentication) = AirodumpPrivacy.Format(encryption, security);
        Assert.Equal(encryption, AirodumpPrivacy.Parse(privacy, authentication));
    }

    [Theory]
    [InlineData(DeviceFileFormat.NetXml)]
    [InlineData(DeviceFileFormat.AirodumpCsv)]
    [InlineData(DeviceFileFormat.WigleCsv)]
    public void No_name_from_the_air_breaks_a_file(DeviceFileFormat format)
    {
        foreach (string text in Devices.HostileTexts)
        {
            var device = new KismetDevice { MacAddress = "02:00:00:00:00:09", Type = KismetDeviceType.AccessPoint, Ssid = text, Vendor = text, Bssid = "02:00:00:00:00:09", FirstSeen = s_client.FirstSeen, LastSeen = s_client.LastSeen };
            var probing = new KismetDevice { MacAddress = "02:00:00:00:00:0A", Type = KismetDeviceType.Probe, ProbedSsids = new DetailList<string>([text]), FirstSeen = s_client.FirstSeen, LastSeen = s_client.LastSeen };
            Devices.Write(At("h"), [device, probing], format);
            (List<KismetDevice> read, List<KismetException> bad) = Devices.Read(At("h"), format);
            Assert.Empty(bad);
            Assert.Equal(format == DeviceFileFormat.WigleCsv ? 1 : 2, read.Count);
            if (text.All(static c => c is >= ' ' and <= '~') && !text.Contains('\\', StringComparison.Ordinal))
            {
                Assert.Equal(text, read[0].Ssid);
            }

            if (format == DeviceFileFormat.NetXml)
            {
                using var strict = XmlReader.Create(At("h"), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, CheckCharacters = true });
                while (strict.Read())
                {
                }
            }
        }
    }

    [Fact]
    public void Entities_are_not_resolved_and_nothing_is_fetched()
    {
        string bomb = "<?xml version=\"1.0\"?><!DOCTYPE detection-run [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
            + "<detection-run><wireless-network type=\"infrastructure\"><SSID><essid>&b;&x;</essid></SSID><BSSID>02:00:00:00:00:01</BSSID></wireless-network></detection-run>";
        File.WriteAllText(At("bomb.netxml"), bomb);
        (List<KismetDevice> devices, List<KismetException> bad) = Devices.Read(At("bomb.netxml"));
        Assert.DoesNotContain(devices, static d => d.Ssid?.Contains("aaaa", StringComparison.Ordinal) == true || d.Ssid?.Contains("root", StringComparison.Ordinal) == true);
        Assert.True(bad.Count == 1 || devices.Count == 1);
    }

    [Theory]
    [InlineData(DeviceFileFormat.NetXml)]
    [InlineData(DeviceFileFormat.AirodumpCsv)]
    [InlineData(DeviceFileFormat.WigleCsv)]
    [InlineData(DeviceFileFormat.Simple)]
    public void A_file_cut_or_changed_anywhere_is_read_as_far_as_it_goes(DeviceFileFormat format)
    {
        Devices.Write(At("whole"), [s_accessPoint, s_client], format);
        byte[] whole = File.ReadAllBytes(At("whole"));
        var random = new Random(77);
        for (int i = 0; i < whole.Length; i += 1 + (whole.Length / 400))
        {
            byte[] changed = [.. whole];
            changed[i] = (byte)random.Next(256);
            foreach (byte[] bytes in new[] { whole[..i], changed })
            {
                try
                {
                    using DeviceFileReader reader = DeviceFileReader.Open(new MemoryStream(bytes), format);
                    int count = 0;
                    while (reader.TryRead(out _))
                    {
                        Assert.True(++count <= 8);
                    }
                }
                catch (KismetException e)
                {
                    Assert.Contains(e.Id, new[] { KismetErrorId.FormatInvalid, KismetErrorId.FileNotReadable });
                }
            }
        }
    }

    [Fact]
    public void Appending_goes_on_behind_the_rows_and_refuses_another_format()
    {
        Devices.Write(At("w.wiglecsv"), [s_accessPoint]);
        Devices.Write(At("w.wiglecsv"), [s_accessPoint], append: true);
        Assert.Equal(4, File.ReadAllLines(At("w.wiglecsv")).Length);
        File.WriteAllText(At("x.wiglecsv"), "a,b\n", Encoding.ASCII);
        Assert.Equal(KismetErrorId.FormatInvalid, Assert.Throws<KismetException>(() => DeviceFileWriter.Open(At("x.wiglecsv"), append: true)).Id);
        Assert.Equal(KismetErrorId.ArgumentInvalid, Assert.Throws<KismetException>(() => DeviceFileWriter.Open(At("k.netxml"), append: true)).Id);
    }
}
