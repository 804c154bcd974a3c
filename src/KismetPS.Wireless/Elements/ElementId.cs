namespace KismetPS.Wireless.Elements;

/// <summary>Element identifiers that are read; IEEE Std 802.11-2020 table 9-92 and its amendments.</summary>
internal static class ElementId
{
    public const byte Ssid = 0;
    public const byte SupportedRates = 1;
    public const byte DsParameter = 3;
    public const byte TrafficIndicationMap = 5;
    public const byte Country = 7;
    public const byte BssLoad = 11;
    public const byte ChannelSwitch = 37;
    public const byte HtCapabilities = 45;
    public const byte Rsn = 48;
    public const byte ExtendedRates = 50;
    public const byte MobilityDomain = 54;
    public const byte ExtendedChannelSwitch = 60;
    public const byte HtOperation = 61;
    public const byte RmEnabledCapabilities = 70;
    public const byte MultipleBssid = 71;
    public const byte MeshId = 114;

    /// <summary>Cisco CCX, from before the number was ever assigned.</summary>
    public const byte CiscoCcx = 133;
    public const byte VhtCapabilities = 191;
    public const byte VhtOperation = 192;
    public const byte ReducedNeighborReport = 201;
    public const byte Vendor = 221;
    public const byte Fragment = 242;
    public const byte RsnExtension = 244;
    public const byte Extension = 255;

    /// <summary>Element ID extensions, behind <see cref="Extension"/>.</summary>
    public const byte ExtHeCapabilities = 35;
    public const byte ExtHeOperation = 36;
    public const byte ExtHe6GhzCapabilities = 59;
    public const byte ExtEhtOperation = 106;
    public const byte ExtMultiLink = 107;
    public const byte ExtEhtCapabilities = 108;
}
