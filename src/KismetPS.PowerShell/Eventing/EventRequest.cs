using System.Management.Automation;
using KismetPS.PowerShell.Model;

namespace KismetPS.PowerShell.Eventing;

/// <summary>What is subscribed to, and what is done with its events: the parameters that all Register- commands of PowerShell share.</summary>
internal sealed record EventRequest
{
    /// <summary>Name of the event.</summary>
    public required KismetEventKind EventName { get; init; }

    /// <summary>Name of the subscription.</summary>
    public required string SourceIdentifier { get; init; }

    /// <summary>Run for each event; null: events wait for Get-Event.</summary>
    public ScriptBlock? Action { get; init; }

    /// <summary>Given with each event.</summary>
    public PSObject? MessageData { get; init; }

    /// <summary>Ends the subscription after so many events; 0: never.</summary>
    public int MaxTriggerCount { get; init; }

    /// <summary>Sends the events to the local computer of a remote session.</summary>
    public bool Forward { get; init; }

    /// <summary>Hides the subscription.</summary>
    public bool SupportEvent { get; init; }
}
