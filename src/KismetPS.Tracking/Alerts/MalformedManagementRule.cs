using KismetPS.Capture;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Frames;

namespace KismetPS.Tracking.Alerts;

/// <summary>Management frames that no honest station sends, made to crash drivers or by attack tools.</summary>
internal sealed class MalformedManagementRule : AlertRule
{
    // IEEE Std 802.11-2020 table 9-49: 0 and 72 upwards are reserved.
    private const int LastReasonCode = 71;

    public override AlertEvents Events => AlertEvents.Management;

    public override void OnManagement(in FrameFacts facts, in ElementFacts elements, in FrameInfo info, AlertLog log)
    {
        if (facts.Has(FrameParts.Elements))
        {
            if (elements.Has(ElementParts.SsidTooLong) && log.Permits(KismetAlertType.LongSsid, facts.Transmitter, info.TimestampNs))
            {
                Raise(KismetAlertType.LongSsid, $"A {facts.Subtype} carries an SSID longer than 32 bytes.", facts, info, log);
            }

            if (facts.Subtype == FrameSubtype.ProbeResponse && elements.Has(ElementParts.Ssid) && elements.Ssid.IsEmpty
                && log.Permits(KismetAlertType.NullProbeResponse, facts.Transmitter, info.TimestampNs))
            {
                Raise(KismetAlertType.NullProbeResponse, "A probe response carries an SSID of zero length.", facts, info, log);
            }
        }

        if (facts.Has(FrameParts.Reason) && facts.Code is 0 or > LastReasonCode
            && log.Permits(KismetAlertType.InvalidReasonCode, facts.Transmitter, info.TimestampNs))
        {
            Raise(KismetAlertType.InvalidReasonCode, $"A {facts.Subtype} gives the reserved reason code {facts.Code}.", facts, info, log);
        }
    }

    private static void Raise(KismetAlertType type, string text, in FrameFacts facts, in FrameInfo info, AlertLog log) =>
        log.Raise(type, text, info, facts.Bssid, facts.Transmitter, facts.Receiver);
}
