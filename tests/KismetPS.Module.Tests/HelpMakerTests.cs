using System.Xml.Linq;
using KismetPS.HelpMaker;
using KismetPS.HelpMaker.Maml;
using KismetPS.HelpMaker.Pages;
using Xunit;

namespace KismetPS.Module.Tests;

/// <summary>The help maker reads what PlatyPS writes, and says file, line and reason of what it cannot read.</summary>
public sealed class HelpMakerTests
{
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";

    private static readonly string s_page = """
        ---
        document type: cmdlet
        external help file: KismetPS.dll-Help.xml
        HelpUri: ''
        Locale: en-US
        Module Name: KismetPS
        ms.date: 01/01/2026
        PlatyPS schema version: 2024-05-01
        title: Get-Thing
        ---

        # Get-Thing

        ## SYNOPSIS

        Gets <things> & more.

        ## SYNTAX

        ### Name (Default)

        ```
        Get-Thing [[-Name] <string[]>] [-Kind <Kind>] [-Force] [<CommonParameters>]
        ```

        ### Id

        ```
        Get-Thing -Id <int> [-Kind <Kind>] [-Force] [<CommonParameters>]
        ```

        ## DESCRIPTION

        First.

        Second.

        ## EXAMPLES

        ### Example 1: One

        Text.

        ```powershell
        ## not a heading
        Get-Thing
        ```

        ## PARAMETERS

        ### -Force

        Forces.

        ```yaml
        Type: System.Management.Automation.SwitchParameter
        DefaultValue: ''
        SupportsWildcards: false
        Aliases: []
        ParameterSets:
        - Name: (All)
          Position: Named
          IsRequired: false
          ValueFromPipeline: false
          ValueFromPipelineByPropertyName: false
          ValueFromRemainingArguments: false
        DontShow: false
        AcceptedValues: []
        HelpMessage: ''
        ```

        ### -Id

        A number.

        ```yaml
        Type: System.Int32
        DefaultValue: ''
        SupportsWildcards: false
        Aliases: []
        ParameterSets:
        - Name: Id
          Position: Named
          IsRequired: true
          ValueFromPipeline: true
          ValueFromPipelineByPropertyName: true
          ValueFromRemainingArguments: false
        DontShow: false
        AcceptedValues: []
        HelpMessage: ''
        ```

        ### -Kind

        A kind.

        ```yaml
        Type: Thing.Kind
        DefaultValue: Small
        SupportsWildcards: false
        Aliases: []
        ParameterSets:
        - Name: (All)
          Position: Named
          IsRequired: false
          ValueFromPipeline: false
          ValueFromPipelineByPropertyName: false
          ValueFromRemainingArguments: false
        DontShow: false
        AcceptedValues:
        - Small
        - Large
        HelpMessage: ''
        ```

        ### -Name

        Names.

        ```yaml
        Type: System.String[]
        DefaultValue: ''
        SupportsWildcards: true
        Aliases:
        - Title
        - Label
        ParameterSets:
        - Name: Name
          Position: 0
          IsRequired: false
          ValueFromPipeline: true
          ValueFromPipelineByPropertyName: false
          ValueFromRemainingArguments: false
        DontShow: false
        AcceptedValues: []
        HelpMessage: ''
        ```

        ### CommonParameters

        Common.

        ## INPUTS

        ### System.String[]

        Names.

        ## OUTPUTS

        ### None

        Nothing.

        ## NOTES

        Note.

        ## RELATED LINKS

        - [Set-Thing](Set-Thing.md)
        """.ReplaceLineEndings("\n");

