using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace KismetPS.Module.Tests;

/// <summary>The module as users get it, staged beside the tests by the build; its assemblies are read as metadata, without PowerShell.</summary>
public sealed class StagedModule : IDisposable
{
    private readonly MetadataLoadContext _context;

    public StagedModule()
    {
        string powerShell = typeof(StagedModule).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PowerShellReference").Value!;
        string[] paths =
        [
            .. Directory.GetFiles(Folder, "*.dll"),
            .. Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*.dll"),
            powerShell,
        ];
        _context = new MetadataLoadContext(new PathAssemblyResolver(paths.DistinctBy(System.IO.Path.GetFileName)));
        Assembly = _context.LoadFromAssemblyPath(Path("KismetPS.dll"));
        Assemblies = [.. Directory.GetFiles(Folder, "KismetPS*.dll").Select(_context.LoadFromAssemblyPath)];
        Cmdlets = [.. Assembly.GetTypes().Where(t => t.CustomAttributes.Any(a => a.AttributeType.Name == "CmdletAttribute")).Select(t => new CmdletClass(t))];
    }

    public static string Folder { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "module", "KismetPS");

    public Assembly Assembly { get; }

    public IReadOnlyList<Assembly> Assemblies { get; }

    public IReadOnlyList<CmdletClass> Cmdlets { get; }

    public string Manifest => File.ReadAllText(Path("KismetPS.psd1"));

    public static string Path(string file) => System.IO.Path.Combine(Folder, file);

    public static XDocument Xml(string file) => XDocument.Load(Path(file));

    /// <summary>The texts of a list in the manifest; null where the key is missing.</summary>
    public string[]? ManifestList(string key)
    {
        Match match = Regex.Match(Manifest, $@"^\s*{key}\s*=\s*@\((?<items>[^)]*)\)", RegexOptions.Multiline);
        return match.Success ? [.. Regex.Matches(match.Groups["items"].Value, "'([^']*)'").Select(m => m.Groups[1].Value)] : null;
    }

    /// <summary>A text of the manifest; null where the key is missing.</summary>
    public string? ManifestText(string key)
    {
        Match match = Regex.Match(Manifest, $@"^\s*{key}\s*=\s*'(?<text>[^']*)'", RegexOptions.Multiline);
        return match.Success ? match.Groups["text"].Value : null;
    }

    public Type? FindType(string name) => Assemblies.Select(a => a.GetType(name)).FirstOrDefault(t => t is not null);

    public void Dispose() => _context.Dispose();
}
