namespace KismetPS.Wireless.Frames;

/// <summary>Second byte of frame control, IEEE Std 802.11-2020 9.2.4.1.</summary>
[Flags]
public enum FrameControlFlags : byte
{
#pragma warning disable CS1591 // the names are the standard's
    None = 0,
    ToDs = 0x01,
    FromDs = 0x02,
    MoreFragments = 0x04,
    Retry = 0x08,
    PowerManagement = 0x10,
    MoreData = 0x20,
    Protected = 0x40,
    Order = 0x80,
#pragma warning restore CS1591
}
