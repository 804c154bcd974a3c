using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Kismet;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Sessions;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Send-KismetCommand: sends a command to connected Kismet servers and gives their answers.</summary>
[Cmdlet(VerbsCommunications.Send, "KismetCommand", SupportsShouldProcess = true)]
[OutputType(typeof(KismetCommandReply))]
public sealed class SendKismetCommandCommand : KismetCmdlet
{
    /// <summary>Connections, as objects, numbers or names; without it all connections of this runspace.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [ValidateNotNullOrEmpty]
    public KismetSessionReference[]? Session { get; set; }

    /// <summary>The command word.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(KismetCommandCompleter))]
    [ValidateNotNullOrEmpty]
    public string Command { get; set; } = string.Empty;

    /// <summary>Its arguments; one that holds blanks is quoted as the protocol does.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(KismetArgumentCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Argument { get; set; } = [];

    private protected override void Process()
    {
        foreach (DeviceSession session in SessionSearch.Knowing(Sessions, Session, Report))
        {
            if (session is KismetConnection connection && ShouldProcess(session.EndPoint, $"Send {Command} {string.Join(' ', Argument)}".TrimEnd()))
            {
                try
                {
                    WriteObject(connection.Link.SendAsync(Command, Argument, null, StopToken).GetAwaiter().GetResult());
                }
                catch (KismetException e)
                {
                    Report(e, session);
                }
            }
        }
    }
}
