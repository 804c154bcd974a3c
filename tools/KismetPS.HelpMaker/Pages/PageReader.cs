using System.Text.RegularExpressions;

namespace KismetPS.HelpMaker.Pages;

/// <summary>
/// Reads a page in the markdown of Microsoft.PowerShell.PlatyPS 1.0, schema 2024-05-01. It is stricter than that module: what it would
/// skip or misread without a word is an error here, with its line.
/// </summary>
internal static partial class PageReader
{
    private const string Schema = "2024-05-01";

    private static readonly string[] s_sections =
        ["SYNOPSIS", "SYNTAX", "ALIASES", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    /// <summary>The page; null where the file is the page of the module, which no help file takes. Throws <see cref="PageException"/>.</summary>
    public static CommandPage? Read(string file, string[] lines)
    {
        int end = Array.IndexOf(lines, "---", Math.Min(1, lines.Length));
        if (end < 0 || lines[0] != "---")
        {
            throw new PageException(file, 1, "the page does not begin with front matter between two lines of ---");
        }

        YamlBlock front = YamlBlock.Read(file, lines, 1, end);
        if (front.Value("PlatyPS schema version") != Schema)
        {
            throw front.Error("PlatyPS schema version", $"only the schema {Schema} is known");
        }

        string kind = front.Value("document type");
        var text = new PageText(file, lines, end + 1);
        for (int i = end + 1; i < text.Count; i++)
        {
            if (text[i].Contains("{{", StringComparison.Ordinal))
            {
                throw text.Error(i, "a placeholder was not filled in");
            }
        }

        return kind switch
        {
            "module" => null,
            "cmdlet" => Command(file, text, front, end + 1),
            _ => throw front.Error("document type", $"'{kind}' is no type of document: cmdlet or module is expected"),
        };
    }

    private static CommandPage Command(string file, PageText text, YamlBlock front, int start)
    {
        int heading = text.FirstText(start, text.Count);
        string name = Path.GetFileNameWithoutExtension(file);
        if (heading == text.Count || !text.IsHeading(heading, 1) || text.Heading(heading) != name || front.Value("title") != name)
        {
            throw text.Error(Math.Min(heading, text.Count - 1), $"file, title and first heading must be the same: '{name}' is expected");
        }

        if (front.Value("external help file") != "KismetPS.dll-Help.xml")
        {
            throw front.Error("external help file", "the external help file is KismetPS.dll-Help.xml");
        }

        Dictionary<string, (int Start, int End)> sections = Sections(text, heading + 1);
        List<PageParameter> parameters = Parameters(file, text, sections["PARAMETERS"]);
        List<PageSyntax> syntax = Syntax(name, text, sections["SYNTAX"]);
        Match(text, sections, parameters, syntax);
        return new CommandPage
        {
            Name = name,
            Module = front.Value("Module Name"),
            HelpUri = front.Value("HelpUri"),
            Synopsis = Prose(text, sections["SYNOPSIS"]),
            Description = Prose(text, sections["DESCRIPTION"]),
            Notes = Prose(text, sections["NOTES"]),
            Syntax = syntax,
            Examples = Examples(text, sections["EXAMPLES"]),
            Parameters = parameters,
            Inputs = Types(text, sections["INPUTS"]),
            Outputs = Types(text, sections["OUTPUTS"]),
            Links = Links(text, sections["RELATED LINKS"]),
        };
    }

    private static Dictionary<string, (int Start, int End)> Sections(PageText text, int start)
    {
        Dictionary<string, (int Start, int End)> sections = [];
        int[] headings = [.. text.Headings(2, start, text.Count)];
        int next = 0;
        for (int i = 0; i < headings.Length; i++)
        {
            string title = text.Heading(headings[i]);
            int at = Array.IndexOf(s_sections, title);
            if (at < next)
            {
                throw text.Error(headings[i], at < 0 ? $"there is no section '{title}'" : $"the section {title} is not in its place");
            }

            // Aliases are the only section that may be left out.
            Missing(s_sections[next..at].FirstOrDefault(static s => s != "ALIASES"), headings[i]);
            next = at + 1;
            sections.Add(title, (headings[i] + 1, i + 1 < headings.Length ? headings[i + 1] : text.Count));
        }

        Missing(s_sections[next..].FirstOrDefault(), text.Count - 1);
        return sections;

        void Missing(string? section, int line)
        {
            if (section is not null)
            {
                throw text.Error(line, $"the section {section} is missing before this");
            }
        }
    }

    private static string Prose(PageText text, (int Start, int End) section)
    {
        if (text.NextHeading(section.Start, section.End) is int heading && heading < section.End)
        {
            throw text.Error(heading, "no heading is expected in this section");
        }

        string prose = text.Text(section.Start, section.End);
        return prose.Length > 0 ? prose : throw text.Error(section.Start - 1, "the section is empty");
    }

    private static List<PageSyntax> Syntax(string command, PageText text, (int Start, int End) section)
    {
        List<PageSyntax> syntax = [];
        foreach ((int heading, int end) in Parts(text, section))
        {
            string set = text.Heading(heading);
            bool isDefault = set.EndsWith(" (Default)", StringComparison.Ordinal);
            (int open, int close) = text.Code(heading + 1, end, string.Empty);
            List<PageSyntaxParameter> parameters = SyntaxLine.Read(command, text.Text(open, close))
                ?? throw text.Error(open, $"this is no syntax of {command} as Get-Command -Syntax writes it");
            syntax.Add(new PageSyntax(isDefault ? set[..^" (Default)".Length] : set, isDefault, parameters));
        }

        return syntax.Count > 0 ? syntax : throw text.Error(section.Start - 1, "the section is empty");
    }

    private static List<PageExample> Examples(PageText text, (int Start, int End) section)
    {
        List<PageExample> examples = [];
        foreach ((int heading, int end) in Parts(text, section))
        {
            string body = text.Text(heading + 1, end);
            if (!body.Contains("```powershell", StringComparison.Ordinal))
            {
                throw text.Error(heading, "an example needs a code block ```powershell");
            }

            examples.Add(new PageExample(text.Heading(heading), body));
        }

        return examples;
    }

    private static List<PageParameter> Parameters(string file, PageText text, (int Start, int End) section)
    {
        List<PageParameter> parameters = [];
        foreach ((int heading, int end) in Parts(text, section))
        {
            string name = text.Heading(heading);
            if (name == "CommonParameters")
            {
                continue;
            }

            if (name.Length < 2 || name[0] != '-')
            {
                throw text.Error(heading, "the heading of a parameter is its name with a hyphen");
            }

            name = name[1..];
            if (parameters.Exists(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                throw text.Error(heading, $"the parameter {name} stands here twice");
            }

            parameters.Add(Parameter(file, text, name, heading, end));
        }

        parameters.Sort(static (a, b) => string.Compare(a.Name, b.Name, StringComparison.OrdinalIgnoreCase));
        return parameters;
    }

    private static PageParameter Parameter(string file, PageText text, string name, int heading, int end)
    {
        int fence = heading + 1;
        while (fence < end && !text.IsFence(fence, "yaml"))
        {
            fence++;
        }

        string description = text.Text(heading + 1, fence);
        if (description.Length == 0 || fence == end || text[fence - 1].Length > 0)
        {
            throw text.Error(heading, $"the parameter {name} needs a description, an empty line and a code block ```yaml");
        }

        (int open, int close) = text.Code(fence, end, "yaml");
        YamlBlock yaml = YamlBlock.Read(file, [.. Enumerable.Range(0, close).Select(i => text[i])], open, close);
        yaml.Only("Type", "DefaultValue", "SupportsWildcards", "Aliases", "ParameterSets", "DontShow", "AcceptedValues", "HelpMessage");
        List<PageParameterSet> sets = [];
        foreach (YamlBlock set in yaml.Blocks("ParameterSets"))
        {
            set.Only("Name", "Position", "IsRequired", "ValueFromPipeline", "ValueFromPipelineByPropertyName", "ValueFromRemainingArguments");
            sets.Add(new PageParameterSet(
                set.Value("Name"),
                set.Value("Position"),
                set.Flag("IsRequired"),
                set.Flag("ValueFromPipeline"),
                set.Flag("ValueFromPipelineByPropertyName"),
                set.Flag("ValueFromRemainingArguments")));
        }

        return new PageParameter
        {
            Name = name,
            Description = description,
            Type = yaml.Value("Type"),
            DefaultValue = yaml.Value("DefaultValue"),
            SupportsWildcards = yaml.Flag("SupportsWildcards"),
            Aliases = yaml.List("Aliases"),
            AcceptedValues = yaml.List("AcceptedValues"),
            Sets = sets.Count > 0 ? sets : throw text.Error(open, $"the parameter {name} is in no parameter set"),
        };
    }

    private static List<PageType> Types(PageText text, (int Start, int End) section)
    {
        List<PageType> types = [];
        foreach ((int heading, int end) in Parts(text, section))
        {
            string description = text.Text(heading + 1, end);
            // PlatyPS takes a description that begins with a paragraph, and drops any other.
            types.Add(description.Length > 0 && char.IsLetter(description[0])
                ? new PageType(text.Heading(heading), description)
                : throw text.Error(heading, "a type needs a description that begins with a letter"));
        }

        return types;
    }

    private static List<PageLink> Links(PageText text, (int Start, int End) section)
    {
        List<PageLink> links = [];
        for (int i = section.Start; i < section.End; i++)
        {
            if (text[i].Length > 0)
            {
                Match link = Link().Match(text[i]);
                links.Add(link.Success ? new PageLink(link.Groups[1].Value, link.Groups[2].Value) : throw text.Error(i, "a link is a line '- [text](address)'"));
            }
        }

        return links;
    }

    /// <summary>Headings of the third level, each with the end of what stands under it; nothing may stand before the first.</summary>
    private static IEnumerable<(int Heading, int End)> Parts(PageText text, (int Start, int End) section)
    {
        int at = text.FirstText(section.Start, section.End);
        while (at < section.End)
        {
            if (!text.IsHeading(at, 3))
            {
                throw text.Error(at, "a heading of the third level (###) is expected");
            }

            int end = text.NextHeading(at + 1, section.End);
            yield return (at, end);
            at = end;
        }
    }

    /// <summary>What SYNTAX and PARAMETERS say must be the same: each parameter in its sets, with its type, place and need.</summary>
    private static void Match(PageText text, Dictionary<string, (int Start, int End)> sections, List<PageParameter> parameters, List<PageSyntax> syntax)
    {
        foreach (PageSyntax set in syntax)
        {
            foreach (PageSyntaxParameter shown in set.Parameters)
            {
                PageParameterSet? fact = parameters.Find(p => p.Name == shown.Name)?.Sets.FirstOrDefault(s => s.Name == "(All)" || s.Name == set.Set);
                if (fact is null || fact.IsRequired != shown.IsMandatory || fact.Position == "Named" != shown.Position is null)
                {
                    throw text.Error(sections["SYNTAX"].Start - 1, $"-{shown.Name} of the set {set.Set} is not as PARAMETERS has it");
                }
            }
        }

        foreach (PageParameter parameter in parameters)
        {
            foreach (PageParameterSet fact in parameter.Sets)
            {
                if (syntax.Exists(s => (fact.Name == "(All)" || fact.Name == s.Set) && !s.Parameters.Any(p => p.Name == parameter.Name && p.Type is null == parameter.IsSwitch)))
                {
                    throw text.Error(sections["SYNTAX"].Start - 1, $"-{parameter.Name} is missing in a set, or shown with the wrong kind of value");
                }
            }
        }
    }

    [GeneratedRegex(@"^- \[([^\[\]*`\\&<]+)\]\(([^()\s]*)\)$")]
    private static partial Regex Link();
}
