using System.Globalization;

namespace KismetPS.Export.Spooling;

/// <summary>A file of the spool; its name is the number of its first message, so that the names sort as the messages do.</summary>
internal sealed class SpoolSegment(string path, long first)
{
    public const string Extension = ".spool";

    public string Path { get; } = path;

    /// <summary>Number of the first message.</summary>
    public long First { get; } = first;

    /// <summary>Number of the last message; of a segment written before this run the one before the next segment's first.</summary>
    public long Last { get; set; } = first - 1;

    /// <summary>Bytes that hold records.</summary>
    public long Length { get; set; }

    public static SpoolSegment Create(string folder, long first) =>
        new(System.IO.Path.Combine(folder, first.ToString("D20", CultureInfo.InvariantCulture) + Extension), first);

    /// <summary>A segment by its file; null for a file that is none.</summary>
    public static SpoolSegment? From(string path) =>
        long.TryParse(System.IO.Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out long first) && first > 0
            ? new SpoolSegment(path, first) { Length = new FileInfo(path).Length }
            : null;
}
