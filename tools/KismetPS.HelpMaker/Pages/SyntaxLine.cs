namespace KismetPS.HelpMaker.Pages;

/// <summary>
/// Reads a syntax line as Get-Command -Syntax writes it: <c>[-P] &lt;t&gt;</c> positional and mandatory, <c>[[-P] &lt;t&gt;]</c> positional,
/// <c>-P &lt;t&gt;</c> mandatory, <c>[-P &lt;t&gt;]</c> optional, <c>-P</c> and <c>[-P]</c> switches.
/// </summary>
internal static class SyntaxLine
{
    /// <summary>Parameters in their order; null where a word is none.</summary>
    public static List<PageSyntaxParameter>? Read(string command, string text)
    {
        string[] words = text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0] != command)
        {
            return null;
        }

        List<PageSyntaxParameter> parameters = [];
        int position = 0;
        for (int i = 1; i < words.Length; i++)
        {
            string word = words[i];
            if (word == "[<CommonParameters>]")
            {
                continue;
            }

            string name = word.Trim('[', ']', '-');
            string? type = null;
            if (i + 1 < words.Length && words[i + 1][0] == '<')
            {
                // <string[]>] : the last bracket belongs to the parameter, those within to the type.
                type = words[++i];
                bool optional = word.StartsWith("[[", StringComparison.Ordinal) || (word[0] == '[' && word[^1] != ']');
                if (!type.EndsWith(optional ? ">]" : ">", StringComparison.Ordinal))
                {
                    return null;
                }

                type = type.TrimEnd(']');
                type = type[1..^1];
            }

            bool positional = type is not null && word[^1] == ']';
            bool mandatory = positional ? word[1] == '-' : word[0] == '-';
            if (name.Length == 0 || !word.TrimStart('[').StartsWith('-'))
            {
                return null;
            }

            parameters.Add(new PageSyntaxParameter(name, type, positional ? position++ : null, mandatory));
        }

        return parameters;
    }
}
