using System.Management.Automation;
using System.Text.Json;
using KismetPS.Capture;
using KismetPS.Kismet;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Model;
using KismetPS.PowerShell.Sessions;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Send-KismetCommand: sends a command to connected Kismet servers and gives their answers.</summary>
[Cmdlet(VerbsCommunications.Send, "KismetCommand", SupportsShouldProcess = true)]
[OutputType(typeof(KismetCommandReply), typeof(PSObject))]
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

    /// <summary>What is sent with a request to an HTTP server: JSON text, a hashtable or an object.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Body { get; set; }

    /// <summary>Writes the answer as it came instead of the objects in it.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>Its arguments; one that holds blanks is quoted as the protocol does.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(KismetArgumentCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Argument { get; set; } = [];

    private protected override void Process()
    {
        string? body = Body is null ? null : ToJson(Body);
        IReadOnlyList<KismetSession> found = SessionSearch.Any(Sessions, Session, Report);
        if (!found.OfType<KismetConnection>().Any() && (Session is null || found.Count > 0))
        {
            Report(new KismetException(KismetErrorId.SessionNotFound, "There is no connection to a Kismet server to send to.", "Connect-KismetServer makes one; Get-KismetSession -Kind Connection lists them."), Session);
        }

        foreach (KismetConnection session in found.OfType<KismetConnection>())
        {
            if (ShouldProcess(session.EndPoint, $"Send {Command} {string.Join(' ', Argument)}".TrimEnd()))
            {
                try
                {
                    Write(session.Link.SendAsync(Command, Argument, body, StopToken).GetAwaiter().GetResult());
                }
                catch (KismetException e)
                {
                    Report(e, session);
                }
            }
        }
    }

    private static string ToJson(object body)
    {
        try
        {
            return JsonObjects.Write(body);
        }
        catch (Exception e) when (e is JsonException or OverflowException)
        {
            // A server ignores what it cannot read, and answers as if nothing had been asked for in particular.
            throw new KismetException(KismetErrorId.ArgumentInvalid, $"The body is no JSON: {e.Message}", "Give JSON text, a hashtable or an object.", e);
        }
    }

    private void Write(KismetCommandReply reply)
    {
        if (Raw || reply.Json is null)
        {
            WriteObject(reply);
            return;
        }

        object? value;
        try
        {
            value = JsonObjects.Read(reply.Json);
        }
        catch (JsonException e)
        {
            throw new KismetException(KismetErrorId.AnswerInvalid, $"The answer to {Command} is no whole JSON.", "-Raw gives it as it came.", e);
        }

        if (value is not null)
        {
            WriteObject(value, enumerateCollection: true);
        }
    }
}
