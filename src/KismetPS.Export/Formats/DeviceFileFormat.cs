namespace KismetPS.Export.Formats;

/// <summary>File formats of devices.</summary>
public enum DeviceFileFormat
{
    /// <summary>RFC 4180, a header line, lists joined into one cell.</summary>
    Csv,

    /// <summary>One JSON array with an object for each device.</summary>
    Json,

    /// <summary>One JSON object a line; can be appended to.</summary>
    JsonLines,

    /// <summary>A line of few fields with bars between, as in messages: DEVICE, MAC address, physical layer, signal, packets.</summary>
    Simple,

    /// <summary>WiGLE's CSV 1.6 for uploads: a row for each name of each access point and ad-hoc network.</summary>
    WigleCsv,

    /// <summary>Kismet's XML of 2009 to 2016 (.netxml): networks with their clients.</summary>
    NetXml,

    /// <summary>The CSV of airodump-ng: access points, a blank line, stations.</summary>
    AirodumpCsv,
}
