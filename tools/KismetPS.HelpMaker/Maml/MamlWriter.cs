using System.Globalization;
using System.Text;
using System.Xml;
using KismetPS.HelpMaker.Pages;

namespace KismetPS.HelpMaker.Maml;

/// <summary>
/// Writes what Export-MamlCommandHelp of Microsoft.PowerShell.PlatyPS 1.0.3 writes for the same pages, character by character: markdown goes
/// into the paragraphs as it stands, code blocks of examples too; a syntax item says nothing of pipeline and wildcards.
/// </summary>
internal static class MamlWriter
{
    private const string Root = "http://msh";
    private const string Maml = "http://schemas.microsoft.com/maml/2004/10";
    private const string Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private const string Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private const string SwitchType = "System.Management.Automation.SwitchParameter";

    /// <summary>The help file with line feeds at the ends of lines.</summary>
    public static string Write(IReadOnlyList<CommandPage> pages)
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement(null, "helpItems", Root);
            xml.WriteAttributeString("xmlns", "maml", null, Maml);
            xml.WriteAttributeString("xmlns", "command", null, Command);
            xml.WriteAttributeString("xmlns", "dev", null, Dev);
            xml.WriteAttributeString("schema", "maml");
            xml.WriteAttributeString("xmlns", Root);
            foreach (CommandPage page in pages)
            {
                WriteCommand(xml, page);
            }

