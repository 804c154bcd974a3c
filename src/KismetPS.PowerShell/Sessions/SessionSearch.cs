using KismetPS.Capture;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Sessions;

/// <summary>Finds sessions of a table.</summary>
internal static class SessionSearch
{
    public static List<KismetSession> ById(SessionTable table, int id) => [.. table.ToList().Where(s => s.Id == id)];

    public static List<KismetSession> ByName(SessionTable table, string pattern)
    {
        Predicate<string> matches = Wildcards.Match([pattern])!;
        return [.. table.ToList().Where(s => matches(s.Name))];
    }

    /// <summary>The sessions that know devices among those referred to, all where nothing is; a reference that finds none is reported.</summary>
    public static IReadOnlyList<DeviceSession> Knowing(SessionTable table, KismetSessionReference[]? references, Action<KismetException, object?> report) =>
        [.. Any(table, references, report).OfType<DeviceSession>()];

    /// <summary>As <see cref="Knowing"/>, of any kind.</summary>
    public static IReadOnlyList<KismetSession> Any(SessionTable table, KismetSessionReference[]? references, Action<KismetException, object?> report)
    {
        if (references is null)
        {
            return table.ToList();
        }

        List<KismetSession> found = [];
        foreach (KismetSessionReference reference in references)
        {
            try
            {
                found.AddRange(reference.Resolve(table));
            }
            catch (KismetException e)
            {
                report(e, reference);
            }
        }

        return found;
    }

    public static KismetException NotFound(string what) =>
        new(KismetErrorId.SessionNotFound, $"There is no session '{what}'.", "Get-KismetSession lists the sessions of this PowerShell; each runspace has its own.");
}
