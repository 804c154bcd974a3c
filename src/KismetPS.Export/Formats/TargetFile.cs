using System.Text.RegularExpressions;
using KismetPS.Capture;

namespace KismetPS.Export.Formats;

/// <summary>
/// A file being written: a temporary one in the same folder that takes the name at the end (one rename: readers see the old file or the
/// new, never a half), or the file itself where it is appended to or is a device.
/// </summary>
internal sealed class TargetFile
{
    private readonly string? _temporary;
    private readonly long _oldLength;
    private readonly bool _noClobber;

    private TargetFile(string path, string? temporary, FileStream stream, long oldLength, bool noClobber)
    {
        Path = path;
        _temporary = temporary;
        Stream = stream;
        _oldLength = oldLength;
        _noClobber = noClobber;
    }

    /// <summary>The file's path.</summary>
    public string Path { get; }

    /// <summary>Where to write.</summary>
    public FileStream Stream { get; }

    /// <summary>Opens. Throws <see cref="KismetException"/>; nothing is left behind then.</summary>
    public static TargetFile Open(string path, bool append, bool noClobber, bool force)
    {
        try
        {
            // A link is followed: the file it names is replaced, not the link.
            string full = System.IO.Path.GetFullPath(path);
            if (IsDevice(full))
            {
                return OpenInPlace(full, append: false);
            }

            if (new FileInfo(full).LinkTarget is not null)
            {
                full = File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
            }

            if (Directory.Exists(full))
            {
                throw NotWritable(path, null);
            }

            bool exists = File.Exists(full);
            if (exists && noClobber)
            {
                throw Exists(path);
            }

            if (exists && (File.GetAttributes(full) & FileAttributes.ReadOnly) != 0)
            {
                if (!force)
                {
                    throw new KismetException(KismetErrorId.FileNotWritable, $"'{path}' is read-only.", "Force it, or choose another file.");
                }

                File.SetAttributes(full, File.GetAttributes(full) & ~FileAttributes.ReadOnly);
            }

            return append ? OpenInPlace(full, append) : OpenTemporary(full, exists, noClobber);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw NotWritable(path, e);
        }
    }

    public static KismetException NotWritable(string? path, Exception? e) => new(
        KismetErrorId.FileNotWritable,
        path is null ? $"The output cannot be written: {e?.Message}" : $"'{path}' cannot be written: {Reason(path, e)}",
        e is null ? "Give the name of a file." : e is DirectoryNotFoundException ? "Create the folder first." : "Check the path, the rights and the space on the disk.",
        e);

    // What the system says names the temporary file, which nobody has heard of.
    private static string Reason(string path, Exception? e) => e switch
    {
        null => "it is a folder.",
        DirectoryNotFoundException => "its folder does not exist.",
        _ => Regex.Replace(e.Message, $@"\.{Regex.Escape(System.IO.Path.GetFileName(path))}\.[a-z0-9]{{8}}\.[a-z0-9]{{3}}\.tmp", System.IO.Path.GetFileName(path).Replace("$", "$$", StringComparison.Ordinal)),
    };

    /// <summary>Puts the file in its place.</summary>
    public void Complete()
    {
        try
        {
            if (_temporary is null)
            {
                Stream.Dispose();
                return;
            }

            Stream.Flush(flushToDisk: true);
            Stream.Dispose();
            File.Move(_temporary, Path, overwrite: !_noClobber);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Discard();
            throw _noClobber && File.Exists(Path) ? Exists(Path) : NotWritable(Path, e);
        }
    }

    /// <summary>Leaves things as they were before <see cref="Open"/>.</summary>
    public void Discard()
    {
        try
        {
            if (_temporary is null && Stream.CanSeek)
            {
                Stream.SetLength(_oldLength);
            }

            Stream.Dispose();
            if (_temporary is not null)
            {
                File.Delete(_temporary);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // The file failed before and the first failure is what the caller hears; what is left is a temporary file at most.
        }
    }

    private static KismetException Exists(string path) =>
        new(KismetErrorId.FileExists, $"'{path}' exists already.", "Choose another file, or allow it to be replaced.");

    // /dev/stdout and the pipes that shells put under /dev/fd: written to, never replaced.
    private static bool IsDevice(string path) => !OperatingSystem.IsWindows() && path.StartsWith("/dev/", StringComparison.Ordinal);

    private static TargetFile OpenInPlace(string path, bool append)
    {
        var stream = new FileStream(path, append ? FileMode.OpenOrCreate : FileMode.Open, append ? FileAccess.ReadWrite : FileAccess.Write, FileShare.Read, 64 * 1024);
        long length = 0;
        if (append && stream.CanSeek)
        {
            length = stream.Seek(0, SeekOrigin.End);
            EndLastLine(stream, length);
        }

        return new TargetFile(path, null, stream, length, noClobber: false);
    }

    // A line that was cut off, or written without an end by hand, must not swallow the first new one.
    private static void EndLastLine(FileStream stream, long length)
    {
        if (length == 0)
        {
            return;
        }

        stream.Seek(-1, SeekOrigin.End);
        int last = stream.ReadByte();
        if (last != '\n')
        {
            stream.WriteByte((byte)'\n');
        }
    }

    private static TargetFile OpenTemporary(string path, bool exists, bool noClobber)
    {
        string folder = System.IO.Path.GetDirectoryName(path) ?? ".";
        string temporary = System.IO.Path.Combine(folder, $".{System.IO.Path.GetFileName(path)}.{System.IO.Path.GetRandomFileName()}.tmp");
        var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 64 * 1024);
        if (exists && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(path));
        }

        return new TargetFile(path, temporary, stream, 0, noClobber);
    }
}
