using Xunit;

namespace KismetPS.Cli.Tests;

/// <summary>A test of signals as Unix has them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no signals to send." : null;
}
