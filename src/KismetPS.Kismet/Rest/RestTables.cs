using System.Runtime.InteropServices;
using KismetPS.Kismet.Text.Values;
using KismetPS.Tracking;
using KismetPS.Tracking.Remote;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Rest;

/// <summary>
/// Brings what a server answers into the tables of its connection. Devices are known by address; of two devices of different radios with one address
/// the one told first stays. All calls but the counters are made under the gate.
/// </summary>
internal sealed class RestTables(RemoteTables tables, string source)
{
    // Readings of sensors and the like change without any count that a poll has.
    private const int OtherRadioDetailsMs = 10_000;
    private const int MaxSeenAlerts = 4096;

    private readonly List<RestDevice> _wanting = [];
    private readonly HashSet<(long, string)> _alertsSeen = [];
    private readonly Queue<(long, string)> _alertOrder = new();
    private int _listing;
    private int _wrong;

    /// <summary>Records taken.</summary>
    public long Records { get; private set; }

    /// <summary>Records that were no news, as polls overlap.</summary>
    public long Repeated { get; private set; }

    /// <summary>Records that could not be read.</summary>
    public long Malformed { get; private set; }

    /// <summary>Values of a wrong type, taken for unknown.</summary>
    public long WrongValues => _wrong;

    /// <summary>Records of a second device with the address of another.</summary>
    public long SameAddress { get; private set; }

    /// <summary>Latest time of any packet, seconds since 1970 by the clock of the server's sources; 0: none.</summary>
    public long LastPacketSeconds { get; private set; }

    /// <summary>Time of the latest alert, seconds since 1970.</summary>
    public double LastAlertSeconds { get; private set; }

    public string Source => source;

    public int SessionId => tables.SessionId;

    /// <summary>Devices that wait for their details.</summary>
    public int Wanting => _wanting.Count;

    /// <summary>Takes the facts of a device.</summary>
    public void Take(ReadOnlySpan<byte> record)
    {
        Records++;
        if (!RestFacts.TryReadAddress(record, out MacAddress address))
        {
            Malformed++;
            return;
        }

        var row = (RestDevice?)tables.FindDevice(address);
        long hash = HashOf(record);
        if (row is not null && row.RecordHash == hash && !row.IsOld)
        {
            row.Listed = _listing;
            Repeated++;
            return;
        }

        RestFacts none = default;
        if (!RestFacts.TryRead(record, in row is null ? ref none : ref row.Facts, out RestFacts facts, ref _wrong))
        {
            Malformed++;
            return;
        }

        if (row is not null && row.Facts.Key != facts.Key && row.Facts.Phy != facts.Phy)
        {
            SameAddress++;
            return;
        }

        bool added = row is null;
        row ??= new RestDevice(this) { Listed = _listing };
        row.Facts = facts;
        row.RecordHash = hash;
        row.Listed = _listing;
        if (added)
        {
            tables.AddDevice(address, row);
        }
        else
        {
            tables.Changed(row);
            foreach (RestNetwork network in row.Networks)
            {
                tables.Changed(network);
            }
        }

        LastPacketSeconds = Math.Max(LastPacketSeconds, facts.LastSeconds);
        if (row.Details is null && row.Networks.Count == 0 && facts.HasBeacon && RestText.TypeOf(facts.Type) is KismetDeviceType.AccessPoint or KismetDeviceType.AdHoc)
        {
            SetNetworks(row, [RestSsid.Of(facts)]);
        }

        Want(row);
    }

    /// <summary>Takes the details of a device.</summary>
    public void TakeDetails(ReadOnlySpan<byte> record)
    {
        Records++;
        if (RestDetails.Read(record, ref _wrong) is not { } details)
        {
            Malformed++;
            return;
        }

        if (tables.FindDevice(details.Address) is RestDevice row)
        {
            row.Details = details;
            if (RestText.TypeOf(row.Facts.Type) is KismetDeviceType.AccessPoint or KismetDeviceType.AdHoc || details.Ssids.Count > 0)
            {
                SetNetworks(row, details.Ssids.Count == 0 && row.Facts.HasBeacon ? [RestSsid.Of(row.Facts)] : details.Ssids);
            }

            tables.Changed(row);
        }
    }

    /// <summary>Begins a listing of all devices.</summary>
    public void BeginListing() => _listing++;

    /// <summary>Takes one line of a listing; gives the key of a device that is not known, or known with other counts.</summary>
    public string? TakeListed(ReadOnlySpan<byte> record)
    {
        RestFacts none = default;
        if (!RestFacts.TryRead(record, in none, out RestFacts listed, ref _wrong))
        {
            Malformed++;
            return null;
        }

        if (tables.FindDevice(listed.Address) is not RestDevice row)
        {
            return listed.Key;
        }

        row.Listed = _listing;
        return row.Facts.LastSeconds != listed.LastSeconds || row.Facts.Packets != listed.Packets || row.IsOld ? row.Facts.Key : null;
    }

