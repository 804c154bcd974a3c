using System.CommandLine;
using KismetPS.Capture;

namespace KismetPS.Cli.Commands;

/// <summary>File arguments: where no shell expanded wildcards, the host does.</summary>
internal static class FileArguments
{
    public static Argument<string[]> Files(string description) => new("FILE") { Description = description, Arity = ArgumentArity.OneOrMore };

    /// <summary>The files, wildcards expanded in the order of names. Throws <see cref="KismetException"/> (FileNotFound) where a pattern matches nothing.</summary>
    public static IReadOnlyList<string> Expand(IEnumerable<string> arguments)
    {
        var files = new List<string>();
        foreach (string argument in arguments)
        {
            if (File.Exists(argument) || argument.IndexOfAny(['*', '?']) < 0)
            {
                files.Add(argument);
                continue;
            }

            string folder = Path.GetDirectoryName(argument) is { Length: > 0 } named ? named : ".";
            string[] found = Directory.Exists(folder) ? Directory.GetFiles(folder, Path.GetFileName(argument)) : [];
            if (found.Length == 0)
            {
                throw new KismetException(KismetErrorId.FileNotFound, $"No file matches '{argument}'.", "Check the path.");
            }

            files.AddRange(found.Order(StringComparer.Ordinal));
        }

        return files;
    }

    /// <summary>The first line of a file that keeps a secret. Throws <see cref="KismetException"/> (FileNotReadable).</summary>
    public static string FirstLine(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault() ?? string.Empty;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KismetException(KismetErrorId.FileNotReadable, $"'{file}' cannot be read: {e.Message}", "Check path and rights.", e);
        }
    }
}
