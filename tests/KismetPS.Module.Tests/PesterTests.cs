using System.Text.Json;
using Xunit;
using Xunit.Abstractions;

namespace KismetPS.Module.Tests;

/// <summary>The Pester suite, run in a real PowerShell against the staged module.</summary>
public sealed class PesterTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(40);

    [PesterFact]
    public void The_suite_passes_in_PowerShell()
    {
        string result = Path.Combine(AppContext.BaseDirectory, "pester-result.json");
        File.Delete(result);
        (int? exit, string text) = PesterHost.Run(
            s_timeout,
            new Dictionary<string, string> { ["KISMETPS_MODULE"] = StagedModule.Folder, ["NO_COLOR"] = "1" },
            "-File",
            Path.Combine(Repository.Root, "tests", "Pester", "Invoke-Suite.ps1"),
            "-ResultPath",
            result);
        output.WriteLine(text);
        Assert.True(exit is not null, $"The suite was stopped after {s_timeout.TotalMinutes} minutes:\n{Tail(text)}");
        Assert.True(File.Exists(result), $"The suite wrote no result (exit code {exit}):\n{Tail(text)}");

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(result));
        JsonElement root = json.RootElement;
        string[] failures = [.. root.GetProperty("Failures").EnumerateArray().Select(f => f.GetString()!)];
        string counts = $"Pester: {root.GetProperty("Passed")} passed, {root.GetProperty("Failed")} failed, {root.GetProperty("Skipped")} skipped";
        output.WriteLine(counts);
        // Shown in the console too, since a passing test's own output is not.
        Console.WriteLine(counts);
        Assert.True(root.GetProperty("Passed").GetInt32() > 0, "No Pester test ran.\n" + Tail(text));
        Assert.True(failures.Length == 0 && exit == 0, $"{counts}\n{string.Join("\n", failures)}\n(exit code {exit})");
    }

    private static string Tail(string text) => text.Length <= 4000 ? text : text[^4000..];
}
