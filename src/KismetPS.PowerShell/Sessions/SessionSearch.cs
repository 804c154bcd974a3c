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

    /// <summary>
    /// The sessions that know devices among those referred to, all where nothing is. A reference that finds none is reported, and so is one to a session that knows
    /// no devices, unless sessions of all kinds are piped.
    /// </summary>
    public static IReadOnlyList<DeviceSession> Knowing(SessionTable table, KismetSessionReference[]? references, Action<KismetException, object?> report, bool piped = false)
    {
        List<DeviceSession> knowing = [];
        Find(table, references, report, (reference, found) =>
        {
            DeviceSession[] fitting = [.. found.OfType<DeviceSession>()];
            knowing.AddRange(fitting);
            if (fitting.Length == 0 && found.Count > 0 && reference is { IsPattern: false } && !piped)
            {
                report(OfOtherKind(found[0], "knows no devices; listeners, captures, drones and connections do"), reference);
            }
        });
        return knowing;
    }

    /// <summary>As <see cref="Knowing"/>, of any kind.</summary>
    public static IReadOnlyList<KismetSession> Any(SessionTable table, KismetSessionReference[]? references, Action<KismetException, object?> report)
    {
        List<KismetSession> all = [];
        Find(table, references, report, (_, found) => all.AddRange(found));
        return all;
    }

    public static KismetException NotFound(string what) =>
        new(KismetErrorId.SessionNotFound, $"There is no session '{what}'.", "Get-KismetSession lists the sessions of this PowerShell; each runspace has its own.");

    /// <summary>What a session of a kind that is not wanted is answered with.</summary>
    public static KismetException OfOtherKind(KismetSession session, string why) =>
        new(KismetErrorId.SessionNotFound, $"'{session.Name}' is of the kind {session.Kind}, which {why}.", "Get-KismetSession shows the kind of each session.");

    private static void Find(
        SessionTable table,
        KismetSessionReference[]? references,
        Action<KismetException, object?> report,
        Action<KismetSessionReference?, IReadOnlyList<KismetSession>> take)
    {
        if (references is null)
        {
            take(null, table.ToList());
            return;
        }

        foreach (KismetSessionReference reference in references)
        {
            try
            {
                take(reference, reference.Resolve(table));
            }
            catch (KismetException e)
            {
                report(e, reference);
            }
        }
    }
}
