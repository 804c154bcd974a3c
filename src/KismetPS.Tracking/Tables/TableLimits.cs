namespace KismetPS.Tracking.Tables;

/// <summary>Caps of what hangs off one device, so that one hostile transmitter cannot fill memory. What is refused is counted.</summary>
internal static class TableLimits
{
    /// <summary>
    /// Rows of a kind that a device may still have once the table holds two of them for every device there may be: enough for an honest one,
    /// and the table ends at four for every device, whatever is invented.
    /// </summary>
    public const int PerDeviceWhenScarce = 2;

    /// <summary>Names one BSSID may advertise; real access points use one BSSID a name, some answer for a few.</summary>
    public const int NetworksPerDevice = 64;

    /// <summary>Names one device may be remembered to have asked for.</summary>
    public const int ProbesPerDevice = 64;

    /// <summary>Clients one access point may have.</summary>
    public const int ClientsPerAccessPoint = 65_535;

    /// <summary>Access points one client may have been with.</summary>
    public const int AccessPointsPerClient = 64;

    /// <summary>Sensors kept per device.</summary>
    public const int SensorsPerDevice = 64;
}
