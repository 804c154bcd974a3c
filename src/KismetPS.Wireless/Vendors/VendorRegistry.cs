namespace KismetPS.Wireless.Vendors;

/// <summary>
/// The IEEE registry (MA-L 24 bit, MA-M 28 bit, MA-S and IAB 36 bit) packed as a resource (<c>tools/KismetPS.VendorPack</c>); unpacked at the
/// first question and looked up without allocation once a name was given out. Any thread may ask.
/// </summary>
internal static class VendorRegistry
{
    private static readonly Lazy<VendorTable> Table = new(VendorTable.Load, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>Day the packed registries are of.</summary>
    public static DateOnly Date => Table.Value.Date;

    /// <summary>Number of address blocks.</summary>
    public static int BlockCount => Table.Value.BlockCount;

    /// <summary>
    /// The organisation's short name, or null for group, local (randomised) and unregistered addresses. Longest prefix wins. A block whose
    /// owner asked the IEEE not to be named gives <c>Private</c>.
    /// </summary>
    /// <remarks>
    /// A few blocks of the 1980s have the local bit set (02-60-8C 3COM, AA-00-04 DECnet). No wireless device of theirs exists, while access
    /// points and phones make such addresses every day: local addresses have no vendor.
    /// </remarks>
    public static string? Lookup(MacAddress address) =>
        address.IsGroup || address.IsLocal || address.IsZero ? null : Table.Value.Find(address.Value);
}