    /// <summary>Ends a listing that is whole: devices that were not in it are gone from the server.</summary>
    /// <param name="pages">Over several pages a device that goes moves the next ones up, past the page that is read: missing once may be that.</param>
    public int EndListing(int pages)
    {
        int oldest = pages > 1 ? _listing - 1 : _listing;
        return tables.RemoveDevices(row => ((RestDevice)row).Listed < oldest);
    }

    /// <summary>Keys of the next devices that wait for their details.</summary>
    public List<string> TakeWanting(int most)
    {
        List<string> keys = [];
        int taken = 0;
        for (; taken < _wanting.Count && keys.Count < most; taken++)
        {
            RestDevice row = _wanting[taken];
            row.WantsDetails = false;
            if (!row.IsGone)
            {
                row.DetailMark = MarkOf(row.Facts);
                row.DetailsAskedAt = Environment.TickCount64;
                keys.Add(row.Facts.Key!);
            }
        }

        _wanting.RemoveRange(0, taken);
        return keys;
    }

    /// <summary>Takes an alert; false where it was known.</summary>
    public bool TakeAlert(ReadOnlySpan<byte> record)
    {
        if (RestAlert.Read(record, ref _wrong) is not { } alert)
        {
            Malformed++;
            return false;
        }

        (long, string) identity = (BitConverter.DoubleToInt64Bits(alert.Seconds), alert.Text);
        if (!_alertsSeen.Add(identity))
        {
            return false;
        }

        _alertOrder.Enqueue(identity);
        if (_alertOrder.Count > MaxSeenAlerts)
        {
            _alertsSeen.Remove(_alertOrder.Dequeue());
        }

        LastAlertSeconds = Math.Max(LastAlertSeconds, alert.Seconds);
        tables.AddAlert(number => alert.ToAlert(number, tables.SessionId));
        return true;
    }

    /// <summary>The server was started again, and knows nothing of what it told; or another is in its place, and what was known is of no use.</summary>
    public void Restarted(bool sameServer)
    {
        if (sameServer)
        {
            tables.MarkOld();
        }
        else
        {
            tables.Clear();
        }

        _wanting.Clear();
        LastPacketSeconds = 0;
        LastAlertSeconds = 0;
    }

    /// <summary>Name of the network a device is a client of.</summary>
    public string? NameOf(MacAddress bssid, MacAddress own) =>
        bssid.IsZero || bssid == own ? null : tables.FindDevice(bssid) is RestDevice { Facts.Ssid: { Length: > 0 } ssid } ? ssid : null;

    /// <summary>Takes the networks of a device out of the tables.</summary>
    public void RemoveNetworks(RestDevice row)
    {
        foreach (RestNetwork network in row.Networks)
        {
            tables.RemoveNetwork(row.Facts.Address, network.Ssid.Name);
        }

        row.Networks.Clear();
    }

    private static long HashOf(ReadOnlySpan<byte> record)
    {
        // Two rounds of multiplication and rotation a word: collisions would hide a change until the next one, no more.
        ulong hash = (ulong)record.Length * 0x9E3779B97F4A7C15;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(record))
        {
            hash = System.Numerics.BitOperations.RotateLeft((hash ^ word) * 0x9FB21C651E98DF25, 29);
        }

        foreach (byte b in record[(record.Length & ~7)..])
        {
            hash = (hash ^ b) * 0x100000001B3;
        }

        return (long)(hash ^ (hash >> 32));
    }

    private static int MarkOf(in RestFacts facts) =>
        HashCode.Combine(facts.AdvertisedCount, facts.RespondedCount, facts.ProbedCount, facts.Clients, facts.Ssid, facts.Crypt, facts.Type) | 1;

    // A record of two networks with one name keeps the one told first.
    private void SetNetworks(RestDevice row, IReadOnlyList<RestSsid> ssids)
    {
        for (int i = row.Networks.Count - 1; i >= 0; i--)
        {
            if (!ssids.Any(s => s.Name == row.Networks[i].Ssid.Name))
            {
                tables.RemoveNetwork(row.Facts.Address, row.Networks[i].Ssid.Name);
                row.Networks.RemoveAt(i);
            }
        }

        foreach (RestSsid ssid in ssids)
        {
            if (row.Networks.Find(n => n.Ssid.Name == ssid.Name) is { } known)
            {
                known.Ssid = ssid;
                tables.Changed(known);
                continue;
            }

            RestNetwork network = new(this, row, ssid);
            if (tables.AddNetwork(row.Facts.Address, ssid.Name, network))
            {
                row.Networks.Add(network);
            }
        }
    }

    private void Want(RestDevice row)
    {
        if (row.WantsDetails)
        {
            return;
        }

        ref RestFacts facts = ref row.Facts;
        bool wanted = row.IsWifi
            ? row.DetailMark != MarkOf(facts)
                && (row.DetailMark != 0 || facts.AdvertisedCount > 0 || facts.RespondedCount > 0 || facts.ProbedCount > 0 || facts.Clients > 0)
            : row.DetailMark == 0 || Environment.TickCount64 - row.DetailsAskedAt > OtherRadioDetailsMs;
        if (wanted)
        {
            row.WantsDetails = true;
            _wanting.Add(row);
        }
    }
}
