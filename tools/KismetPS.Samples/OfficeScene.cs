using KismetPS.TestKit.Frames;
using KismetPS.Wireless;
using KismetPS.Wireless.Frames;

namespace KismetPS.Samples;

/// <summary>
/// A minute on the air of an invented office by the harbour, and what happens in it. Everything is made up; a few addresses begin with the
/// prefix of a real maker so that vendor names show. Beacons are thinned to about one in fifteen.
/// </summary>
public sealed partial class OfficeScene
{
    /// <summary>Length of the part in office.pcapng, then the part that the two TZSP sensors hear.</summary>
    public const long OfficeUs = 60_000_000;
    public const long SensorsUs = 8_000_000;

    private readonly Dice _dice = new(0x4B49_534D_4554);
    private readonly List<AirFrame> _air = [];

    private OfficeScene()
    {
    }

    /// <summary>When the scene begins.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 3, 2, 8, 30, 0, TimeSpan.Zero);

    /// <summary>The whole scene, in the order of time.</summary>
    public static IReadOnlyList<AirFrame> Play()
    {
        var scene = new OfficeScene();
        scene.BeaconsOf(scene.AccessPoints);
        scene.Clients();
        scene.Incidents();
        return [.. scene._air.Select(static (frame, i) => (frame, i)).OrderBy(static x => x.frame.TimeUs).ThenBy(static x => x.i).Select(static x => x.frame)];
    }

    /// <summary>The frames of the minute that office.pcapng holds.</summary>
    public static IReadOnlyList<AirFrame> Office(IReadOnlyList<AirFrame> air) => [.. air.Where(static f => f.TimeUs < OfficeUs)];

    /// <summary>The frames after it.</summary>
    public static IReadOnlyList<AirFrame> Sensors(IReadOnlyList<AirFrame> air) => [.. air.Where(static f => f.TimeUs >= OfficeUs)];

    private void BeaconsOf(IEnumerable<AccessPoint> accessPoints)
    {
        foreach (AccessPoint ap in accessPoints)
        {
            // Kept beacons are 1,536 ms apart in the minute (fifteen intervals of 100 TU), 2,048 ms afterwards, each access point at its own phase.
            long phase = _dice.Roll(1_500_000);
            for (long t = phase; t < OfficeUs + SensorsUs; t += t < OfficeUs ? 1_536_000 : 2_048_000)
            {
                Retune(ap, t);
                Put(t, ap, ap.FrequencyMHz, Beacon(ap), rate: ap.FrequencyMHz < 5000 ? 2 : 12);
            }
        }
    }

    private static FrameBuilder Beacon(AccessPoint ap)
    {
        byte[] name = System.Text.Encoding.UTF8.GetBytes(ap.Ssid);
        return ap.Elements(FrameBuilder.Beacon(ap.Address, ap.Hidden ? new byte[name.Length] : name, ap.ElementChannel, ap.Security));
    }

    // Beacons and probe responses begin with the sender's clock, which never runs backwards: each began at another time.
    private static byte[] Stamp(byte[] frame, Station sender, long t)
    {
        const int Beacon = 0x80;
        const int ProbeResponse = 0x50;
        const int Body = 24;
        if (frame[0] is Beacon or ProbeResponse)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(frame.AsSpan(Body), t + ((long)(sender.Address.Value & 0xFFFF) * 10_000_000));
        }

