namespace KismetPS.Wireless.Frames;

/// <summary>Frame type, IEEE Std 802.11-2020 table 9-1.</summary>
public enum FrameType : byte
{
    /// <summary>Beacons, probes, authentication, association, action.</summary>
    Management = 0,

    /// <summary>RTS, CTS, ACK and the like.</summary>
    Control = 1,

    /// <summary>Data and null frames.</summary>
    Data = 2,

    /// <summary>DMG and S1G beacons.</summary>
    Extension = 3,
}
