using System.Diagnostics;

namespace KismetPS.TestKit;

/// <summary>A tshark on PATH, asked about files that tests make: an oracle for cases no capture at hand holds.</summary>
public static class Tshark
{
    /// <summary>Full path of the program, or null.</summary>
    public static string? Program { get; } = Find();

    /// <summary>Why tests that ask it are skipped; null where they can run.</summary>
    public static string? SkipReason { get; } = Program is null ? "No tshark on PATH." : null;

    /// <summary>One row per packet, one cell per field; the values of a field that occurs often are joined with commas.</summary>
    public static string[][] Fields(string file, params string[] fields)
    {
        ProcessStartInfo start = new(Program!) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] fixedArguments = ["-n", "-r", file, "-T", "fields", "-E", "occurrence=a", "-E", "aggregator=,"];
        foreach (string argument in fixedArguments.Concat(fields.SelectMany(static f => new[] { "-e", f })))
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? [.. output.Split('\n').SkipLast(1).Select(static line => line.Split('\t'))]
            : throw new InvalidOperationException($"tshark ended with {process.ExitCode}: {errors.Result}");
    }

    private static string? Find()
    {
        string[] names = OperatingSystem.IsWindows() ? ["tshark.exe"] : ["tshark"];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(static folder => folder.Length > 0)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }
}
