namespace KismetPS.Wireless.Radio;

/// <summary>What is known of the frame check sequence at the end of a frame.</summary>
internal enum FcsState : byte
{
    /// <summary>Nobody said; the origin's habit decides (see <see cref="FcsDetector"/>).</summary>
    Unknown = 0,

    /// <summary>The frame carries no FCS.</summary>
    Absent,

    /// <summary>The last four bytes are an FCS (not yet checked, or right).</summary>
    Present,

    /// <summary>The last four bytes are an FCS and the receiver or we found it wrong.</summary>
    PresentBad,

    /// <summary>The FCS was cut off, but the receiver said that it was wrong.</summary>
    AbsentBad,
}
