namespace KismetPS.Wireless.Elements;

/// <summary>What a walk over the elements of one frame keeps in mind until its end.</summary>
internal struct ElementNotes
{
    /// <summary>What the rates, capability and operation elements said.</summary>
    public PhyElements Phy;

    /// <summary>Where the WPS message stands that may be split over several elements.</summary>
    public WpsReader Wps;

    /// <summary>An RSN or WPA element was there, readable or not.</summary>
    public bool SecuritySeen;
}
