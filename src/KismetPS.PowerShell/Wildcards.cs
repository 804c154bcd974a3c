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

    /// <summary>Whether a text holds wildcards, so that finding nothing is no error.</summary>
    public static bool IsPattern(string? text) => text is not null && WildcardPattern.ContainsWildcardCharacters(text);
}
