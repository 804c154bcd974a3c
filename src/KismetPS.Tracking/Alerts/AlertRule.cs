using KismetPS.Capture;
using KismetPS.Tracking.Tables;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Frames;

namespace KismetPS.Tracking.Alerts;

/// <summary>One thing to look out for. Called under the session's gate; allocates only when it raises.</summary>
internal abstract class AlertRule
{
    /// <summary>Which of the methods below it overrides; the others are not called.</summary>
    public abstract AlertEvents Events { get; }

    /// <summary>A beacon or probe response; <paramref name="known"/> is the network as it was before.</summary>
    public virtual void OnAdvertisement(in Advertisement advertisement, in NetworkRow known, AlertLog log)
    {
    }

    /// <summary>Any management frame; <paramref name="elements"/> hold only where the frame has elements.</summary>
    public virtual void OnManagement(in FrameFacts facts, in ElementFacts elements, in FrameInfo info, AlertLog log)
    {
    }

    /// <summary>Any data frame.</summary>
    public virtual void OnData(in FrameFacts facts, in FrameInfo info, AlertLog log)
    {
    }
}
