namespace KismetPS.Wireless.Vendors;

/// <summary>The IEEE registry (MA-L 24 bit, MA-M 28 bit, MA-S 36 bit) packed as a resource; looked up without allocation once a name was given out.</summary>
internal static class VendorRegistry
{
    /// <summary>The organisation's short name, or null for group, local (randomised) and unregistered addresses. Longest prefix wins.</summary>
    public static string? Lookup(MacAddress address) => null; // seam
}
