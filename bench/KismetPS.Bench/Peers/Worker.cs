using System.Diagnostics;
using System.Globalization;

namespace KismetPS.Bench.Peers;

/// <summary>A measuring process, ours or a peer's, whose output is numbers by name.</summary>
internal static class Worker
{
    /// <summary>Runs a command to its end and gives its numbers. Throws where it fails.</summary>
    public static IReadOnlyDictionary<string, long> Run(IReadOnlyList<string> command)
    {
        using Process process = Start(command, redirectInput: false);
        Dictionary<string, long> numbers = [];
        while (process.StandardOutput.ReadLine() is { } line)
        {
            Take(line, numbers);
        }

        process.WaitForExit();
        return process.ExitCode == 0 ? numbers : throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}.");
    }

    /// <summary>Runs a command for its effect and gives the seconds it took.</summary>
    public static double Time(IReadOnlyList<string> command)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Start(command, redirectInput: false);
        process.StandardOutput.BaseStream.CopyTo(Stream.Null);
        process.WaitForExit();
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(start).TotalSeconds
            : throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}.");
    }

    /// <summary>First line a command prints; null where it cannot be run.</summary>
    public static string? FirstLine(params IReadOnlyList<string> command)
    {
        try
        {
            using Process process = Start(command, redirectInput: false);
            string? line = process.StandardOutput.ReadLine();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return line;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    internal static Process Start(IReadOnlyList<string> command, bool redirectInput)
    {
        ProcessStartInfo start = new(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = redirectInput,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} does not start.");
        // Peers chat there (tshark does not like to run as root); what matters is how they end.
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    internal static void Take(string line, Dictionary<string, long> numbers)
    {
        int equals = line.IndexOf('=');
        if (equals > 0 && long.TryParse(line.AsSpan(equals + 1), CultureInfo.InvariantCulture, out long value))
        {
            numbers[line[..equals]] = value;
        }
    }
}
