using KismetPS.Kismet;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Completion;

/// <summary>Capture sources of connected servers, as far as they are known: nobody is asked while a user is typing.</summary>
internal static class ConnectedSources
{
    public static IEnumerable<KismetSource> Now(IEnumerable<DeviceSession> sessions) => sessions.OfType<KismetConnection>().SelectMany(static c => c.Link.KnownSources);
}
