using KismetPS.Capture;
using KismetPS.Tracking.Tables;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Frames;

namespace KismetPS.Tracking.Alerts;

/// <summary>Shows frames to the rules that want them.</summary>
internal sealed class AlertMonitor
{
    private readonly AlertRule[] _onAdvertisement;
    private readonly AlertRule[] _onManagement;
    private readonly AlertRule[] _onData;

    public AlertMonitor(NameTable names, int capacity)
    {
        Log = new AlertLog(names, capacity);
        AlertRule[] rules =
        [
            new NetworkChangeRule(),
            new NameRule(),
            new MalformedManagementRule(),
            new DisconnectRule(),
        ];
        _onAdvertisement = [.. rules.Where(static r => r.Events.HasFlag(AlertEvents.Advertisement))];
        _onManagement = [.. rules.Where(static r => r.Events.HasFlag(AlertEvents.Management))];
        _onData = [.. rules.Where(static r => r.Events.HasFlag(AlertEvents.Data))];
    }

    /// <summary>What was raised.</summary>
    public AlertLog Log { get; }

    public void OnAdvertisement(in Advertisement advertisement, in NetworkRow known)
    {
        foreach (AlertRule rule in _onAdvertisement)
        {
            rule.OnAdvertisement(advertisement, known, Log);
        }
    }

    public void OnManagement(in FrameFacts facts, in ElementFacts elements, in FrameInfo info)
    {
        foreach (AlertRule rule in _onManagement)
        {
            rule.OnManagement(facts, elements, info, Log);
        }
    }

    public void OnData(in FrameFacts facts, in FrameInfo info)
    {
        foreach (AlertRule rule in _onData)
        {
            rule.OnData(facts, info, Log);
        }
    }
}
