using KismetPS.Wireless;
using KismetPS.Wireless.Vendors;

namespace KismetPS.PowerShell.Model;

/// <summary>Whom a MAC address belongs to.</summary>
public sealed class KismetVendor
{
    /// <summary>MAC address, <c>AA:BB:CC:DD:EE:FF</c>.</summary>
    public required string MacAddress { get; init; }

    /// <summary>Organisation in the IEEE registry, null where there is none.</summary>
    public string? Vendor { get; init; }

    /// <summary>Whether the address is locally administered and of a single station: of a client most likely randomised.</summary>
    public bool IsRandomized { get; init; }

    /// <summary>Whether it is a group (multicast or broadcast) address.</summary>
    public bool IsGroup { get; init; }

    /// <summary>What kind of address it is.</summary>
    public KismetVendorKind Kind { get; init; }

    /// <summary>Vendor, or the kind of address where there is none.</summary>
    public override string ToString() => Vendor ?? Kind.ToString();

    internal static KismetVendor Of(MacAddress address)
    {
        string? vendor = VendorRegistry.Lookup(address);
        return new KismetVendor
        {
            MacAddress = address.ToString(),
            Vendor = vendor,
            IsRandomized = address.IsLocal && !address.IsGroup,
            IsGroup = address.IsGroup,
            Kind = address.IsZero ? KismetVendorKind.Invalid
                : address.IsBroadcast ? KismetVendorKind.Broadcast
                : address.IsGroup ? KismetVendorKind.Multicast
                : address.IsLocal ? KismetVendorKind.Randomized
                : vendor is null ? KismetVendorKind.Unregistered
                : KismetVendorKind.Registered,
        };
    }
}