    [Fact]
    public void A_page_becomes_a_command()
    {
        CommandPage page = Read(s_page)!;
        Assert.Equal(["Force", "Id", "Kind", "Name"], page.Parameters.Select(p => p.Name));
        Assert.Equal(["Name", "Id"], page.Syntax.Select(s => s.Set));
        Assert.Equal("First.\n\nSecond.", page.Description);

        XElement command = XDocument.Parse(MamlWriter.Write([page])).Root!.Element(s_command + "command")!;
        Assert.Equal("Gets <things> & more.", command.Element(s_command + "details")!.Element(s_maml + "description")!.Value);
        XElement name = command.Element(s_command + "parameters")!.Elements().Last();
        Assert.Equal("true", name.Attribute("globbing")!.Value);
        Assert.Equal("true (ByValue)", name.Attribute("pipelineInput")!.Value);
        Assert.Equal("0", name.Attribute("position")!.Value);
        Assert.Equal("Title, Label", name.Attribute("aliases")!.Value);
        XElement[] syntax = [.. command.Element(s_command + "syntax")!.Elements()];
        Assert.Equal(["Name", "Kind", "Force"], syntax[0].Elements(s_command + "parameter").Select(p => p.Element(s_maml + "name")!.Value));
        Assert.Equal(["Id", "Kind", "Force"], syntax[1].Elements(s_command + "parameter").Select(p => p.Element(s_maml + "name")!.Value));
        Assert.Equal("SmallLarge", syntax[0].Element(s_command + "parameter")!.ElementsAfterSelf().First().Element(s_command + "parameterValueGroup")!.Value);
        Assert.Contains("## not a heading", command.Element(s_command + "examples")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_pages_give_the_same_file() => Assert.Equal(MamlWriter.Write([Read(s_page)!]), MamlWriter.Write([Read(s_page)!]));

    [Fact]
    public void The_page_of_a_module_is_no_command() => Assert.Null(Read(s_page.Replace("document type: cmdlet", "document type: module", StringComparison.Ordinal)));

    [Theory]
    [InlineData("title: Get-Thing", "title: Get-Other", "# Get-Thing", "'Get-Thing' is expected")]
    [InlineData("2024-05-01", "2.0.0", "PlatyPS schema version", "schema")]
    [InlineData("\n# Get-Thing", "\n# Get-Things", "# Get-Things", "'Get-Thing' is expected")]
    [InlineData("## SYNOPSIS\n\nGets <things> & more.", "## SYNOPSIS", "## SYNOPSIS", "empty")]
    [InlineData("Gets <things>", "{{ Fill in }} <things>", "{{ Fill in }}", "placeholder")]
    [InlineData("## INPUTS", "## INPUT", "## INPUT", "no section 'INPUT'")]
    [InlineData("## NOTES\n\nNote.\n\n", "", "## RELATED LINKS", "NOTES is missing")]
    [InlineData("[-Kind <Kind>] [-Force] [<CommonParameters>]\n```\n\n## DESC", "[-Force] [<CommonParameters>]\n```\n\n## DESC", "## SYNTAX", "-Kind is missing in a set")]
    [InlineData("Get-Thing -Id <int>", "Get-Thing [-Id <int>]", "## SYNTAX", "-Id of the set Id")]
    [InlineData("Get-Thing -Id <int>", "Get-Thing -Id <int", "Get-Thing -Id", "no syntax")]
    [InlineData("Forces.\n\n```yaml", "Forces.\n```yaml", "### -Force", "Force needs a description")]
    [InlineData("  IsRequired: true", "  IsRequired: maybe", "  IsRequired: maybe", "'maybe'")]
    [InlineData("  IsRequired: true\n", "", "- Name: Id", "'IsRequired' is missing")]
    [InlineData("Type: System.Int32", "Type: System.Int32\nSize: 4", "Size: 4", "'Size' is not known")]
    [InlineData("### -Kind", "### -Id", "### -Id", "twice")]
    [InlineData("## INPUTS\n\n### System.String[]\n\nNames.", "## INPUTS\n\n### System.String[]\n\n- Names.", "### System.String[]", "description")]
    [InlineData("- [Set-Thing](Set-Thing.md)", "Set-Thing", "Set-Thing", "a link")]
    [InlineData("```powershell", "```", "### Example 1", "code block ```powershell")]
    [InlineData("Note.\n", "Note.\n```\n", "```", "not closed")]
    [InlineData("Text.\n\n", "Text.\n## OTHER\n\n", "## OTHER", "empty line before a heading")]
    public void What_is_wrong_is_told_with_its_line(string old, string changed, string at, string reason)
    {
        Assert.Contains(old, s_page, StringComparison.Ordinal);
        string page = s_page.Replace(old, changed, StringComparison.Ordinal);
        int line = Array.FindLastIndex(page.Split('\n'), l => l.StartsWith(at, StringComparison.Ordinal)) + 1;
        PageException error = Assert.Throws<PageException>(() => Read(page));
        Assert.StartsWith($"Get-Thing.md({line}): error: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stale_file_fails_the_check_and_is_written_anew()
    {
        string root = Directory.CreateTempSubdirectory("help").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "docs", "cmdlets"));
            File.WriteAllText(Path.Combine(root, "docs", "cmdlets", "Get-Thing.md"), s_page);
            Assert.Equal(1, Run("--check"));
            Assert.Equal(0, Run());
            Assert.Equal(0, Run("--check"));
            File.AppendAllText(Path.Combine(root, "en-US", "KismetPS.dll-Help.xml"), " ");
            Assert.Equal(1, Run("--check"));
            File.WriteAllText(Path.Combine(root, "docs", "cmdlets", "Get-Thing.md"), "nothing");
            Assert.Equal(1, Run());
            Assert.Equal(2, Run("--what"));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }

        int Run(params string[] args) => HelpCommand.Run([.. args, "--root", root], TextWriter.Null, TextWriter.Null);
    }

    private static CommandPage? Read(string text) => PageReader.Read("Get-Thing.md", text.Split('\n'));
}
