using KismetPS.Capture;
using KismetPS.Tracking.Tables;
using KismetPS.Wireless;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Frames;

namespace KismetPS.Tracking.Alerts;

/// <summary>Deauthentication and disassociation: of everybody, in numbers, or not meant by the station in whose name they came.</summary>
internal sealed class DisconnectRule : AlertRule
{
    private const int Slots = 1024;
    private const int FloodCount = 10;
    private const long FloodNs = 1_000_000_000;

    // As Kismet: data within ten seconds of leaving; the first moments are frames that were under way.
    private const long TrafficNs = 10_000_000_000;
    private const long GraceNs = 100_000_000;

    private readonly Window[] _windows = new Window[Slots];
    private readonly (MacAddress Client, long Ns)[] _left = new (MacAddress, long)[Slots];

    public override AlertEvents Events => AlertEvents.Management | AlertEvents.Data;

    public override void OnManagement(in FrameFacts facts, in ElementFacts elements, in FrameInfo info, AlertLog log)
    {
        if (facts.Subtype is FrameSubtype.Authentication or FrameSubtype.AssociationRequest or FrameSubtype.ReassociationRequest)
        {
            // It has come back: what it sends from now on is in order.
            ref (MacAddress Client, long Ns) left = ref _left[Slot(facts.Transmitter)];
            left = left.Client == facts.Transmitter ? default : left;
            return;
        }

        if (facts.Subtype is not (FrameSubtype.Deauthentication or FrameSubtype.Disassociation))
        {
            return;
        }

        long now = info.TimestampNs;
        if (facts.Receiver.IsBroadcast && log.Permits(KismetAlertType.BroadcastDisconnect, facts.Bssid, now))
        {
            log.Raise(KismetAlertType.BroadcastDisconnect, $"A {facts.Subtype} disconnects every client of {facts.Bssid}.", info, facts.Bssid, facts.Transmitter, facts.Receiver);
        }

        ref Window window = ref _windows[Slot(facts.Bssid)];
        if (window.Bssid != facts.Bssid || UnixTime.Distance(now, window.StartNs) >= FloodNs)
        {
            window = new Window { Bssid = facts.Bssid, StartNs = now };
        }

        if (++window.Count == FloodCount && log.Permits(KismetAlertType.DeauthenticationFlood, facts.Bssid, now))
        {
            log.Raise(KismetAlertType.DeauthenticationFlood, $"{FloodCount} deauthentications or disassociations within a second in the BSS {facts.Bssid}.", info, facts.Bssid, facts.Transmitter, facts.Receiver);
        }

        MacAddress client = facts.Transmitter == facts.Bssid ? facts.Receiver : facts.Transmitter;
        if (!client.IsGroup)
        {
            _left[Slot(client)] = (client, now);
        }
    }

    public override void OnData(in FrameFacts facts, in FrameInfo info, AlertLog log)
    {
        if ((facts.Flags & (FrameControlFlags.ToDs | FrameControlFlags.FromDs)) != FrameControlFlags.ToDs || !facts.Has(FrameParts.Payload))
        {
            return;
        }

        (MacAddress client, long ns) = _left[Slot(facts.Transmitter)];
        if (client == facts.Transmitter && unchecked(info.TimestampNs - ns) is > GraceNs and < TrafficNs
            && log.Permits(KismetAlertType.DisassociatedTraffic, facts.Transmitter, info.TimestampNs))
        {
            log.Raise(KismetAlertType.DisassociatedTraffic, $"{facts.Transmitter} goes on sending data after it was disconnected: the disconnection may have been forged.", info, facts.Bssid, facts.Transmitter, facts.Receiver);
        }
    }

    private static int Slot(MacAddress address) => (int)(ByteHash.Compute(address.Value) % Slots);

    private struct Window
    {
        public MacAddress Bssid;
        public long StartNs;
        public int Count;
    }
}
