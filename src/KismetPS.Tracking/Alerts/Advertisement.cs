using KismetPS.Capture;
using KismetPS.Wireless;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Frames;

namespace KismetPS.Tracking.Alerts;

/// <summary>A beacon or probe response, as the alert rules see it before the tables take it in.</summary>
internal readonly ref struct Advertisement
{
    public readonly ref readonly FrameFacts Facts;
    public readonly ref readonly ElementFacts Elements;
    public readonly ref readonly FrameInfo Info;
    public readonly MacAddress Bssid;

    /// <summary>Channel told by the elements, 0 if they do not tell.</summary>
    public readonly ushort Channel;

    /// <summary>The network was not known before this frame.</summary>
    public readonly bool IsNew;

    /// <summary>The name was not known of this BSSID before: the network is new, or was nameless.</summary>
    public readonly bool IsNewName;
    public readonly bool AdHoc;

    public Advertisement(in FrameFacts facts, in ElementFacts elements, in FrameInfo info, MacAddress bssid, bool isNew, bool isNewName, bool adHoc)
    {
        Facts = ref facts;
        Elements = ref elements;
        Info = ref info;
        Bssid = bssid;
        Channel = elements.Has(ElementParts.Channel) ? elements.Channel : (ushort)0;
        IsNew = isNew;
        IsNewName = isNewName;
        AdHoc = adHoc;
    }
}
