using System.Text;
using KismetPS.HelpMaker.Maml;
using KismetPS.HelpMaker.Pages;

namespace KismetPS.HelpMaker;

/// <summary>
/// Makes en-US/KismetPS.dll-Help.xml of the pages in docs/cmdlets. Exit codes: 0 done or current, 1 a page is wrong or the file is stale, 2 wrong arguments.
/// </summary>
internal static class HelpCommand
{
    private const string Usage = """
        Usage: KismetPS.HelpMaker [--check] [--root folder]

        Writes en-US/KismetPS.dll-Help.xml from docs/cmdlets/*.md (PlatyPS markdown, schema 2024-05-01).
          --check         writes nothing; fails where the file is not what the pages give
          --root folder   the checkout; without it the folder with KismetPS.sln at or above the current one
        """;

    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        bool check = false;
        string? root = null;
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--check":
                    check = true;
                    break;
                case "--root" when i + 1 < args.Length:
                    root = args[++i];
                    break;
                case "--help" or "-h" or "-?":
                    output.WriteLine(Usage);
                    return 0;
                default:
                    error.WriteLine(Usage);
                    return 2;
            }
        }

        root ??= FindRoot();
        if (root is null)
        {
            error.WriteLine("There is no KismetPS.sln at or above the current folder; give the checkout with --root.");
            return 2;
        }

        try
        {
            return Run(root, check, output, error);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(e.Message);
            return 1;
        }
    }

    /// <summary>The help file that the pages of a folder give; the first thing wrong in each page is added to the errors.</summary>
    public static string Make(string folder, List<PageException> errors)
    {
        List<CommandPage> pages = [];
        // By name and without regard to the culture, so that every machine writes the same file.
        foreach (string file in Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.OrdinalIgnoreCase))
        {
            try
            {
                if (PageReader.Read(file, File.ReadAllLines(file)) is CommandPage page)
                {
                    pages.Add(page);
                }
            }
            catch (PageException e)
            {
                errors.Add(e);
            }
        }

        return MamlWriter.Write(pages);
    }

    private static int Run(string root, bool check, TextWriter output, TextWriter error)
    {
        string folder = Path.Combine(root, "docs", "cmdlets");
        string target = Path.Combine(root, "en-US", "KismetPS.dll-Help.xml");
        List<PageException> errors = [];
        string help = Make(folder, errors);
        if (errors.Count > 0)
        {
            errors.ForEach(e => error.WriteLine(e.Message));
            return 1;
        }

        bool current = File.Exists(target) && File.ReadAllText(target).ReplaceLineEndings("\n") == help;
        if (check)
        {
            if (!current)
            {
                error.WriteLine($"{target} is not what docs/cmdlets gives: run dotnet run --project tools/KismetPS.HelpMaker.");
            }

            return current ? 0 : 1;
        }

        if (!current)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, help, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        output.WriteLine($"{target} {(current ? "is current" : "written")}");
        return 0;
    }

    private static string? FindRoot()
    {
        for (DirectoryInfo? at = new(Environment.CurrentDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "KismetPS.sln")))
            {
                return at.FullName;
            }
        }

        return null;
    }
}
