namespace KismetPS.PowerShell.Model;

/// <summary>What the bits of a MAC address and the IEEE registry say of it.</summary>
public enum KismetVendorKind
{
    /// <summary>Registered at the IEEE.</summary>
    Registered = 1,

    /// <summary>Globally administered, but in no registry we know.</summary>
    Unregistered,

    /// <summary>Locally administered: of a client most likely randomised.</summary>
    Randomized,

    /// <summary>A group address.</summary>
    Multicast,

    /// <summary>FF:FF:FF:FF:FF:FF.</summary>
    Broadcast,

    /// <summary>00:00:00:00:00:00, which no station may use.</summary>
    Invalid,
}
