using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Disconnect-KismetServer: ends connections to servers and drones; their tables stay readable.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "KismetServer", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(Kismet.KismetConnection))]
public sealed class DisconnectKismetServerCommand : StopSessionCommand<DeviceSession>
{
    private protected override IReadOnlyList<DeviceSession> Selected()
    {
        List<DeviceSession> connections = [];
        foreach (DeviceSession session in base.Selected())
        {
            if (session.Kind == KismetSessionKind.Connection)
            {
                connections.Add(session);
            }
            else if (ParameterSetName != NameSet || !WildcardPattern.ContainsWildcardCharacters(string.Concat(Name)))
            {
                Report(new KismetException(KismetErrorId.ArgumentInvalid, $"{session.Name} is no connection but a {session.Kind}.", "Stop-KismetSession stops sessions of any kind."), session);
            }
        }

        return connections;
    }
}
