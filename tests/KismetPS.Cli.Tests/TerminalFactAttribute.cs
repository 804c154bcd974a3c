using Xunit;

namespace KismetPS.Cli.Tests;

/// <summary>A test in a terminal, which the program script of util-linux lends.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TerminalFactAttribute : FactAttribute
{
    public const string Script = "/usr/bin/script";

    public TerminalFactAttribute() =>
        Skip = OperatingSystem.IsLinux() && File.Exists(Script) ? null : "There is no script (util-linux) to make a terminal with.";
}
