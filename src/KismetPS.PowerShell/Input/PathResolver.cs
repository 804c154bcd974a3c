using System.Collections.ObjectModel;
using System.Management.Automation;
using KismetPS.Capture;

namespace KismetPS.PowerShell.Input;

/// <summary>Turns PowerShell paths into file system paths, relative to the location of the session and never to that of the process.</summary>
internal static class PathResolver
{
    private const string FileSystem = "FileSystem";

    /// <summary>Files that exist: -Path with wildcards, or -LiteralPath as it stands. Throws <see cref="KismetException"/>.</summary>
    public static IReadOnlyList<string> Existing(PSCmdlet cmdlet, string path, bool literal)
    {
        if (literal)
        {
            string file = ForWriting(cmdlet, path);
            return File.Exists(file) ? [file] : throw (Directory.Exists(file) ? Folder(path) : NotFound(path));
        }

        try
        {
            Collection<string> found = cmdlet.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
            CheckProvider(provider, path);
            string[] files = [.. found.Where(File.Exists).Order(StringComparer.Ordinal)];
            return files.Length > 0 ? files : throw (found.Count == 1 && Directory.Exists(found[0]) ? Folder(path) : NotFound(path));
        }
        catch (SessionStateException e)
        {
            throw NotFound(path, e);
        }
    }

    /// <summary>A file that need not exist. Throws <see cref="KismetException"/>.</summary>
    public static string ForWriting(PSCmdlet cmdlet, string path)
    {
        try
        {
            string file = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            CheckProvider(provider, path);
            return file;
        }
        catch (SessionStateException e)
        {
            throw NotFound(path, e);
        }
    }

    private static void CheckProvider(ProviderInfo provider, string path)
    {
        if (!string.Equals(provider.Name, FileSystem, StringComparison.OrdinalIgnoreCase))
        {
            throw new KismetException(
                KismetErrorId.PathNotFileSystem,
                $"'{path}' is a path of the provider {provider.Name}, not of the file system.",
                "Give a path of the file system.");
        }
    }

    private static KismetException Folder(string path) =>
        new(KismetErrorId.FileNotReadable, $"'{path}' is a folder, not a file.", "Name the files in it, wildcards work: *.pcapng.");

    private static KismetException NotFound(string path, Exception? inner = null) =>
        new(KismetErrorId.FileNotFound, $"There is no file '{path}'.", "Check the path; relative ones start at the current location (Get-Location).", inner);
}
