namespace KismetPS.Export.Messages;

/// <summary>How a message about a device is written when it is sent on.</summary>
public enum DeviceDataFormat
{
    /// <summary>One JSON object: type, data, sequence, timestamp, stream.</summary>
    Json = 1,

    /// <summary>Comma-separated values (RFC 4180): DEVICE, MAC address, physical layer, signal, packets, time.</summary>
    Csv,

    /// <summary>The same without the time, separated by vertical bars.</summary>
    Simple,

    /// <summary>Syslog (RFC 5424) with the fields as structured data.</summary>
    Syslog,

    /// <summary>ArcSight Common Event Format 0 inside syslog.</summary>
    Cef,

    /// <summary>Graylog Extended Log Format 1.1.</summary>
    Gelf,
}
