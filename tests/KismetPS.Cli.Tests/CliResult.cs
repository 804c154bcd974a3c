namespace KismetPS.Cli.Tests;

/// <summary>How a run of the program ended.</summary>
internal sealed record CliResult(int ExitCode, string Out, string Error)
{
    /// <summary>The lines of the standard output.</summary>
    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
