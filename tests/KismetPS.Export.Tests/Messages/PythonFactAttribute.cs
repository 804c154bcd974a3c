using System.Diagnostics;
using Xunit;

namespace KismetPS.Export.Tests.Messages;

/// <summary>A test that runs Python; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute() => Skip = Reason();

    private static string? Reason()
    {
        try
        {
            using Process? python = Process.Start(new ProcessStartInfo("python3", ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true });
            return python is not null && python.WaitForExit(60_000) && python.ExitCode == 0 ? null : "python3 does not run";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "python3 is not installed";
        }
    }
}
