namespace KismetPS.VendorPack;

/// <summary>One assignment: a block of addresses and whose it is.</summary>
/// <param name="Prefix">The fixed bits, as a number.</param>
/// <param name="Bits">How many they are: 24 (MA-L), 28 (MA-M) or 36 (MA-S, IAB).</param>
/// <param name="Organization">The name as registered.</param>
internal sealed record RegistryEntry(ulong Prefix, int Bits, string Organization);
