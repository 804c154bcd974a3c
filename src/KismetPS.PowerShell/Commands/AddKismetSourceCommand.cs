using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Kismet;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Sessions;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Add-KismetSource: adds a capture source to connected Kismet servers.</summary>
[Cmdlet(VerbsCommon.Add, "KismetSource", SupportsShouldProcess = true)]
[OutputType(typeof(KismetSource))]
public sealed class AddKismetSourceCommand : KismetCmdlet
{
    /// <summary>Connections, as objects, numbers or names; without it all connections of this runspace.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [ValidateNotNullOrEmpty]
    public KismetSessionReference[]? Session { get; set; }

    /// <summary>The source line, as in the server's configuration.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[] Definition { get; set; } = [];

    private protected override void Process()
    {
        foreach (DeviceSession session in SessionSearch.Knowing(Sessions, Session, Report, MyInvocation.ExpectingInput))
        {
            if (session is not KismetConnection connection)
            {
                continue;
            }

            foreach (string definition in Definition)
            {
                if (!ShouldProcess(session.EndPoint, $"Add the capture source {definition}"))
                {
                    continue;
                }

                try
                {
                    if (connection.Link.AddSourceAsync(definition, StopToken).GetAwaiter().GetResult() is { } source)
                    {
                        WriteObject(source);
                    }
                }
                catch (KismetException e)
                {
                    Report(e, definition);
                }
            }
        }
    }
}
