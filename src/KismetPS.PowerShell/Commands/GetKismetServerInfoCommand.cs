using System.Management.Automation;
using KismetPS.Kismet;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Get-KismetServerInfo: what connected Kismet servers tell of themselves.</summary>
[Cmdlet(VerbsCommon.Get, "KismetServerInfo")]
[OutputType(typeof(KismetServerInfo))]
public sealed class GetKismetServerInfoCommand : SessionReaderCommand
{
    private protected override void Process()
    {
        foreach (DeviceSession session in Selected())
        {
            if (session is KismetConnection connection)
            {
                WriteObject(connection.Server);
            }
        }
    }
}
