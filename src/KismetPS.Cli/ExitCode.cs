namespace KismetPS.Cli;

/// <summary>What the process tells whoever started it.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Failed; the reason is on standard error.</summary>
    public const int Failed = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Usage = 2;

    /// <summary>Done in part: some of the input was damaged and left out; the rest was read.</summary>
    public const int Partial = 3;

    /// <summary>Ended by Ctrl+C or a signal before the work was done. A listener, which has no end of its own, ends with <see cref="Done"/>.</summary>
    public const int Interrupted = 130;

    /// <summary>For the help.</summary>
    public const string Help = "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done in part (damaged input left out), 130 interrupted before the work was done.";
}
