using KismetPS.HelpMaker.Pages;

namespace KismetPS.Module.Tests;

/// <summary>The pages in docs/cmdlets, read as the help maker reads them.</summary>
internal static class HelpPages
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "docs", "cmdlets");

    private static readonly Lazy<IReadOnlyList<CommandPage>> s_all = new(() =>
        [.. Directory.EnumerateFiles(Folder, "*.md").Order(StringComparer.OrdinalIgnoreCase).Select(f => PageReader.Read(f, File.ReadAllLines(f))).OfType<CommandPage>()]);

    public static IReadOnlyList<CommandPage> All => s_all.Value;

    public static CommandPage Of(CmdletClass cmdlet) => All.Single(p => p.Name == cmdlet.Name);
}
