using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Kismet;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Get-KismetServerClient: who is connected to Kismet servers, what they asked for and what they missed.</summary>
[Cmdlet(VerbsCommon.Get, "KismetServerClient")]
[OutputType(typeof(KismetServerClient))]
public sealed class GetKismetServerClientCommand : KismetCmdlet
{
    /// <summary>Servers; without it all of this runspace.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public KismetSession[]? InputObject { get; set; }

    private protected override void Process()
    {
        foreach (KismetSession session in InputObject ?? [.. Sessions.ToList().OfType<KismetServer>()])
        {
            if (session is not KismetServer server)
            {
                Report(new KismetException(KismetErrorId.SessionNotFound, $"'{session.Name}' is a {session.Kind}; only a server has clients.", "Get-KismetSession -Kind Server lists the servers."), session);
                continue;
            }

            WriteObject(server.Clients, enumerateCollection: true);
        }
    }
}
