using System.Reflection;
using System.Text.RegularExpressions;
using KismetPS.HelpMaker;
using KismetPS.HelpMaker.Pages;
using Xunit;

namespace KismetPS.Module.Tests;

/// <summary>The help says of each cmdlet what its metadata says, all of it and nothing else.</summary>
public sealed class HelpContractTests(StagedModule module) : IClassFixture<StagedModule>
{
    private const string Repair = "docs/help.md says how pages are brought up to date.";

    /// <summary>Names that syntax lines have for types, where they are not those of the types.</summary>
    private static readonly Dictionary<string, string> s_accelerators = new(StringComparer.Ordinal)
    {
        ["String"] = "string", ["Int32"] = "int", ["Int64"] = "long", ["Double"] = "double", ["Byte"] = "byte",
        ["TimeSpan"] = "timespan", ["IPAddress"] = "ipaddress", ["PSObject"] = "psobject",
    };

    [Fact]
    public void Every_cmdlet_has_a_page_and_every_page_a_cmdlet() =>
        Assert.Equal(module.Cmdlets.Select(c => c.Name).Order(StringComparer.Ordinal), HelpPages.All.Select(p => p.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Parameters_are_those_of_the_cmdlet() => Same(Facts, page => page.Parameters.SelectMany(p => p.Sets.Select(s => new ParameterFact(
        p.Name, p.Type, s.Name, s.Position, s.IsRequired, s.ByValue, s.ByPropertyName, p.SupportsWildcards, string.Join(",", p.Aliases), string.Join(",", p.AcceptedValues)))));

    [Fact]
    public void Syntax_shows_every_set_with_its_types() => Same(
        cmdlet => cmdlet.Sets.SelectMany(set => cmdlet.InSet(set).Where(p => !IsSwitch(p.Type))
            .Select(p => $"{set}{(set == cmdlet.DefaultSet && set != CmdletClass.AllSets ? " (default)" : string.Empty)}: {p.Name} {ShortName(p.Type)}")),
        page => page.Syntax.SelectMany(s => s.Parameters.Where(p => p.Type is not null)
            .Select(p => $"{s.Set}{(s.IsDefault ? " (default)" : string.Empty)}: {p.Name} {p.Type}")));

    [Fact]
    public void Inputs_are_what_the_pipeline_gives() => Same(
        cmdlet => cmdlet.Parameters.Where(p => p.FromPipeline || p.FromPipelineByName).Select(p => p.Type.IsArray ? FullName(p.Type) : FullName(Element(p.Type))).Distinct(),
        page => page.Inputs.Select(t => t.Name));

    [Fact]
    public void Outputs_are_what_the_cmdlet_says_it_writes() => Same(
        cmdlet => cmdlet.Outputs.Select(o => o.Type.FullName == typeof(void).FullName ? "None" : FullName(o.Type)).Distinct(),
        page => page.Outputs.Select(t => t.Name));

    [Fact]
    public void Every_page_has_three_examples_one_of_them_a_pipeline() => Assert.Empty(
        from page in HelpPages.All
        where page.Examples.Count < 3
            || !page.Examples.All(e => e.Text.Contains(page.Name, StringComparison.Ordinal))
            || !page.Examples.Any(e => Code(e).Any(c => c.Contains(" | ", StringComparison.Ordinal) || c.Contains(" |\n", StringComparison.Ordinal)))
        select page.Name);

    // No addresses: there is no page online, and Get-Help -Online takes any other address for one that is broken.
    [Fact]
    public void Every_page_names_related_cmdlets_and_topics() => Assert.Empty(
        from page in HelpPages.All
        from link in page.Links.DefaultIfEmpty(new PageLink("none", string.Empty))
        where link.Uri.Length > 0 || !(HelpPages.All.Any(p => p.Name == link.Text) || File.Exists(Path.Combine(Repository.Root, "en-US", $"{link.Text}.help.txt")))
        select $"{page.Name}: {link}");

    [Fact]
    public void The_page_of_the_module_lists_all_with_their_synopses()
    {
        string page = File.ReadAllText(Path.Combine(HelpPages.Folder, "KismetPS.md")).ReplaceLineEndings("\n");
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        Assert.Equal(
            HelpPages.All.Select(p => $"### [{p.Name}]({p.Name}.md)\n\n{p.Synopsis}\n"),
            Regex.Matches(page + "\n", @"### \[.*?\n\n.*?\n(?=\n)").Select(m => m.Value));
    }

    [Fact]
    public void The_help_file_is_what_the_pages_give()
    {
        using var error = new StringWriter();
        Assert.True(HelpCommand.Run(["--check", "--root", Repository.Root], TextWriter.Null, error) == 0, error.ToString());
    }

    [Fact]
    public void The_help_is_staged_with_the_module()
    {
        string[] source = Files(Path.Combine(Repository.Root, "en-US"));
        Assert.Contains("KismetPS.dll-Help.xml", source);
        Assert.Contains("about_KismetPS.help.txt", source);
        Assert.Equal(source, Files(StagedModule.Path("en-US")));

        static string[] Files(string folder) => [.. Directory.GetFiles(folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void About_topics_are_plain_text_of_eighty_columns()
    {
        foreach (string file in Abouts())
        {
            string[] lines = File.ReadAllLines(file);
            Assert.Equal("TOPIC", lines[0]);
            Assert.Equal($"    {Path.GetFileName(file)[..^".help.txt".Length]}", lines[1]);
            Assert.All(lines, l => Assert.True(l.Length <= 80 && !l.Contains('\t', StringComparison.Ordinal) && l.All(char.IsAscii), $"{file}: {l}"));
        }
    }

    [Fact]
    public void Cmdlets_and_topics_named_in_the_help_exist()
    {
        string[] topics = [.. Abouts().Select(f => Path.GetFileName(f)[..^".help.txt".Length])];
        foreach (string file in Abouts().Concat(Directory.GetFiles(HelpPages.Folder, "*.md")))
        {
            string text = File.ReadAllText(file);
            Assert.All(
                Regex.Matches(text, @"\b[A-Z][a-z]+-(?:Kismet|Tzsp|Dot11)\w+").Select(m => m.Value),
                name => Assert.True(module.Cmdlets.Any(c => c.Name == name), $"{file}: {name}"));
            Assert.All(Regex.Matches(text, @"\babout_KismetPS\w*").Select(m => m.Value), name => Assert.True(topics.Contains(name), $"{file}: {name}"));
        }
    }

    [Fact]
    public void The_list_of_error_ids_is_the_catalogue()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "en-US", "about_KismetPS_Automation.help.txt"));
        string list = Regex.Match(text, @"Ids: (?<ids>[\w,\s]+)\.").Groups["ids"].Value;
        Type catalogue = module.FindType("KismetPS.Capture.KismetErrorId")!;
        Assert.Equal(Names(catalogue), list.Split([',', ' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }

    private static string[] Abouts() => Directory.GetFiles(Path.Combine(Repository.Root, "en-US"), "about_*.help.txt");

    private static IEnumerable<string> Code(PageExample example) =>
        Regex.Matches(example.Text, "```powershell\n(?<code>.*?)\n```", RegexOptions.Singleline).Select(m => m.Groups["code"].Value);

    private static IEnumerable<ParameterFact> Facts(CmdletClass cmdlet)
    {
        foreach (CmdletParameter p in cmdlet.Parameters)
        {
            yield return new ParameterFact(
                p.Name,
                FullName(p.Type),
                p.Set == CmdletClass.AllSets ? "(All)" : p.Set,
                p.Position is >= 0 ? $"{p.Position}" : "Named",
                p.IsMandatory,
                p.FromPipeline,
                p.FromPipelineByName,
                p.Attributes.Contains("SupportsWildcardsAttribute"),
                string.Join(",", p.Aliases),
                Element(p.Type) is { IsEnum: true } type ? string.Join(",", Names(type)) : string.Empty);
        }

        if (cmdlet.SupportsShouldProcess)
        {
            foreach ((string name, string alias) in new[] { ("WhatIf", "wi"), ("Confirm", "cf") })
            {
                yield return new ParameterFact(name, "System.Management.Automation.SwitchParameter", "(All)", "Named", false, false, false, false, alias, string.Empty);
            }
        }
    }

    private static Type Element(Type type)
    {
        Type element = type.IsArray ? type.GetElementType()! : type;
        return element.IsGenericType && element.Name == "Nullable`1" ? element.GetGenericArguments()[0] : element;
    }

    // By value, as Enum.GetNames has them; as unsigned numbers, so that -1 comes last.
    private static string[] Names(Type type) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).OrderBy(f => unchecked((uint)Convert.ToInt32(f.GetRawConstantValue(), null))).Select(f => f.Name)];

    private static string FullName(Type type) => type.IsArray
        ? FullName(type.GetElementType()!) + "[]"
        : type.IsGenericType ? $"{type.Namespace}.{type.Name}[{string.Join(",", type.GetGenericArguments().Select(FullName))}]" : type.FullName!;

    private static string ShortName(Type type)
    {
        string name = Element(type).Name;
        return (s_accelerators.TryGetValue(name, out string? known) ? known : name) + (type.IsArray ? "[]" : string.Empty);
    }

    private static bool IsSwitch(Type type) => type.Name == "SwitchParameter";

    private void Same<T>(Func<CmdletClass, IEnumerable<T>> code, Func<CommandPage, IEnumerable<T>> help)
    {
        List<string> differences = [];
        foreach (CmdletClass cmdlet in module.Cmdlets)
        {
            T[] inCode = [.. code(cmdlet)];
            T[] inHelp = [.. help(HelpPages.Of(cmdlet))];
            differences.AddRange(inCode.Except(inHelp).Select(f => $"{cmdlet}: the help lacks {f}"));
            differences.AddRange(inHelp.Except(inCode).Select(f => $"{cmdlet}: the code lacks {f}"));
        }

        Assert.True(differences.Count == 0, $"{string.Join('\n', differences)}\n{Repair}");
    }

    private sealed record ParameterFact(
        string Name,
        string Type,
        string Set,
        string Position,
        bool Required,
        bool ByValue,
        bool ByPropertyName,
        bool Wildcards,
        string Aliases,
        string Accepted);
}
