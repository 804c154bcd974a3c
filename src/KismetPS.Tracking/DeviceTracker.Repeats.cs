using KismetPS.Capture;
using KismetPS.Tracking.Tables;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;

namespace KismetPS.Tracking;

/// <summary>
/// Beacons that repeat. An access point says the same ten times a second, but for its clock and the traffic indication map, of which nothing is kept: what
/// agrees in all else with the beacon that its network was last made of is counted, not read again. The plain way, which reads each, leads to the same tables.
/// </summary>
internal sealed partial class DeviceTracker
{
    // Elements before the map in which it is looked for; IEEE Std 802.11-2020 table 9-32 has four at most (SSID, rates, DS and IBSS parameters).
    private const int MostBeforeMap = 8;

    private readonly bool _readsRepeats;

    // Of the frame at work.
    private ulong _content;

    /// <summary>Beacons that were counted without being read.</summary>
    public long Repeats { get; private set; }

    /// <summary>Takes in a beacon that says what the last one said; false: it has to be read.</summary>
    private bool OnRepeat(int transmitter, ReadOnlySpan<byte> frame, in FrameFacts facts, in RadioInfo radio, in FrameInfo info)
    {
        _content = facts.Bssid == facts.Transmitter && facts.CutLength == 0 && !_readsRepeats ? Content(frame, facts, radio) : 0;
        ref DeviceRow device = ref _tables.Devices[transmitter];
        if (_content == 0 || device.CurrentNetwork == 0)
        {
            return false;
        }

        ref NetworkRow network = ref _tables.Networks[device.CurrentNetwork - 1];
        if (network.Content != _content || facts.TsfUs < network.TsfUs)
        {
            // The clock may have been set back, which is an alert's business.
            return false;
        }

        Repeats++;
        Count(ref network, facts, info.TimestampNs);

        // Between two beacons its other frames may have told otherwise of it.
        device.Bssid = facts.Bssid;
        device.Channel = network.Channel;
        device.FrequencyMHz = network.FrequencyMHz;
        device.Capabilities = network.Capabilities != 0 ? network.Capabilities : device.Capabilities;
        CountInBss(transmitter, facts, facts.FrameLength + facts.CutLength);
        return true;
    }

    /// <summary>Whether the next beacon may be compared with the one that a network was just made of.</summary>
    private ulong ContentToKeep(in FrameFacts facts, ushort channel, bool namesKept) =>
        facts.Subtype == FrameSubtype.Beacon && channel != 0 && namesKept && !_elements.Has(ElementParts.Truncated) ? _content : 0;

    // All that a network is made of: fixed fields, elements without the map, and the channel of the sensor, which tells the band where the elements do not.
    private static ulong Content(ReadOnlySpan<byte> frame, in FrameFacts facts, in RadioInfo radio)
    {
        ReadOnlySpan<byte> elements = frame[..Math.Min(facts.ElementsOffset + facts.ElementsLength, frame.Length)][facts.ElementsOffset..];
        ulong content = facts.Capability | ((ulong)facts.BeaconIntervalTu << 16) | ((ulong)radio.FrequencyMHz << 32) | ((ulong)radio.Channel << 48);
        content ^= (ulong)(radio.Fields & (RadioFields.Frequency | RadioFields.Channel)) ^ ((ulong)radio.Band << 8);
        int map = MapOffset(elements);
        if (map < elements.Length)
        {
            content = ByteHash.Combine(content, ByteHash.Compute(elements[..map]));
            elements = elements[Math.Min(map + 2 + elements[map + 1], elements.Length)..];
        }

        // Never 0, which stands for nothing to compare with.
        return ByteHash.Combine(content, ByteHash.Compute(elements)) | 1;
    }

    // Where the map begins, of which the length at least is there; else the end.
    private static int MapOffset(ReadOnlySpan<byte> elements)
    {
        int at = 0;
        for (int i = 0; i < MostBeforeMap && elements.Length - at >= 2; i++)
        {
            if (elements[at] == ElementId.TrafficIndicationMap)
            {
                return at;
            }

            at += 2 + elements[at + 1];
        }

        return elements.Length;
    }
}
