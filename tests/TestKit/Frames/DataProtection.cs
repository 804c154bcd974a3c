namespace KismetPS.TestKit.Frames;

/// <summary>What the IV in front of a built data body looks like.</summary>
public enum DataProtection
{
    None,
    Wep,
    Tkip,
    Ccmp,
}
