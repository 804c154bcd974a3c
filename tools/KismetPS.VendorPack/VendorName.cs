using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text;

namespace KismetPS.VendorPack;

/// <summary>
/// Makes of a registered name one that fits a table column: <c>TP-LINK TECHNOLOGIES CO.,LTD.</c> becomes <c>TP-LINK TECHNOLOGIES</c>.
/// Spaces are tidied and the legal form at the end goes; spelling and case stay as registered, for <c>IBM</c> and <c>CERN</c> are right in capitals.
/// </summary>
internal static class VendorName
{
    /// <summary>Legal forms in capitals without points, slashes and brackets, as one word or (in <see cref="Phrases"/>) as several.</summary>
    private static readonly FrozenSet<string> Words = new[]
    {
        "INC", "INCORPORATED", "CORP", "CORPORATION", "CORPORATE", "CO", "COMPANY", "LTD", "LIMITED", "LLC", "LLP", "LP", "PLC",
        "COLTD", "COLIMITED", "PTYLTD", "PTELTD", "PVTLTD", "PTY", "PTE", "PVT", "SDN", "BHD",
        "GMBH", "MBH", "GMBHCOKG", "COKG", "AG", "KG", "KGAA", "OHG", "GBR", "EK", "SE", "AB", "PUBL", "AS", "ASA", "APS", "OY", "OYJ",
        "BV", "BVBA", "NV", "SA", "SAS", "SASU", "SARL", "SRL", "SRLS", "SPA", "SNC", "SL", "SLU", "SLL", "SAU", "LTDA", "LDA", "AŞ",
        "SRO", "DOO", "ZOO", "SPZOO", "OOD", "EOOD", "JSC", "OJSC", "CJSC", "PJSC", "OOO", "ZAO", "OAO", "KFT", "ZRT", "KK",
        "OÜ", "OU", "UAB", "SIA", "SPRL", "NVSA", "ULC", "FZE", "SPJ", "SPK",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Forms written as several words, joined.</summary>
    private static readonly FrozenSet<string> Phrases = new[]
    {
        "SADECV", "SRLDECV", "SPOLSRO", "SPZOO", "ZOO", "SRO", "SPA", "DOO", "SRL", "SA", "AS", "EK", "SPJ", "SPK", "KK", "SANVETICAŞ", "SANVETICAS", "SANVETICLTDŞTİ", "SANVETICLTDSTI",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Gives the short form; what has nothing but a legal form stays as it is.</summary>
    public static string Shorten(string registered)
    {
        string name = Tidy(registered);

        // "Aruba, a Hewlett Packard Enterprise Company".
        int parent = name.IndexOf(", a ", StringComparison.OrdinalIgnoreCase);
        name = parent > 1 ? name[..parent] : name;
        List<(int Start, int End)> tokens = Tokens(name);
        string[] words = [.. tokens.Select(t => Canonical(name[t.Start..t.End]))];
        int kept = tokens.Count;
        bool wholeCompany = name.StartsWith("The ", StringComparison.OrdinalIgnoreCase);
        bool stripped = false;
        while (kept > 1)
        {
            int take = TailLength(name[tokens[kept - 1].Start..tokens[kept - 1].End], words.AsSpan(0, kept), stripped, wholeCompany);
            if (take == 0)
            {
                break;
            }

            string rest = End(name, tokens[kept - take - 1].End);
            if (rest.Count(char.IsLetterOrDigit) < 2 || Words.Contains(Canonical(rest)))
            {
                break;
            }

            kept -= take;
            stripped = true;
        }

        return stripped ? End(name, tokens[kept - 1].End) : name;
    }

    /// <summary>How many of the last words are a legal form, 0 if none.</summary>
    private static int TailLength(string token, ReadOnlySpan<string> words, bool stripped, bool wholeCompany)
    {
        for (int take = Math.Min(5, words.Length - 1); take > 1; take--)
        {
            if (Phrases.Contains(string.Concat(words[^take..])))
            {
                return take;
            }
        }

        string word = words[^1];
        if (token.Contains(')') != token.Contains('('))
        {
            // The last word of a remark in brackets.
            return 0;
        }

        // "Private Limited", "GmbH & Co. KG": words that are part of a form only in front of another.
        if (word is "PRIVATE" || word.Length == 0 || word is "AND" or "UND")
        {
            return stripped ? 1 : 0;
        }

        if (word.Length < 4 && token.AsSpan(1).ContainsAny("+&"))
        {
            // A name such as "S+E".
            return 0;
        }

        // "The Boeing Company" is a name; "P/L" is Pty Ltd, "PL" is not.
        bool form = Words.Contains(word) || token.Equals("P/L", StringComparison.OrdinalIgnoreCase);
        return form && !(wholeCompany && !stripped && word is "COMPANY" or "CO") ? 1 : 0;
    }

    private static string Canonical(string token)
    {
        StringBuilder word = new(token.Length);
        foreach (char c in token)
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToUpperInvariant(c));
            }
        }

        return word.ToString();
    }

    /// <summary>Words between spaces and commas, and those glued to a form by a point ("IND.CO.").</summary>
    private static List<(int Start, int End)> Tokens(string name)
    {
        List<(int, int)> tokens = [];
        int start = -1;
        for (int i = 0; i <= name.Length; i++)
        {
            bool separator = i == name.Length || name[i] is ' ' or ',' or ';' || (name[i] == '.' && FormFollows(name.AsSpan(i + 1)));
            if (separator && start >= 0)
            {
                tokens.Add((start, i));
                start = -1;
            }
            else if (!separator && start < 0)
            {
                start = i;
            }
        }

        return tokens;
    }

    private static bool FormFollows(ReadOnlySpan<char> text)
    {
        int length = text.IndexOfAny(" .,;");
        ReadOnlySpan<char> word = length < 0 ? text : text[..length];
        foreach (string form in (ReadOnlySpan<string>)["CO", "LTD", "CORP", "INC"])
        {
            if (word.Equals(form, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The name up to a place, without the punctuation that led to what was cut; the point of an abbreviation such as "U.S." stays.</summary>
    private static string End(string name, int end)
    {
        string rest = name[..end].TrimEnd(' ', ',', ';', '&', '-', '+');
        int word = rest.LastIndexOf(' ') + 1;
        return rest.EndsWith('.') && rest.IndexOf('.', word) == rest.Length - 1 ? rest[..^1] : rest;
    }

    /// <summary>Entities of the web form the names came through, full-width forms to plain ones, every kind of space to one space, no control or invisible characters.</summary>
    private static string Tidy(string name)
    {
        StringBuilder tidy = new(name.Length);
        foreach (char raw in WebUtility.HtmlDecode(name))
        {
            char c = raw is >= '\uFF01' and <= '\uFF5E' ? (char)(raw - 0xFEE0) : raw;
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                if (tidy.Length > 0 && tidy[^1] != ' ')
                {
                    tidy.Append(' ');
                }
            }
            else if (char.GetUnicodeCategory(c) != UnicodeCategory.Format)
            {
                tidy.Append(c);
            }
        }

        return tidy.ToString().Trim(' ', ',', ';');
    }
}
