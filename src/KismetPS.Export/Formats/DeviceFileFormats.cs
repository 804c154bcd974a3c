using System.Text;
using KismetPS.Capture;

namespace KismetPS.Export.Formats;

/// <summary>Which format a file has, by its name or its first bytes, and what can be done with each.</summary>
internal static class DeviceFileFormats
{
    private const int PeekLength = 1024;

    /// <summary>The format the extension stands for; false where it stands for none.</summary>
    public static bool TryFromPath(string path, out DeviceFileFormat format)
    {
        (bool known, format) = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" when path.EndsWith(".wigle.csv", StringComparison.OrdinalIgnoreCase) => (true, DeviceFileFormat.WigleCsv),
            ".CSV" => (true, DeviceFileFormat.Csv),
            ".JSON" => (true, DeviceFileFormat.Json),
            ".JSONL" or ".NDJSON" or ".JSONLINES" => (true, DeviceFileFormat.JsonLines),
            ".NETXML" => (true, DeviceFileFormat.NetXml),
            ".WIGLECSV" => (true, DeviceFileFormat.WigleCsv),
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
                "Use .csv, .json, .jsonl, .ndjson, .netxml or .wiglecsv, or name the format.");
    }

    /// <summary>As <see cref="Choose"/> for a file that is there: what it begins with says more than its name. Leaves the stream where it was.</summary>
    public static DeviceFileFormat ChooseToRead(string path, Stream stream, DeviceFileFormat? format)
    {
        if (format is null && stream.CanSeek)
        {
            format = FromContent(stream, TryFromPath(path, out _));
        }

        return Choose(path, format);
    }

    /// <summary>What the file begins with; null where it is nothing known. Leaves the stream where it was.</summary>
    public static DeviceFileFormat? Detect(Stream stream) => FromContent(stream, named: false);

    /// <summary>Whether more can be added to a file that is complete.</summary>
    public static bool CanAppend(DeviceFileFormat format) =>
        format is DeviceFileFormat.Csv or DeviceFileFormat.JsonLines or DeviceFileFormat.Simple or DeviceFileFormat.WigleCsv;

    /// <summary>Whether each device is written as it comes; the others are written at the end, sorted into networks and clients.</summary>
    public static bool IsWrittenAtOnce(DeviceFileFormat format) => format is not (DeviceFileFormat.NetXml or DeviceFileFormat.AirodumpCsv);

    private static DeviceFileFormat? FromContent(Stream stream, bool named)
    {
        byte[] head = new byte[PeekLength];
        int length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position -= length;
        return FromContent(head.AsSpan(0, length), named);
    }

    // Words that no other format begins with; JSON and plain CSV only where the name says nothing.
    private static DeviceFileFormat? FromContent(ReadOnlySpan<byte> head, bool named)
    {
        if (head.StartsWith("\uFEFF"u8))
        {
            head = head[3..];
        }

        head = head.TrimStart(" \t\r\n"u8);
        if (head.StartsWith("<?xml"u8) || head.StartsWith("<detection-run"u8) || head.StartsWith("<!DOCTYPE detection-run"u8))
        {
            return DeviceFileFormat.NetXml;
        }

        if (head.StartsWith("WigleWifi-"u8))
        {
            return DeviceFileFormat.WigleCsv;
        }

        if (head.StartsWith("BSSID, First time seen"u8))
        {
            return DeviceFileFormat.AirodumpCsv;
        }

        if (head.StartsWith("DEVICE|"u8) || head.StartsWith("EXPIRED|"u8) || head.StartsWith("ALERT|"u8))
        {
            return DeviceFileFormat.Simple;
        }

        if (named || head.IsEmpty)
        {
            return null;
        }

        int line = head.IndexOf((byte)'\n');
        return head[0] switch
        {
            (byte)'[' => DeviceFileFormat.Json,
            (byte)'{' => DeviceFileFormat.JsonLines,
            _ when Encoding.UTF8.GetString(line < 0 ? head : head[..line]).Contains(nameof(Tracking.KismetDevice.MacAddress), StringComparison.OrdinalIgnoreCase) => DeviceFileFormat.Csv,
            _ => null,
        };
    }
}
