using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace KismetPS.Module.Tests;

/// <summary>The manifest and what is shipped beside it.</summary>
public sealed class ManifestTests(StagedModule module) : IClassFixture<StagedModule>
{
    [Fact]
    public void It_says_what_it_needs_and_what_it_is()
    {
        Assert.Equal("KismetPS.dll", module.ManifestText("RootModule"));
        Assert.Equal("7.4", module.ManifestText("PowerShellVersion"));
        Assert.Equal(["Core"], module.ManifestList("CompatiblePSEditions")!);
        Assert.True(Guid.TryParse(module.ManifestText("GUID"), out _));
        foreach (string key in new[] { "Author", "CompanyName", "Copyright", "Description" })
        {
            Assert.False(string.IsNullOrEmpty(module.ManifestText(key)), key);
        }

        Assert.Contains("PSEdition_Core", module.ManifestList("Tags")!);
    }

    [Fact]
    public void Nothing_is_exported_by_wildcard()
    {
        Assert.Equal([], module.ManifestList("FunctionsToExport")!);
        Assert.Equal([], module.ManifestList("AliasesToExport")!);
        Assert.Equal([], module.ManifestList("VariablesToExport")!);
        Assert.DoesNotContain(module.ManifestList("CmdletsToExport")!, c => c.Contains('*', StringComparison.Ordinal));
    }

    [Fact]
    public void Its_version_is_that_of_the_assemblies_and_of_the_package()
    {
        string version = module.ManifestText("ModuleVersion")!;
        Assert.All(module.Assemblies, a => Assert.Equal(version, a.GetName().Version!.ToString(3)));
        XElement props = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Root!;
        Assert.Equal(version, props.Descendants("VersionPrefix").Single().Value);
    }

    [Fact]
    public void Every_file_it_names_is_there()
    {
        string[] named = [module.ManifestText("RootModule")!, .. module.ManifestList("FormatsToProcess")!, .. module.ManifestList("TypesToProcess")!, .. module.ManifestList("RequiredAssemblies")!];
        Assert.All(named, f => Assert.True(File.Exists(StagedModule.Path(f)), f));
    }

    [Fact]
    public void Only_assemblies_of_ours_are_shipped()
    {
        string[] foreign = [.. Directory.GetFiles(StagedModule.Folder, "*.dll", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)!).Where(f => !Regex.IsMatch(f, @"^KismetPS(\.\w+)?\.dll$"))];
        Assert.Empty(foreign);
    }

    [Fact]
    public void Every_reference_is_ours_or_the_hosts()
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        Assert.Empty(
            from assembly in module.Assemblies
            from reference in assembly.GetReferencedAssemblies()
            where reference.Name != "System.Management.Automation"
                && !File.Exists(StagedModule.Path(reference.Name + ".dll"))
                && !File.Exists(Path.Combine(runtime, reference.Name + ".dll"))
            select $"{assembly.GetName().Name} -> {reference.Name}");
        Assert.All(module.Assemblies.Where(a => a != module.Assembly), a => Assert.DoesNotContain(a.GetReferencedAssemblies(), r => r.Name == "System.Management.Automation"));
    }

    [Fact]
    public void Public_types_have_no_public_fields() => Assert.Empty(
        from assembly in module.Assemblies
        from type in assembly.GetExportedTypes()
        where !type.IsEnum
        from field in type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where !field.IsLiteral && !field.IsInitOnly
        select $"{type}.{field.Name}");
}
