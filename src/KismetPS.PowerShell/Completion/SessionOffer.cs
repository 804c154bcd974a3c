using KismetPS.Kismet;
using KismetPS.PowerShell.Sessions;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Completion;

/// <summary>The sessions a command can do something with: the others are not offered to it.</summary>
internal static class SessionOffer
{
    public static IEnumerable<KismetSession> For(string command) => RunspaceSessions.Current.ToList().Where(Taken(command));

    private static Func<KismetSession, bool> Taken(string command) => command.ToUpperInvariant() switch
    {
        "STOP-TZSPLISTENER" => static s => s is TzspListener,
        "STOP-KISMETCAPTURE" => static s => s is KismetCapture,
        "STOP-KISMETSERVER" => static s => s is KismetServer,
        "DISCONNECT-KISMETSERVER" => static s => s.Kind == KismetSessionKind.Connection,
        "SEND-KISMETCOMMAND" or "GET-KISMETSERVERINFO" or "GET-KISMETSOURCE" or "ADD-KISMETSOURCE" => static s => s is KismetConnection,
        "GET-KISMETDEVICE" or "GET-KISMETNETWORK" or "GET-KISMETALERT" or "WATCH-KISMETDEVICE" or "WAIT-KISMETDEVICE" or "MEASURE-KISMETDEVICE" or "EXPORT-KISMETREPORT" => static s => s is DeviceSession,
        _ => static _ => true,
    };
}
