using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Kismet;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Works on capture sources that Get-KismetSource gave.</summary>
public abstract class SourceTargetCommand : KismetCmdlet
{
    private protected SourceTargetCommand()
    {
    }

    /// <summary>Capture sources.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public KismetSource[] InputObject { get; set; } = [];

    /// <summary>What -WhatIf and -Confirm say is done.</summary>
    private protected abstract string Action { get; }

    private protected abstract Task ActAsync(KismetConnection connection, KismetSource source);

    private protected virtual void Done(KismetConnection connection, KismetSource source)
    {
    }

    private protected override void Process()
    {
        foreach (KismetSource source in InputObject)
        {
            if (Sessions.ToList().FirstOrDefault(s => s.Id == source.SessionId) is not KismetConnection connection)
            {
                Report(new KismetException(KismetErrorId.SessionNotFound, $"The connection that told of {source} is not one of this PowerShell.", "Take sources from Get-KismetSource."), source);
                continue;
            }

            if (!ShouldProcess($"{source} at {connection.EndPoint}", Action))
            {
                continue;
            }

            try
            {
                ActAsync(connection, source).GetAwaiter().GetResult();
                Done(connection, source);
            }
            catch (KismetException e)
            {
                Report(e, source);
            }
        }
    }
}
