using KismetPS.Capture;

namespace KismetPS.Export.Formats;

/// <summary>Which format a file has by its name.</summary>
internal static class DeviceFileFormats
{
    /// <summary>The format the extension stands for; false where it stands for none.</summary>
    public static bool TryFromPath(string path, out DeviceFileFormat format)
    {
        (bool known, format) = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" => (true, DeviceFileFormat.Csv),
            ".JSON" => (true, DeviceFileFormat.Json),
            ".JSONL" or ".NDJSON" or ".JSONLINES" => (true, DeviceFileFormat.JsonLines),
            _ => (false, default),
        };
        return known;
    }

    /// <summary>The format given, else the one of the extension, else <see cref="KismetErrorId.ArgumentInvalid"/>.</summary>
    public static DeviceFileFormat Choose(string path, DeviceFileFormat? format)
    {
        if (format is DeviceFileFormat given)
        {
            return given;
        }

        return TryFromPath(path, out DeviceFileFormat found)
            ? found
            : throw new KismetException(
                KismetErrorId.ArgumentInvalid,
                $"The extension of '{path}' stands for no device format.",
                "Use .csv, .json, .jsonl or .ndjson, or name the format.");
    }
}