            xml.WriteEndElement();
        }

        return text.ToString();
    }

    private static void WriteCommand(XmlWriter xml, CommandPage page)
    {
        string[] words = page.Name.Split('-');
        xml.WriteStartElement("command", "command", Command);
        xml.WriteStartElement("command", "details", Command);
        xml.WriteElementString("command", "name", Command, page.Name);
        WriteParagraphs(xml, "maml", "description", Maml, [page.Synopsis]);
        xml.WriteElementString("command", "verb", Command, words.Length == 2 ? words[0] : page.Name);
        xml.WriteElementString("command", "noun", Command, words.Length == 2 ? words[1] : string.Empty);
        xml.WriteEndElement();
        WriteParagraphs(xml, "maml", "description", Maml, [page.Description]);
        WriteList(xml, "command", "syntax", Command, page.Syntax, s => WriteSyntax(xml, page, s));
        WriteList(xml, "command", "parameters", Command, page.Parameters, p => WriteParameter(xml, p));
        WriteList(xml, "command", "inputTypes", Command, page.Inputs, t => WriteType(xml, "inputType", t));
        WriteList(xml, "command", "returnValues", Command, page.Outputs, t => WriteType(xml, "returnValue", t));
        WriteList(xml, "maml", "alertSet", Maml, [page.Notes], n =>
        {
            xml.WriteStartElement("maml", "alert", Maml);
            xml.WriteElementString("maml", "para", Maml, n);
            xml.WriteEndElement();
        });
        WriteList(xml, "command", "examples", Command, page.Examples, e => WriteExample(xml, e));
        WriteList(xml, "command", "relatedLinks", Command, [new PageLink("Online Version", page.HelpUri), .. page.Links], l => WriteLink(xml, l));
        xml.WriteEndElement();
    }

    private static void WriteSyntax(XmlWriter xml, CommandPage page, PageSyntax syntax)
    {
        xml.WriteStartElement("command", "syntaxItem", Command);
        xml.WriteElementString("maml", "name", Maml, page.Name);
        // Positional ones first, then what must be given, as PlatyPS sorts; within these the order of the page.
        foreach (PageSyntaxParameter shown in syntax.Parameters.OrderBy(static p => p.Position is not null ? 0 : p.IsMandatory ? 1 : 2))
        {
            PageParameter fact = page.Parameters.First(p => p.Name == shown.Name);
            bool isSwitch = shown.Type is null;
            WriteParameterStart(
                xml,
                shown.IsMandatory,
                globbing: false,
                "false",
                shown.Position?.ToString(CultureInfo.InvariantCulture) ?? "named",
                isSwitch ? [] : fact.Aliases);
            xml.WriteElementString("maml", "name", Maml, shown.Name);
            WriteParagraphs(xml, "maml", "description", Maml, []);
            if (!isSwitch)
            {
                WriteAccepted(xml, fact.AcceptedValues);
                WriteValue(xml, shown.Type!, variableLength: false, required: true);
            }

            WriteDevType(xml, isSwitch ? SwitchType : fact.Type);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteParameter(XmlWriter xml, PageParameter parameter)
    {
        bool byValue = parameter.Sets.Any(static s => s.ByValue);
        bool byName = parameter.Sets.Any(static s => s.ByPropertyName);
        string input = byValue ? byName ? "true (ByValue, ByPropertyName)" : "true (ByValue)" : byName ? "true (ByPropertyName)" : "false";
        WriteParameterStart(xml, parameter.Sets.Any(static s => s.IsRequired), parameter.SupportsWildcards, input, parameter.Sets[0].Position, parameter.Aliases);
        xml.WriteElementString("maml", "name", Maml, parameter.Name);
        WriteParagraphs(xml, "maml", "description", Maml, parameter.Description.Split("\n\n").Select(static p => p.Trim()));
        WriteAccepted(xml, parameter.AcceptedValues);
        if (!parameter.IsSwitch)
        {
            WriteValue(xml, parameter.Type, variableLength: true, required: true);
        }

        WriteDevType(xml, parameter.Type);
        xml.WriteEndElement();
    }

    private static void WriteParameterStart(XmlWriter xml, bool required, bool globbing, string input, string position, IReadOnlyList<string> aliases)
    {
        xml.WriteStartElement("command", "parameter", Command);
        xml.WriteAttributeString("required", required ? "true" : "false");
        xml.WriteAttributeString("variableLength", "false");
        xml.WriteAttributeString("globbing", globbing ? "true" : "false");
        xml.WriteAttributeString("pipelineInput", input);
        xml.WriteAttributeString("position", position);
        xml.WriteAttributeString("aliases", aliases.Count > 0 ? string.Join(", ", aliases) : "none");
    }

    private static void WriteAccepted(XmlWriter xml, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            WriteList(xml, "command", "parameterValueGroup", Command, values, v => WriteValue(xml, v, variableLength: false, required: false));
        }
    }

    private static void WriteValue(XmlWriter xml, string type, bool variableLength, bool required)
    {
        xml.WriteStartElement("command", "parameterValue", Command);
        xml.WriteAttributeString("required", required ? "true" : "false");
        xml.WriteAttributeString("variableLength", variableLength ? "true" : "false");
        xml.WriteString(type);
        xml.WriteEndElement();
    }

    private static void WriteDevType(XmlWriter xml, string name)
    {
        xml.WriteStartElement("dev", "type", Dev);
        xml.WriteElementString("maml", "name", Maml, name);
        xml.WriteEndElement();
    }

    private static void WriteType(XmlWriter xml, string element, PageType type)
    {
        xml.WriteStartElement("command", element, Command);
        WriteDevType(xml, type.Name);
        WriteParagraphs(xml, "maml", "description", Maml, [type.Description]);
        xml.WriteEndElement();
    }

    private static void WriteExample(XmlWriter xml, PageExample example)
    {
        xml.WriteStartElement("command", "example", Command);
        xml.WriteElementString("maml", "title", Maml, $"--------- {example.Title} ---------");
        xml.WriteStartElement("maml", "introduction", Maml);
        bool first = true;
        foreach (string paragraph in example.Text.Split("\n\n"))
        {
            if (!first)
            {
                // PlatyPS keeps paragraphs apart with one that holds a control character.
                xml.WriteStartElement("maml", "para", Maml);
                xml.WriteCharEntity('\u0080');
                xml.WriteEndElement();
            }

            xml.WriteElementString("maml", "para", Maml, paragraph.Trim());
            first = false;
        }

        xml.WriteEndElement();
        xml.WriteElementString("dev", "code", Dev, null);
        xml.WriteElementString("dev", "remarks", Dev, null);
        xml.WriteEndElement();
    }

    private static void WriteLink(XmlWriter xml, PageLink link)
    {
        xml.WriteStartElement("maml", "navigationLink", Maml);
        xml.WriteElementString("maml", "linkText", Maml, link.Text);
        xml.WriteElementString("maml", "uri", Maml, link.Uri);
        xml.WriteEndElement();
    }

    private static void WriteParagraphs(XmlWriter xml, string prefix, string name, string ns, IEnumerable<string> paragraphs) =>
        WriteList(xml, prefix, name, ns, paragraphs, p => xml.WriteElementString("maml", "para", Maml, p));

    private static void WriteList<T>(XmlWriter xml, string prefix, string name, string ns, IEnumerable<T> items, Action<T> write)
    {
        xml.WriteStartElement(prefix, name, ns);
        foreach (T item in items)
        {
            write(item);
        }

        xml.WriteEndElement();
    }
}
