using KismetPS.Capture;
using KismetPS.Tracking.Tables;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Frames;

namespace KismetPS.Tracking.Alerts;

/// <summary>Shows every frame to the rules.</summary>
internal sealed class AlertMonitor(NameTable names, int capacity)
{
    private readonly AlertRule[] _rules =
    [
        new NetworkChangeRule(),
        new NameRule(),
        new MalformedManagementRule(),
        new DisconnectRule(),
    ];

    /// <summary>What was raised.</summary>
    public AlertLog Log { get; } = new(names, capacity);

    public void OnAdvertisement(in Advertisement advertisement, in NetworkRow known)
    {
        foreach (AlertRule rule in _rules)
        {
            rule.OnAdvertisement(advertisement, known, Log);
        }
    }

    public void OnManagement(in FrameFacts facts, in ElementFacts elements, in FrameInfo info)
    {
        foreach (AlertRule rule in _rules)
        {
            rule.OnManagement(facts, elements, info, Log);
        }
    }

    public void OnData(in FrameFacts facts, in FrameInfo info)
    {
        foreach (AlertRule rule in _rules)
        {
            rule.OnData(facts, info, Log);
        }
    }
}
