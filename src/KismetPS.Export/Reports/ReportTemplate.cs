using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace KismetPS.Export.Reports;

/// <summary>The parts of a report that are the same in each: page, style and script, as they are in the folder Template.</summary>
internal static class ReportTemplate
{
    /// <summary>The page, with names in double braces where something is filled in.</summary>
    public static string Page { get; } = Load("report.html");

    /// <summary>The style sheet.</summary>
    public static string Style { get; } = Load("report.css");

    /// <summary>The script.</summary>
    public static string Script { get; } = Load("report.js");

    /// <summary>
    /// The page's own rule for what a browser may run and load: this style, this script, nothing else and nothing from anywhere. Were there a way to
    /// get markup into a report, it would still run nothing (Content Security Policy Level 3, 2.3.1).
    /// </summary>
    public static string Policy { get; } = $"default-src 'none'; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'; base-uri 'none'; form-action 'none'";

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // Line ends as a browser has them before it takes the hash, whatever the checkout has.
    private static string Load(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("KismetPS.Export.Reports." + name)
            ?? throw new InvalidOperationException($"The resource {name} is missing.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
