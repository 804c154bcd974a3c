namespace KismetPS.Wireless.Elements;

/// <summary>One neighbour of a reduced neighbour report. The BSSID is zero where the report left it out; 6 GHz has operating classes 131 to 137.</summary>
internal readonly record struct RnrNeighbor(MacAddress Bssid, byte OperatingClass, byte Channel)
{
    public bool HasBssid => !Bssid.IsZero;
}
