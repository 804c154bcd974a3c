using System.Globalization;
using System.Text;
using KismetPS.Tracking;
using KismetPS.Wireless.Security;

namespace KismetPS.Export.Formats;

/// <summary>
/// WiGLE CSV 1.6 (api.wigle.net/csvFormat.html): a line about the program, a header, and a row for each name an access point or ad-hoc network
/// advertises. Its type WIFI is for networks: clients have no place in it. What is not known, the position too, is empty.
/// </summary>
internal sealed class WigleDeviceWriter : DeviceFormatWriter
{
    /// <summary>The second line.</summary>
    public const string Header = "MAC,SSID,AuthMode,FirstSeen,Channel,Frequency,RSSI,CurrentLatitude,CurrentLongitude,AltitudeMeters,AccuracyMeters,RCOIs,MfgrId,Type";

    private readonly StreamWriter _text;

    /// <param name="stream">Where to.</param>
    /// <param name="appending">Whether the file has its two first lines already.</param>
    public WigleDeviceWriter(Stream stream, bool appending)
    {
        _text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024, leaveOpen: true) { NewLine = "\n" };
        if (!appending)
        {
            string version = typeof(WigleDeviceWriter).Assembly.GetName().Version?.ToString(3) ?? "0";
            _text.WriteLine($"WigleWifi-1.6,appRelease={version},model=KismetPS,release={version},device=KismetPS,display=KismetPS,board=KismetPS,brand=KismetPS,star=Sol,body=3,subBody=0");
            _text.WriteLine(Header);
        }
    }

    public override bool Write(KismetDevice device)
    {
        if (device.Type is not (KismetDeviceType.AccessPoint or KismetDeviceType.AdHoc))
        {
            return false;
        }

        if (device.Ssids.Count == 0)
        {
            Row(device, device.Ssid, device.Encryption, device.FirstSeen, device.Channel);
        }

        foreach (KismetSsid ssid in device.Ssids)
        {
            Row(device, ssid.Ssid, ssid.Encryption, ssid.FirstSeen == default ? device.FirstSeen : ssid.FirstSeen, ssid.Channel ?? device.Channel);
        }

        return true;
    }

    public override void Flush() => _text.Flush();

    private void Row(KismetDevice device, string? ssid, WirelessEncryption encryption, DateTimeOffset first, int? channel)
    {
        Cell(device.MacAddress);
        Cell(ssid);
        Cell(WigleAuthMode.Format(encryption, device.Security, device.Type == KismetDeviceType.AdHoc));
        Cell(first == default ? null : first.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        Cell(channel?.ToString(CultureInfo.InvariantCulture));
        Cell(device.FrequencyMHz?.ToString(CultureInfo.InvariantCulture));
        Cell(device.SignalDbm?.ToString(CultureInfo.InvariantCulture));
        Cell(DecimalCodec.Instance.Format(device.Latitude));
        Cell(DecimalCodec.Instance.Format(device.Longitude));
        Cell(DecimalCodec.Instance.Format(device.AltitudeM));

        // Accuracy, roaming consortia, Bluetooth maker.
        _text.WriteLine(",,,WIFI");
    }

    private void Cell(string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            CsvText.Write(_text, CsvText.Guard(ShownText.Of(value)));
        }

        _text.Write(',');
    }
}