        return frame;
    }

    private void Put(long t, Station sender, int frequency, FrameBuilder frame, int rate = 12, bool mayRepeat = false)
    {
        int sequence = sender.NextSequence();
        _air.Add(new AirFrame(t, sender, frequency, rate, Stamp(frame.Sequence(sequence).Build(), sender, t)));
        if (mayRepeat && _dice.Percent(9))
        {
            _air.Add(new AirFrame(t + 900, sender, frequency, Math.Max(2, rate / 2), frame.Retry().Build()));
        }
    }

    /// <summary>An ACK: it has no transmitter, so it makes no device.</summary>
    private void Ack(long t, Station sender, int frequency, MacAddress receiver) =>
        _air.Add(new AirFrame(t, sender, frequency, 12, FrameBuilder.Ack(receiver).Build()));

    /// <summary>A client looks for a network and finds it.</summary>
    private void Probe(long t, Station client, AccessPoint ap, string ssid)
    {
        Put(t, client, ap.FrequencyMHz, FrameBuilder.ProbeRequest(client.Address, ssid).HtCapabilities(1), rate: 2);
        Put(t + 2_000, ap, ap.FrequencyMHz, ap.Elements(FrameBuilder.ProbeResponse(ap.Address, client.Address, ap.Ssid, ap.ElementChannel, ap.Security)), rate: 2);
    }

    /// <summary>Authentication, association and, where there are keys, the four-way handshake. Gives the time it is done.</summary>
    private long Join(long t, Station client, AccessPoint ap, AccessPoint? from = null)
    {
        int f = ap.FrequencyMHz;
        bool sae = ap.Security is SecurityPreset.Wpa3Sae or SecurityPreset.Wpa3Transition;
        for (int transaction = 1; transaction <= (sae ? 2 : 1); transaction++)
        {
            Put(t, client, f, Exchange(FrameBuilder.Authentication(ap.Address, client.Address, ap.Address, sae ? 3 : 0, transaction), sae, transaction));
            Ack(t + 200, ap, f, client.Address);
            Put(t + 4_000, ap, f, Exchange(FrameBuilder.Authentication(client.Address, ap.Address, ap.Address, sae ? 3 : 0, sae ? transaction : 2), sae, transaction));
            t += 12_000;
        }

        Put(t, client, f, from is null
            ? FrameBuilder.AssociationRequest(client.Address, ap.Address, ap.Ssid, ap.Security)
            : FrameBuilder.ReassociationRequest(client.Address, ap.Address, from.Address, ap.Ssid, ap.Security));
        Put(t + 3_000, ap, f, FrameBuilder.AssociationResponse(ap.Address, client.Address, reassociation: from is not null));
        t += 9_000;
        // The 192-bit suite has a longer MIC in its handshake, which the builder does not make.
        if (ap.Security is not (SecurityPreset.Open or SecurityPreset.Wep or SecurityPreset.OweTransitionOpen or SecurityPreset.Wpa3SuiteB192))
        {
            for (int message = 1; message <= 4; message++)
            {
                Put(t, message % 2 == 1 ? ap : client, f, FrameBuilder.EapolKey(message, ap.Address, client.Address));
                t += 4_000;
            }
        }

        return t;
    }

    // SAE (12.4.7): commit has the group (19), a scalar and an element of its curve; confirm has a counter and 32 bytes.
    private FrameBuilder Exchange(FrameBuilder frame, bool sae, int transaction) => !sae ? frame
        : transaction == 1 ? frame.Body(19, 0).Body(_dice.Bytes(96))
        : frame.Body(1, 0).Body(_dice.Bytes(32));

    /// <summary>Traffic of a client, both ways, protected as the network is, with now and then a reservation, a block acknowledgement or a doze.</summary>
    private void Talk(long t, long until, int everyMs, Station client, AccessPoint ap, MacAddress? far = null)
    {
        DataProtection protection = ap.Security switch
        {
            SecurityPreset.Open or SecurityPreset.OweTransitionOpen => DataProtection.None,
            SecurityPreset.Wep => DataProtection.Wep,
            SecurityPreset.WpaWpa2 => DataProtection.Tkip,
            _ => DataProtection.Ccmp,
        };
        MacAddress peer = far ?? ap.Address;
        int f = ap.FrequencyMHz;
        int? tid = ap.Security == SecurityPreset.Wep ? null : 0;
        for (; t < until; t += (everyMs * 1000L) + _dice.Roll(everyMs * 500))
        {
            int rate = _dice.Percent(30) ? 48 : 108;
            switch (_dice.Roll(12))
            {
                case 0:
                    Put(t, client, f, FrameBuilder.Rts(ap.Address, client.Address), rate: 24);
                    _air.Add(new AirFrame(t + 60, ap, f, 24, FrameBuilder.Cts(client.Address).Build()));
                    break;
                case 1:
                    Put(t, client, f, FrameBuilder.NullToDs(ap.Address, client.Address, powerSave: _dice.Percent(50), tid));
                    break;
                case 2 when tid is not null:
                    Put(t, ap, f, FrameBuilder.BlockAck(client.Address, ap.Address), rate: 24);
                    break;
                case < 8:
                    Put(t, client, f, Payload(FrameBuilder.ToDs(ap.Address, client.Address, peer, tid), protection), rate, mayRepeat: true);
                    Ack(t + 120, ap, f, client.Address);
                    break;
                default:
                    Put(t, ap, f, Payload(FrameBuilder.FromDs(ap.Address, peer, client.Address, tid), protection), rate, mayRepeat: true);
                    Ack(t + 120, client, f, ap.Address);
                    break;
            }
        }
    }

    private FrameBuilder Payload(FrameBuilder frame, DataProtection protection)
    {
        byte[] bytes = _dice.Bytes(_dice.Between(24, 90));
        // 0x88B5 is IEEE 802's EtherType for local experiments.
        return protection == DataProtection.None ? frame.Snap(0x88B5, bytes) : frame.Protect(protection).Body(bytes);
    }
}
