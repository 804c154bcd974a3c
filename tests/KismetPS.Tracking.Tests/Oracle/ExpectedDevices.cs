namespace KismetPS.Tracking.Tests.Oracle;

/// <summary>
/// The tracker's rules once more, written from their description over tshark's columns: which address of a frame makes a device,
/// and what is known of it. Shares no code with the tracker.
/// </summary>
internal sealed class ExpectedDevices
{
    private const int AssociationRequest = 0x00;
    private const int AssociationResponse = 0x01;
    private const int ReassociationRequest = 0x02;
    private const int ReassociationResponse = 0x03;
    private const int ProbeRequest = 0x04;
    private const int Beacon = 0x08;
    private const int Atim = 0x09;
    private const int Authentication = 0x0B;
    private const int PsPoll = 0x1A;
    private const int CfEnd = 0x1E;
    private const int LongestSsid = 32;

    private readonly Dictionary<string, ExpectedDevice> _devices = [];
    private readonly HashSet<string> _heard = [];

    public ExpectedDevices(IEnumerable<OracleFrame> frames)
    {
        foreach (OracleFrame frame in frames)
        {
            if (!frame.IsDamaged)
            {
                Add(frame);
            }
        }
    }

    public IReadOnlyDictionary<string, ExpectedDevice> Devices => _devices;

    /// <summary>Whether an address can be a station: not group, not zero, and there.</summary>
    public static bool IsStation(string address) =>
        address.Length > 0 && address != "00:00:00:00:00:00" && (Convert.ToByte(address[..2], 16) & 1) == 0;

    /// <summary>
    /// The transmitter. tshark shows that of a CF-End as BSSID only, which is what the field is (IEEE Std 802.11-2020 9.3.1.6); frames cut
    /// inside their header have none.
    /// </summary>
    public static string TransmitterOf(OracleFrame frame) => frame.Subtype == CfEnd ? frame.Bssid : frame.Transmitter;

    private void Add(OracleFrame frame)
    {
        string transmitter = TransmitterOf(frame);
        // DMG and S1G beacons (extension frames) are not decoded: no transmitter in tshark's columns either.
        if (!IsStation(transmitter))
        {
            return;
        }

        ExpectedDevice device = Note(transmitter, frame);
        device.Sent++;
        device.Retries += frame.IsRetry ? 1 : 0;
        _heard.Add(transmitter);
        if (frame.IsManagement)
        {
            AddManagement(frame, device);
        }
        else if (frame.IsData)
        {
            AddData(frame, transmitter);
        }
        else if (frame.Subtype == PsPoll)
        {
            Note(frame.Bssid, frame);
        }
    }

    private void AddManagement(OracleFrame frame, ExpectedDevice transmitter)
    {
        string? name = frame.Ssid is { Length: > 0 and <= LongestSsid } ssid && ssid.Any(static b => b != 0) ? Convert.ToHexString(ssid) : null;
        switch (frame.Subtype)
        {
            case AssociationRequest or AssociationResponse or ReassociationRequest or ReassociationResponse or Authentication or Atim:
                if (!IsStation(frame.Bssid))
                {
                    break;
                }

                ExpectedDevice bss = Note(frame.Bssid, frame);
                if (frame.Subtype is AssociationRequest or ReassociationRequest && name is not null)
                {
                    transmitter.Joined.Add(name);
                    // The client tells the name of a network that has not told one itself.
                    if (bss.Names.Count == 0)
                    {
                        bss.Names.Add(name);
                    }
                }

                break;
            case ProbeRequest when name is not null:
                transmitter.Probed.Add(name);
                break;
            default:
                if (frame.IsAdvertisement)
                {
                    AddAdvertisement(frame, name);
                }

                break;
        }
    }

    private void AddAdvertisement(OracleFrame frame, string? name)
    {
        ExpectedDevice bss = Note(IsStation(frame.Bssid) ? frame.Bssid : TransmitterOf(frame), frame);
        // A mesh station beacons with the wildcard name: its name is the mesh ID.
        if (frame.MeshId.Length > 0)
        {
            bss.Names.Add(Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(frame.MeshId)));
        }
        else if (name is not null)
        {
            bss.Names.Add(name);
        }
        else if (frame.Ssid is { Length: <= LongestSsid } && frame.Subtype == Beacon)
        {
            bss.Hidden = true;
        }

        if (frame.ToldChannel != 0)
        {
            bss.Channels.Add(frame.ToldChannel);
        }
    }

    private void AddData(OracleFrame frame, string transmitter)
    {
        switch (frame.Direction)
        {
            case 0 or 1:
                Note(frame.Bssid, frame);
                break;
            case 2:
                foreach (string destination in frame.Destinations)
                {
                    Note(destination, frame);
                }

                foreach (string source in frame.Sources)
                {
                    NoteBehind(source, frame, transmitter);
                }

                break;
            case 3:
                Note(frame.Receiver, frame);
                foreach (string source in frame.Sources)
                {
                    NoteBehind(source, frame, transmitter);
                }

                foreach (string destination in frame.Destinations)
                {
                    Note(destination, frame);
                }

                break;
        }
    }

    // Inner sources of an A-MSDU sent no frame: the aggregate is one frame of the transmitter.
    private void NoteBehind(string source, OracleFrame frame, string transmitter)
    {
        if (IsStation(source) && source != transmitter)
        {
            Note(source, frame);
            if (!_heard.Contains(source) && !frame.IsAggregate && source != frame.Receiver)
            {
                _devices[source].SentForIt++;
            }
        }
    }

    private ExpectedDevice Note(string address, OracleFrame frame)
    {
        if (!IsStation(address))
        {
            return new ExpectedDevice();
        }

        if (!_devices.TryGetValue(address, out ExpectedDevice? device))
        {
            _devices.Add(address, device = new ExpectedDevice());
        }

        device.Note(frame.TimestampNs);
        return device;
    }
}
