using System.Globalization;
using System.Xml;
using KismetPS.Capture;
using KismetPS.Tracking;
using KismetPS.Wireless;
using KismetPS.Wireless.Security;

namespace KismetPS.Export.Formats;

/// <summary>
/// Kismet's .netxml to devices: of each network the access point, then its clients; of a network that is a probing client only the client.
/// The document type is not read, entities are not resolved, nothing is fetched, and texts, lists and the document have limits: what the
/// file says about itself is not trusted.
/// </summary>
internal sealed class NetXmlRecordReader(Stream stream) : IDeviceRecordReader, IDisposable
{
    private const int MaxText = 4096;
    private const int MaxNames = 1024;
    private const int MaxClients = 65_536;
    private const long MaxCharacters = 1L << 30;

    private readonly Queue<KismetDevice> _ready = new();
    private readonly char[] _chunk = new char[MaxText];
    private XmlReader? _xml;
    private bool _ended;

    public long Line { get; private set; }

    public string? Start()
    {
        _xml = XmlReader.Create(stream, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Ignore,
            XmlResolver = null,
            MaxCharactersInDocument = MaxCharacters,
            MaxCharactersFromEntities = 1024,
            CheckCharacters = false,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            CloseInput = false,
        });
        try
        {
            return _xml.MoveToContent() == XmlNodeType.Element && _xml.LocalName == "detection-run" ? null : "its root is not detection-run";
        }
        catch (XmlException e)
        {
            return $"it is no XML ({e.Message})";
        }
    }

    public bool TryRead(out KismetDevice? device, out string? problem)
    {
        problem = null;
        while (!_ready.TryDequeue(out device))
        {
            if (_ended)
            {
                return false;
            }

            try
            {
                if (!_xml!.ReadToFollowing("wireless-network"))
                {
                    _ended = true;
                    return false;
                }

                Line = ((IXmlLineInfo)_xml).LineNumber;
                problem = Network();
            }
            catch (XmlException e)
            {
                // Behind the place where it is no XML nothing can be read; what came before was.
                Line = e.LineNumber;
                _ended = true;
                problem = $"and the rest of the file with it, since it is no XML ({e.Message})";
            }

            if (problem is not null)
            {
                device = null;
                return true;
            }
        }

        return true;
    }

    public void Dispose() => _xml?.Dispose();

    private string? Network()
    {
        string? type = _xml!.GetAttribute("type");
        var network = new NetXmlRecord(_xml);
        var clients = new List<NetXmlRecord>();
        bool tooMany = false;
        Children(name =>
        {
            switch (name)
            {
                case "wireless-client":
                    var client = new NetXmlRecord(_xml);
                    Children(inner => Field(client, inner));
                    if (clients.Count < MaxClients)
                    {
                        clients.Add(client);
                    }
                    else
                    {
                        tooMany = true;
                    }

                    break;
                default:
                    Field(network, name);
                    break;
            }
        });
        if (!MacAddress.TryParse(network.Mac, null, out MacAddress bssid))
        {
            return "its BSSID is missing or wrong";
        }

        bool isNetwork = type is "infrastructure" or "ad-hoc";
        var addresses = new List<string>();
        foreach (NetXmlRecord client in clients)
        {
            if (MacAddress.TryParse(client.Mac, null, out MacAddress mac) && mac != bssid)
            {
                addresses.Add(mac.ToString());
            }
        }

        if (isNetwork)
        {
            _ready.Enqueue(network.AccessPoint(bssid, type == "ad-hoc", new DetailList<string>(addresses)));
        }
        else if (!clients.Exists(c => MacAddress.TryParse(c.Mac, null, out MacAddress mac) && mac == bssid) && type is not "data")
        {
            _ready.Enqueue(network.Station(bssid, null, KismetDeviceType.Unknown));
        }

        foreach (NetXmlRecord client in clients)
        {
            // Kismet lists the access point itself as a client of its network too.
            if (MacAddress.TryParse(client.Mac, null, out MacAddress mac) && (mac != bssid || !isNetwork))
            {
                bool member = isNetwork || mac != bssid;
                _ready.Enqueue(client.Station(mac, member ? bssid.ToString() : null, Kind(client.Type, type, member)));
            }
        }

        return tooMany ? $"it has more than {MaxClients} clients, and those beyond are left out" : null;
    }

    private static KismetDeviceType Kind(string? client, string? network, bool member) => (client, network) switch
    {
        (_, "probe") => KismetDeviceType.Probe,
        ("fromds", _) when member => KismetDeviceType.Bridged,
        ("interds", _) => KismetDeviceType.Wds,
        (_, "unknown") => KismetDeviceType.Unknown,
        _ => member ? KismetDeviceType.Client : KismetDeviceType.Unknown,
    };

    private void Field(NetXmlRecord record, string name)
    {
        switch (name)
        {
            case "SSID":
                var ssid = new NetXmlName(_xml!);
                Children(inner => Name(ssid, inner));
                if (record.Names.Count < MaxNames)
                {
                    record.Names.Add(ssid);
                }

                break;
            case "packets" or "snr-info" or "gps-info":
                Children(inner => record.Set(inner, Text()));
                break;
            case "BSSID" or "client-mac" or "manuf" or "client-manuf" or "channel" or "freqmhz" or "maxseenrate" or "carrier" or "datasize":
                record.Set(name, Text());
                break;
        }
    }

    private void Name(NetXmlName ssid, string name)
    {
        switch (name)
        {
            case "encryption" when ssid.Encryption.Count < 32:
                ssid.Encryption.Add(Text());
                break;
            case "essid":
                ssid.Cloaked = _xml!.GetAttribute("cloaked") == "true";
                ssid.Text = Text();
                break;
            case "ssid" or "type" or "max-rate" or "packets" or "beaconrate":
                ssid.Set(name, Text());
                break;
        }
    }

    // Calls for each child element of the one the reader stands on, and leaves it on the end of that.
    private void Children(Action<string> child)
    {
        if (_xml!.IsEmptyElement)
        {
            return;
        }

        int depth = _xml.Depth;
        while (_xml.Read() && _xml.Depth > depth)
        {
            if (_xml.NodeType == XmlNodeType.Element && _xml.Depth == depth + 1)
            {
                child(_xml.LocalName);
            }
        }
    }

    // The text of the element, cut at the limit; leaves the reader on its end.
    private string Text()
    {
        if (_xml!.IsEmptyElement)
        {
            return string.Empty;
        }

        int depth = _xml.Depth;
        int length = 0;
        while (_xml.Read() && _xml.Depth > depth)
        {
            while (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace && length < MaxText)
            {
                int read = _xml.ReadValueChunk(_chunk, length, MaxText - length);
                if (read == 0)
                {
                    break;
                }

                length += read;
            }
        }

        return new string(_chunk, 0, length);
    }
}
