using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace KismetPS.Module.Tests;

/// <summary>The pwsh on the PATH.</summary>
internal static class PesterHost
{
    private const string Probe =
        "if ($PSVersionTable.PSVersion -lt [version]'7.4') { \"pwsh is $($PSVersionTable.PSVersion); 7.4 or later is needed.\" } " +
        "elseif (-not (Get-Module -ListAvailable Pester | Where-Object { $_.Version.Major -ge 5 })) { 'Pester 5 is not installed (Install-PSResource Pester).' }";

    private static readonly Lazy<string?> s_skipReason = new(FindSkipReason);

    /// <summary>Why the suite cannot run here, null where it can.</summary>
    public static string? SkipReason => s_skipReason.Value;

    /// <summary>Runs pwsh; what it wrote, and its exit code, null where it was killed after the time.</summary>
    public static (int? ExitCode, string Output) Run(TimeSpan timeout, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("pwsh") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (string argument in (string[])["-NoProfile", "-NonInteractive", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        DataReceivedEventHandler collect = (_, line) =>
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        };
        process.OutputDataReceived += collect;
        process.ErrorDataReceived += collect;
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        bool ended = process.WaitForExit(timeout);
        if (ended)
        {
            process.WaitForExit();
        }
        else
        {
            process.Kill(entireProcessTree: true);
        }

        lock (output)
        {
            return (ended ? process.ExitCode : null, output.ToString());
        }
    }

    private static string? FindSkipReason()
    {
        try
        {
            (int? exit, string output) = Run(TimeSpan.FromMinutes(5), new Dictionary<string, string>(), "-Command", Probe);
            return exit is null ? "pwsh did not answer within five minutes." : string.IsNullOrWhiteSpace(output) ? null : output.Trim();
        }
        catch (Win32Exception)
        {
            return "There is no pwsh on the PATH.";
        }
    }
}
