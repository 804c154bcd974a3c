namespace KismetPS.Wireless.Elements;

/// <summary>One per-STA profile of a basic multi-link element: a further link of the same device.</summary>
/// <param name="LinkId">Link number, 0 to 15.</param>
/// <param name="Address">The station's address on that link, zero where the profile leaves it out.</param>
internal readonly record struct MultiLinkStation(byte LinkId, MacAddress Address)
{
    public bool HasAddress => !Address.IsZero;
}
