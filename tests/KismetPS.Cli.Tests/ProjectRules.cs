using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace KismetPS.Cli.Tests;

/// <summary>What a project file under src may say (docs/architecture.md, 2 and 8).</summary>
internal static partial class ProjectRules
{
    // Wireless <- Capture <- Tracking <- {Kismet, Export} <- Connectors <- {PowerShell, Cli}
    private static readonly Dictionary<string, string[]> s_mayReference = new()
    {
        ["KismetPS.Wireless"] = [],
        ["KismetPS.Capture"] = ["KismetPS.Wireless"],
        ["KismetPS.Tracking"] = ["KismetPS.Wireless", "KismetPS.Capture"],
        ["KismetPS.Kismet"] = ["KismetPS.Wireless", "KismetPS.Capture", "KismetPS.Tracking"],
        ["KismetPS.Export"] = ["KismetPS.Wireless", "KismetPS.Capture", "KismetPS.Tracking"],
        ["KismetPS.Connectors"] = ["KismetPS.Wireless", "KismetPS.Capture", "KismetPS.Tracking", "KismetPS.Kismet", "KismetPS.Export"],
        ["KismetPS.PowerShell"] = ["KismetPS.Wireless", "KismetPS.Capture", "KismetPS.Tracking", "KismetPS.Kismet", "KismetPS.Export", "KismetPS.Connectors"],
        ["KismetPS.Cli"] = ["KismetPS.Wireless", "KismetPS.Capture", "KismetPS.Tracking", "KismetPS.Kismet", "KismetPS.Export", "KismetPS.Connectors"],
    };

    private static readonly string[] s_engine = ["KismetPS.Wireless", "KismetPS.Capture", "KismetPS.Tracking", "KismetPS.Kismet", "KismetPS.Export"];

    /// <summary>Every rule that the project file breaks.</summary>
    public static IReadOnlyList<string> Check(string name, string xml)
    {
        if (!s_mayReference.TryGetValue(name, out string[]? allowed))
        {
            return [$"{name} is no room of the architecture"];
        }

        XElement project = XElement.Parse(xml);
        var broken = new List<string>();
        foreach (XElement reference in project.Descendants("ProjectReference"))
        {
            string to = Path.GetFileNameWithoutExtension(Include(reference).Replace('\\', '/'));
            if (!allowed.Contains(to))
            {
                broken.Add($"{name} must not know {to}");
            }
        }

        foreach (XElement reference in project.Descendants("PackageReference"))
        {
            string package = Include(reference);
            bool good = name switch
            {
                _ when s_engine.Contains(name) => false,
                // The host has the real one: compiled against, never shipped.
                "KismetPS.PowerShell" => package == "PowerShellStandard.Library" && (string?)reference.Attribute("PrivateAssets") == "all",
                _ => package is not ("PowerShellStandard.Library" or "System.Management.Automation" or "Microsoft.PowerShell.SDK"),
            };
            if (!good)
            {
                broken.Add($"{name} must not take the package {package}");
            }
        }

        foreach (XElement reference in project.Descendants("Reference"))
        {
            broken.Add($"{name} must not take the assembly {Include(reference)}");
        }

        return broken;
    }

    /// <summary>Every rule that a source file of the project breaks.</summary>
    public static IReadOnlyList<string> CheckSource(string name, string source)
    {
        var broken = new List<string>();
        if (name != "KismetPS.PowerShell" && source.Contains("System.Management.Automation", StringComparison.Ordinal))
        {
            broken.Add("only the cmdlets see System.Management.Automation");
        }

        if (name != "KismetPS.Cli" && ConsoleUse().IsMatch(source))
        {
            broken.Add("only the command-line host writes to the console");
        }

        return broken;
    }

    private static string Include(XElement reference) => (string?)reference.Attribute("Include") ?? string.Empty;

    [GeneratedRegex(@"(?<![\w.])(System\.)?Console\s*\.\s*(Write|Error|Out|In|Read|Set|Cancel|Beep|Clear|Title|Cursor|Foreground|Background)|using\s+static\s+System\.Console")]
    private static partial Regex ConsoleUse();
}
