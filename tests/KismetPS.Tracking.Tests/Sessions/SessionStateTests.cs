using System.Net;
using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using Xunit;

namespace KismetPS.Tracking.Tests.Sessions;

/// <summary>The life of a session: forward only, one reason, one completion.</summary>
public sealed class SessionStateTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task A_session_is_created_starts_runs_and_stops()
    {
        using ScriptedSession session = new(static stop => stop.WaitHandle.WaitOne());
        Assert.Equal((KismetSessionState.Created, KismetStopReason.None), (session.State, session.StopReason));
        KismetSessionState whileOpening = default;
        session.Open(() => whileOpening = session.State);
        Assert.Equal((KismetSessionState.Starting, KismetSessionState.Running), (whileOpening, session.State));
        Assert.False(session.Completion.IsCompleted);

        await session.StopAsync().WaitAsync(s_patience);
        Assert.Equal((KismetSessionState.Stopped, KismetStopReason.Requested), (session.State, session.StopReason));
        Assert.Null(session.Error);
        Assert.InRange(session.StartTime, DateTimeOffset.UtcNow - s_patience, DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task A_session_that_has_read_all_stops_by_itself()
    {
        using ScriptedSession session = new(static _ => { });
        session.Open();
        await session.Completion.WaitAsync(s_patience);
        Assert.Equal((KismetSessionState.Stopped, KismetStopReason.EndOfInput), (session.State, session.StopReason));
        await session.StopAsync().WaitAsync(s_patience);
        Assert.Equal(KismetStopReason.EndOfInput, session.StopReason);
    }

    [Fact]
    public async Task Stopping_from_many_threads_is_stopping_once()
    {
        using ManualResetEventSlim go = new();
        int runs = 0;
        using ScriptedSession session = new(stop =>
        {
            stop.WaitHandle.WaitOne();
            Interlocked.Increment(ref runs);
        });
        session.Open();
        KismetStopReason[] reasons = [KismetStopReason.Requested, KismetStopReason.LimitReached, KismetStopReason.HostClosed];
        Task[] stops = [.. Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
        {
            go.Wait();
            await session.StopAsync(reasons[i % 3]);
            Assert.Equal(KismetSessionState.Stopped, session.State);
        }))];
        go.Set();
        await Task.WhenAll(stops).WaitAsync(s_patience);
        Assert.Equal(1, runs);
        KismetStopReason reason = session.StopReason;
        Assert.Contains(reason, reasons);
        await session.StopAsync(KismetStopReason.LimitReached);
        Assert.Equal(reason, session.StopReason);
        Assert.Same(session.Completion, session.StopAsync());
    }

    [Fact]
    public async Task A_session_that_was_never_started_stops_and_cannot_start_again()
    {
        using ScriptedSession session = new(static _ => { });
        await session.StopAsync().WaitAsync(s_patience);
        Assert.Equal(KismetSessionState.Stopped, session.State);
        Assert.Throws<InvalidOperationException>(() => session.Open());
        Assert.Equal(KismetSessionState.Stopped, session.State);
    }

    [Fact]
    public void A_session_that_cannot_open_throws_and_is_faulted()
    {
        KismetException failure = new(KismetErrorId.AddressInUse, "The port is taken.");
        using ScriptedSession session = new(static _ => { });
        Assert.Same(failure, Assert.Throws<KismetException>(() => session.Open(() => throw failure)));
        Assert.Equal((KismetSessionState.Faulted, KismetStopReason.Failed), (session.State, session.StopReason));
        Assert.Same(failure, session.Error);
        Assert.True(session.Completion.IsCompletedSuccessfully);
        Assert.Throws<InvalidOperationException>(() => session.Open());
    }

    [Fact]
    public async Task Stopped_while_opening_it_ends_without_having_run_on()
    {
        using ScriptedSession session = new(static stop => stop.WaitHandle.WaitOne());
        session.Open(() => session.StopAsync());
        await session.Completion.WaitAsync(s_patience);
        Assert.Equal((KismetSessionState.Stopped, KismetStopReason.Requested), (session.State, session.StopReason));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_that_fails_is_faulted_also_while_it_is_stopped(bool whileStopping)
    {
        using ManualResetEventSlim go = new();
        using ScriptedSession session = new(_ =>
        {
            go.Wait();
            throw new IOException("The disk is gone.");
        });
        session.Open();
        Task stopping = whileStopping ? session.StopAsync() : Task.CompletedTask;
        go.Set();
        await session.Completion.WaitAsync(s_patience);
        await stopping.WaitAsync(s_patience);
        Assert.Equal((KismetSessionState.Faulted, KismetStopReason.Failed), (session.State, session.StopReason));
        Assert.Equal(KismetErrorId.InternalFailure, session.Error!.Id);
        Assert.IsType<IOException>(session.Error.InnerException);
    }

    [Fact]
    public async Task A_cancelled_wait_is_no_failure()
    {
        using ScriptedSession session = new(static stop => Task.Delay(-1, stop).GetAwaiter().GetResult());
        session.Open();
        await session.StopAsync().WaitAsync(s_patience);
        Assert.Equal(KismetSessionState.Stopped, session.State);
    }

    [Fact]
    public void Disposing_stops_and_waits()
    {
        ScriptedSession session = new(static stop => stop.WaitHandle.WaitOne());
        session.Open();
        session.Dispose();
        Assert.Equal((KismetSessionState.Stopped, KismetStopReason.HostClosed), (session.State, session.StopReason));
        session.Dispose();
    }

    [Fact]
    public void Numbers_differ_and_names_are_made_of_them()
    {
        using ScriptedSession one = new(static _ => { });
        using ScriptedSession two = new(static _ => { });
        Assert.NotEqual(one.Id, two.Id);
        Assert.Equal($"Export{one.Id}", one.Name);
        Assert.Equal($"{one.Name} (Export, Created)", one.ToString());
    }

    [Fact]
    public async Task A_table_of_sessions_keeps_those_that_run_and_64_that_ended()
    {
        SessionTable table = new();
        ScriptedSession running = new(static stop => stop.WaitHandle.WaitOne());
        running.Open();
        table.Add(running);
        for (int i = 0; i < 70; i++)
        {
            ScriptedSession ended = new(static _ => { });
            await ended.StopAsync();
            table.Add(ended);
        }

        Assert.Contains(running, table.ToList());
        Assert.Equal(65, table.ToList().Count);
        Assert.Equal(KismetErrorId.SessionNameInUse, Assert.Throws<KismetException>(() => table.CheckName(running.Name.ToLowerInvariant())).Id);
        table.CheckName(table.ToList()[^1].Name);
        table.CheckName(null);
        table.StopAll(KismetStopReason.HostClosed);
        Assert.Equal(KismetStopReason.HostClosed, running.StopReason);
        table.CheckName(running.Name);
        Assert.True(table.Remove(running));
        Assert.False(table.Remove(running));
    }

    [Fact]
    public async Task Of_those_that_ended_with_tables_of_devices_the_last_8_are_kept()
    {
        SessionTable table = new();
        using ScriptedSession plain = new(static _ => { });
        await plain.StopAsync();
        table.Add(plain);
        List<TzspListener> ended = [];
        for (int i = 0; i < 12; i++)
        {
            TzspListener listener = TzspListener.Start(new TzspListenerOptions { Port = 0, Address = IPAddress.Loopback }, new TrackerOptions());
            table.Add(listener);
            await listener.StopAsync().WaitAsync(s_patience);
            ended.Add(listener);
        }

        using TzspListener running = TzspListener.Start(new TzspListenerOptions { Port = 0, Address = IPAddress.Loopback }, new TrackerOptions());
        table.Add(running);
        Assert.Equal([plain, .. ended.TakeLast(8), running], table.ToList());
        Assert.Empty(ended[0].GetDevices());
    }
}
