using System.Globalization;
using System.Text;

namespace KismetPS.Export.Spooling;

/// <summary>How far the stream of a spool folder is: one line of text with its checksum, replaced in one step.</summary>
/// <param name="StreamId">Name of the count.</param>
/// <param name="Confirmed">Every message up to this one was received or given up.</param>
/// <param name="Next">Lowest number that was not used when this was written; what is in the segments may be later.</param>
/// <param name="Format">Format of the messages.</param>
/// <param name="Boot">Run of the machine: a message that was sent is certain to be on the disk only as long as the machine has not gone down.</param>
internal sealed record SpoolPosition(string StreamId, long Confirmed, long Next, string Format, string Boot)
{
    private const string FileName = "position";
    private const string Kind = "KISMETPS-SPOOL-1";

    /// <summary>Reads the file; null where there is none. <paramref name="damaged"/>: there is one and it says nothing.</summary>
    public static SpoolPosition? Read(string folder, out bool damaged)
    {
        damaged = false;
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        string[] parts = File.ReadAllText(path, Encoding.UTF8).TrimEnd('\n').Split(' ');
        if (parts.Length == 7
            && parts[0] == Kind
            && parts[6] == Check(string.Join(' ', parts[..6]))
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long confirmed)
            && long.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out long next))
        {
            return new SpoolPosition(parts[1], confirmed, next, parts[4], parts[5]);
        }

        damaged = true;
        return null;
    }

    /// <summary>Writes the file: readers see the old one or the new one.</summary>
    public void Write(string folder)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{Kind} {StreamId} {Confirmed} {Next} {Format} {Boot}");
        string path = Path.Combine(folder, FileName);
        File.WriteAllText(path + ".new", $"{text} {Check(text)}\n");
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Removes the file.</summary>
    public static void Delete(string folder)
    {
        try
        {
            File.Delete(Path.Combine(folder, FileName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A disk that lets nothing be deleted is read-only: nothing was written there that could be used again.
        }
    }

    /// <summary>Names this run of the machine.</summary>
    public static string ThisBoot()
    {
        const string Linux = "/proc/sys/kernel/random/boot_id";
        return File.Exists(Linux)
            ? File.ReadAllText(Linux).Trim()
            // Elsewhere the minute the machine came up, which moves with corrections of the clock: a new stream too many at worst.
            : DateTimeOffset.UtcNow.AddMilliseconds(-Environment.TickCount64).ToString("yyyyMMddTHHmm", CultureInfo.InvariantCulture);
    }

    private static string Check(string text) => SpoolRecord.Checksum(Encoding.UTF8.GetBytes(text)).ToString("x8", CultureInfo.InvariantCulture);
}
