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
}
