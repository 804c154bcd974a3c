using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.PowerShell.Errors;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Streaming;

/// <summary>A PowerShell job over the stream of a session; the job verbs work on it as on any other.</summary>
public sealed class KismetJob : Job
{
    // Nobody may ever receive from a job, so its output is bounded: beyond this the job stops taking, and the session's own bounded queues count what they drop.
    private const int Capacity = 100_000;

    private static readonly TimeSpan s_release = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly ManualResetEventSlim _done = new();
    private readonly ManualResetEventSlim _settled = new();
    private readonly SessionTable _table;
    private readonly int _capacity;
    private KismetSession _session = null!;
    private SessionStream _stream = null!;

    private KismetJob(string command, string? name, SessionTable table, StreamLimits limits)
        : base(command, name)
    {
        PSJobTypeName = "KismetJob";
        _table = table;
        // Somebody who asks for a number gets it, received or not: else Wait-Job would wait for ever.
        _capacity = (int)Math.Clamp(limits.Count, Capacity, int.MaxValue);
    }

    /// <summary>The session behind the job.</summary>
    public KismetSession Session => _session;

    /// <inheritdoc/>
    public override bool HasMoreData =>
        Output.Count > 0 || Error.Count > 0 || Warning.Count > 0 || Verbose.Count > 0 || !_done.IsSet;

    /// <inheritdoc/>
    public override string Location => _session.EndPoint;

    /// <inheritdoc/>
    public override string StatusMessage => _session.Statistics.ToString();

    /// <summary>Cancels and waits up to five seconds for the session to be released.</summary>
    public override void StopJob()
    {
        if (!_done.IsSet)
        {
            SetJobState(JobState.Stopping);
            _stop.Cancel();
            _settled.Wait(s_release);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Cancel();
            _done.Wait(s_release);
            _table.Remove(_session);
        }

        base.Dispose(disposing);
    }

    /// <summary>Opens on this thread, so that a port in use is an error at once, and runs on a thread of its own.</summary>
    internal static KismetJob Start<TSession>(
        string command,
        string? name,
        SessionTable table,
        StreamLimits limits,
        Func<Action<TSession>, TSession> start,
        Func<TSession, SessionStream> open)
        where TSession : KismetSession
    {
        SessionStream? stream = null;
        try
        {
            TSession session = start(s => stream = open(s));
            var job = new KismetJob(command, name ?? session.Name, table, limits) { _session = session, _stream = stream! };
            table.Add(session);
            job.SetJobState(JobState.Running);
            new Thread(() => job.Run(limits)) { IsBackground = true, Name = $"{session.Name} job" }.Start();
            return job;
        }
        catch
        {
            stream?.Dispose();
            throw;
        }
    }

    // The top of a thread: whatever happens here must not take the user's PowerShell down.
    private void Run(StreamLimits limits)
    {
        JobState state = JobState.Failed;
        try
        {
            state = Pump(limits);
        }
#pragma warning disable CA1031 // kept for the user where the job still exists
        catch (Exception e) when (e is not ObjectDisposedException)
#pragma warning restore CA1031
        {
            Error.Add(ErrorRecords.From(e as KismetException ?? new KismetException(KismetErrorId.InternalFailure, e.Message, "This is a defect; please report it with the details.", e), _session));
        }
        catch (ObjectDisposedException)
        {
            // Remove-Job -Force did not wait: there is nobody to tell any more.
        }

        // Handlers of the state may dispose of the job on this thread, so what Dispose waits for comes first.
        _done.Set();
        try
        {
            SetJobState(state);
        }
        catch (ObjectDisposedException)
        {
            // Removed in between.
        }

        _settled.Set();
    }

    private JobState Pump(StreamLimits limits)
    {
        JobState state = JobState.Completed;
        KismetStopReason reason = KismetStopReason.Requested;
        try
        {
            reason = new StreamPump(_stream, limits, [_session]).Run(Write, _ => Warn(), _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            state = JobState.Stopped;
        }
        finally
        {
            _session.StopAsync(reason).Wait(s_release);
            _stream.Dispose();
        }

        Warn();
        if (_stream.Dropped > 0)
        {
            Warning.Add(new WarningRecord(SessionSummary.Missed(_stream.Dropped)));
        }

        Verbose.Add(new VerboseRecord(SessionSummary.Of(_session)));
        foreach (KismetException failure in new[] { (_session as CaptureSession)?.CaptureError, _session.Error }.OfType<KismetException>())
        {
            Error.Add(ErrorRecords.From(failure, _session));
        }

        return _session.Error is null ? state : JobState.Failed;
    }

    private void Warn()
    {
        while (_session.TryTakeWarning(out string? warning))
        {
            Warning.Add(new WarningRecord(warning));
        }
    }

    private void Write(object item)
    {
        while (Output.Count >= _capacity)
        {
            _stop.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(100));
            _stop.Token.ThrowIfCancellationRequested();
        }

        Output.Add(PSObject.AsPSObject(item));
    }
}
