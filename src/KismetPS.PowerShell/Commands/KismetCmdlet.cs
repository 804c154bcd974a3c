using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.PowerShell.Errors;
using KismetPS.PowerShell.Sessions;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>What all commands share: a token that Ctrl+C cancels, the sessions of the runspace, failures as error records.</summary>
public abstract class KismetCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    private protected KismetCmdlet()
    {
    }

    /// <summary>Cancelled by Ctrl+C; every wait takes it.</summary>
    private protected CancellationToken StopToken => _stop.Token;

    /// <summary>The sessions of this runspace.</summary>
    private protected SessionTable Sessions => RunspaceSessions.Current;

    /// <summary>What is being worked on: the target object of a terminating error.</summary>
    private protected object? Target { get; set; }

    /// <summary>Releases what the command holds; PowerShell calls it however the pipeline ends.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(() =>
    {
        TellWarnings();
        Begin();
    });

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(End);

    /// <summary>Runs on another thread, so it signals and does nothing else.</summary>
    protected sealed override void StopProcessing() => _stop.Cancel();

    private protected virtual void Begin()
    {
    }

    private protected virtual void Process()
    {
    }

    private protected virtual void End()
    {
    }

    private protected virtual void Release()
    {
    }

    /// <summary>Writes a failure of this record; the command goes on.</summary>
    private protected void Report(KismetException failure, object? target) => WriteError(ErrorRecords.From(failure, target));

    // Sessions work in the background, where nobody can be told: what they want to say is said by the next command.
    private protected void TellWarnings()
    {
        foreach (KismetSession session in Sessions.ToList())
        {
            while (session.TryTakeWarning(out string? warning))
            {
                WriteWarning(warning!);
            }
        }

        foreach (string warning in RunspaceSessions.Subscriptions.TakeWarnings())
        {
            WriteWarning(warning);
        }
    }

    private void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (KismetException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, Target));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The pipeline is being stopped: there is nobody to tell.
        }
    }
}
