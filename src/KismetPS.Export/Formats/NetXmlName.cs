using System.Globalization;
using System.Xml;
using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.Export.Formats;

/// <summary>A name of a network, or one a client asked for, as far as it is read.</summary>
internal sealed class NetXmlName(XmlReader xml)
{
    private readonly DateTimeOffset _first = NetXmlRecord.Time(xml.GetAttribute("first-time"));
    private readonly DateTimeOffset _last = NetXmlRecord.Time(xml.GetAttribute("last-time"));
    private double? _rate;
    private long _packets;
    private int? _interval;

    public List<string> Encryption { get; } = [];

    public bool Cloaked { get; set; }

    public string Text { get; set; } = string.Empty;

    public string Type { get; private set; } = string.Empty;

    /// <summary>As a name of ours: what is no text is shown by its bytes.</summary>
    public string? Shown => Text.Length == 0 ? null : SsidText.ToDisplay(SsidText.ToBytes(Text));

    public void Set(string name, string value)
    {
        switch (name)
        {
            case "ssid":
                Text = value;
                break;
            case "type":
                Type = value;
                break;
            case "max-rate" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) && rate > 0 && double.IsFinite(rate):
                _rate = rate;
                break;
            case "packets" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long packets):
                _packets = packets;
                break;
            case "beaconrate" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int rate) && rate > 0:
                // Kismet's beacons a second; ten of them are the interval of 100 units nearly everybody has.
                _interval = rate == 10 ? 100 : (int)Math.Round(1000 / (rate * 1.024));
                break;
        }
    }

    public KismetSsid ToSsid(int? channel) => new()
    {
        Ssid = Shown,
        Hidden = Cloaked,
        Channel = channel,
        Encryption = NetXmlEncryption.Parse(Encryption),
        BeaconIntervalTu = _interval,
        MaxRateMbps = _rate,
        FirstSeen = _first,
        LastSeen = _last,
        Packets = _packets,
    };
}
