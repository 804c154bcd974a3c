using System.Management.Automation;

namespace KismetPS.PowerShell;

/// <summary>PowerShell wildcards as predicates for the engine.</summary>
internal static class Wildcards
{
    /// <summary>A test that passes where any pattern matches, letter case ignored; null where there are no patterns.</summary>
    public static Predicate<string>? Match(string[]? patterns)
    {
        if (patterns is null || patterns.Length == 0)
        {
            return null;
        }

        WildcardPattern[] compiled = Array.ConvertAll(patterns, static p => WildcardPattern.Get(p, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant));
        return text => Array.Exists(compiled, p => p.IsMatch(text));
    }

    /// <summary>A test as <see cref="Match"/> makes; null where the text is no pattern, such as a bracket that is not closed yet.</summary>
    public static Predicate<string>? TryMatch(string text)
    {
        try
        {
            Predicate<string>? matches = IsPattern(text) ? Match([text]) : null;
            // A pattern is looked at when it is first used.
            matches?.Invoke(string.Empty);
            return matches;
        }
        catch (WildcardPatternException)
        {
            return null;
        }
    }

    /// <summary>Whether a text holds wildcards, so that finding nothing is no error.</summary>
    public static bool IsPattern(string? text) => text is not null && WildcardPattern.ContainsWildcardCharacters(text);
}
