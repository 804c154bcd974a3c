namespace KismetPS.Wireless.Elements;

/// <summary>What the capability and operation elements of one frame said, gathered while walking and weighed against each other at the end.</summary>
internal struct PhyElements
{
    /// <summary>Places of the capability elements' payloads in the frame.</summary>
    public ByteRange HtCapabilities;
    public ByteRange VhtCapabilities;
    public ByteRange HeCapabilities;
    public ByteRange EhtCapabilities;

    /// <summary>Supported and extended rates.</summary>
    public RateSet Rates;

    /// <summary>Highest legacy rate in units of 500 kbit/s.</summary>
    public byte LegacyRate;

    /// <summary>Primary channels as each element names them, 0 where none does.</summary>
    public byte DsChannel;
    public byte HtChannel;
    public byte HeChannel;

    /// <summary>Widths in MHz as each element names them, 0 where none does.</summary>
    public ushort HtWidth;
    public ushort VhtWidth;
    public ushort HeWidth;
    public ushort EhtWidth;
}
