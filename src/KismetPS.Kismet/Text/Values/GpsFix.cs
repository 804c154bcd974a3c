namespace KismetPS.Kismet.Text.Values;

/// <summary>GPS.fix, and gpsfixed of stable. In newcore gpsfixed is 0 or 1: whether there ever was a fix.</summary>
internal enum GpsFix
{
    Never = -1,
    None = 0,
    TwoD = 2,
    ThreeD = 3,
}
