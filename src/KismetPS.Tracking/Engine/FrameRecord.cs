using KismetPS.Capture;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;

namespace KismetPS.Tracking.Engine;

/// <summary><see cref="FrameInfo"/> without references, as it lies in a subscriber's queue.</summary>
internal struct FrameRecord
{
    public long TimestampNs;
    public LinkType LinkType;
    public int OriginalLength;
    public int Origin;
    public RadioInfo Radio;

    public static FrameRecord From(in FrameInfo info, FcsState fcs) => new()
    {
        TimestampNs = info.TimestampNs,
        LinkType = info.LinkType,
        OriginalLength = info.OriginalLength,
        Origin = info.Origin.Index,
        Radio = info.Radio with { Fcs = fcs },
    };

    public readonly FrameInfo ToInfo(IReadOnlyList<FrameOrigin> origins) => new()
    {
        TimestampNs = TimestampNs,
        LinkType = LinkType,
        OriginalLength = OriginalLength,
        Origin = origins[Origin],
        Radio = Radio,
    };
}
