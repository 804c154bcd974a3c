namespace KismetPS.PowerShell.Model;

/// <summary>What devices are grouped by.</summary>
public enum KismetMeasure
{
    /// <summary>Channel.</summary>
    Channel = 1,

    /// <summary>Protection.</summary>
    Encryption,

    /// <summary>Vendor.</summary>
    Vendor,

    /// <summary>Kind of device.</summary>
    Type,
}
