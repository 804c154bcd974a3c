using System.Net;
using KismetPS.Capture;
using KismetPS.Export.Receive;
using KismetPS.Export.Tests.Formats;
using KismetPS.TestKit;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Export.Tests.Delivery;

public sealed class StreamExportTests
{
    private static ExportOptions To(LineReceiver receiver, string host = "127.0.0.1") => new()
    {
        Host = host,
        Port = receiver.Port,
        UpdateRate = TimeSpan.FromMilliseconds(50),
        FirstBackOff = TimeSpan.FromMilliseconds(50),
        MostBackOff = TimeSpan.FromMilliseconds(200),
        Timeout = Waiting.Patience,
        ConnectTimeout = Waiting.Patience,
    };

    [Fact]
    public void Devices_are_sent_once_and_known_to_have_been_read()
    {
        using var receiver = new LineReceiver();
        using KismetExport export = KismetExport.StartOnce(To(receiver));
        for (int i = 1; i <= 1000; i++)
        {
            Assert.True(export.Write(Devices.Plain($"02:00:00:00:{i >> 8:X2}:{i & 255:X2}"), expired: false));
        }

        export.Complete();
        Assert.True(export.Ends());
        Assert.Equal(KismetSessionState.Stopped, export.State);
        Assert.Equal(KismetStopReason.EndOfInput, export.StopReason);
        Assert.Equal(1000, receiver.Distinct);
        Assert.Equal(0, receiver.Repeated);
        Assert.Empty(receiver.Gaps(1, 1000));
        KismetExportStatistic s = export.ExportStatistics;
        Assert.Equal((1000, 1000, 1000, 0, 0), (s.Received, s.Sent, s.Delivered, s.Queued, s.Dropped));
    }

    [Fact]
    public void Changes_of_sessions_are_sent_with_one_count_over_all_kinds()
    {
        using var receiver = new LineReceiver();
        using TableSession one = new(), two = new();
        one.Set(1, 1);
        two.Set(2, 1);
        using KismetExport export = KismetExport.Start([one, two], To(receiver) with { Alerts = true });
        Assert.True(Waiting.Until(() => receiver.Distinct == 2));
        one.Set(1, 2);
        one.Alert("look");
        Assert.True(Waiting.Until(() => receiver.Distinct == 4));
        two.Remove(2);
        Assert.True(Waiting.Until(() => receiver.Distinct == 5));
        Thread.Sleep(200);
        Assert.Equal(5, receiver.Lines.Count);
        Assert.Contains("\"type\":\"expired\"", receiver.Lines[4], StringComparison.Ordinal);
        Assert.Empty(receiver.Gaps(1, 5));
        Assert.All(receiver.Lines, line => Assert.Contains(export.StreamId, line, StringComparison.Ordinal));
        export.StopAsync();
        Assert.True(export.Ends());
        Assert.Equal(KismetStopReason.Requested, export.StopReason);
        Assert.Equal(5, export.ExportStatistics.Delivered);
    }

    [Fact]
    public void All_sends_every_device_at_each_tick()
    {
        using var receiver = new LineReceiver();
        using TableSession session = new();
        session.Set(1, 1);
        session.Set(2, 1);
        using KismetExport export = KismetExport.Start([session], To(receiver) with { All = true });
        Assert.True(Waiting.Until(() => receiver.Distinct >= 10));
        Assert.Empty(receiver.Gaps(1, 10));
    }

    [Fact]
    public void It_ends_with_its_sessions_and_sends_what_they_had_last()
    {
        using var receiver = new LineReceiver();
        using TableSession session = new();
        using KismetExport export = KismetExport.Start([session], To(receiver) with { UpdateRate = TimeSpan.FromHours(1) });
        session.Set(1, 1);
        session.StopAsync();
        Assert.True(session.Ends());
        Assert.True(export.Ends());
        Assert.Equal(KismetStopReason.EndOfInput, export.StopReason);
        Assert.Equal(1, receiver.Distinct);
    }

    [Fact]
    public void A_receiver_that_is_away_gets_everything_when_it_comes()
    {
        using var receiver = new LineReceiver(start: false);
        using TableSession session = new();
        using KismetExport export = KismetExport.Start([session], To(receiver));
        Change(session, () => export.ExportStatistics.Received > 5);
        Assert.True(export.UntilFailed(KismetErrorId.ConnectionRefused));
        Assert.Equal(KismetSessionState.Running, export.State);
        KismetExportStatistic away = export.ExportStatistics;
        Assert.False(away.IsConnected);
        Assert.StartsWith("ConnectionRefused: ", away.LastError, StringComparison.Ordinal);
        Assert.True(export.TryTakeWarning(out string? warning));
        Assert.Contains("[ConnectionRefused]", warning, StringComparison.Ordinal);
        Assert.False(export.TryTakeWarning(out _));
        long made = away.Received;
        receiver.Start();
        Assert.True(Waiting.Until(() => receiver.Distinct >= made));
        Assert.Empty(receiver.Gaps(1, made));
        Assert.Equal(0, receiver.Repeated);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_receiver_that_has_read_all_there_is_may_end_first(bool compress)
    {
        using DeviceReceiver receiver = DeviceReceiver.Start(new ReceiverOptions { Port = 0, Farewell = TimeSpan.FromSeconds(1) });
        using KismetExport export = KismetExport.StartOnce(new ExportOptions { Host = "127.0.0.1", Port = receiver.Port, Compress = compress, Timeout = Waiting.Patience });
        for (int i = 1; i <= 3; i++)
        {
            export.Write(Devices.Plain($"02:00:00:00:00:{i:X2}"), expired: false);
        }

        export.Flush();
        using var limit = new CancellationTokenSource(Waiting.Patience);
        for (int i = 1; i <= 3; i++)
        {
            await receiver.Devices.ReadAsync(limit.Token);
        }

        // At its limit it goes in the end, before the sender knows that there is no more to come.
        receiver.Close(complete: true);
        Assert.True(Waiting.Until(() => !export.IsConnected));
        export.Complete();
        Assert.True(export.Ends());
        Assert.Null(export.Error);
        Assert.False(export.TryTakeWarning(out string? warning), warning);
        KismetExportStatistic s = export.ExportStatistics;
        Assert.Equal((3, 3, 0), (s.Sent, s.Delivered, s.Unconfirmed));
        Assert.Empty(s.Errors);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public void Names_with_several_addresses(string host) => Arrives(host, IPAddress.Loopback);

    [IPv6Fact]
    public void Over_IPv6() => Arrives("::1", IPAddress.IPv6Loopback);

    private static void Arrives(string host, IPAddress address)
    {
        using var receiver = new LineReceiver(address);
        using KismetExport export = KismetExport.StartOnce(To(receiver, host));
        export.Write(Devices.Plain(), expired: false);
        export.Complete();
        Assert.True(export.Ends());
        Assert.Null(export.Error);
        Assert.Equal(1, receiver.Distinct);
    }

    [Fact]
    public void An_unknown_host_ends_a_single_export_at_once_and_a_lasting_one_not()
    {
        using var receiver = new LineReceiver();
        using KismetExport once = KismetExport.StartOnce(To(receiver, "no-such-host.invalid"));
        once.Write(Devices.Plain(), expired: false);
        once.Complete();
        Assert.True(once.Ends());
        Assert.Equal(KismetErrorId.NotDelivered, once.Error!.Id);
        Assert.Equal(KismetErrorId.HostNotFound, ((KismetException)once.Error.InnerException!).Id);
        Assert.StartsWith("1 of 1 messages", once.Error.Message, StringComparison.Ordinal);

        using TableSession session = new();
        using KismetExport lasting = KismetExport.Start([session], To(receiver, "no-such-host.invalid"));
        Assert.True(Waiting.Until(() => lasting.ExportStatistics.Errors.Any(static e => e is { Name: "HostNotFound", Count: > 1 })));
        Assert.Equal(KismetSessionState.Running, lasting.State);
    }

    [Fact]
    public void Nobody_listening_is_told_after_the_timeout()
    {
        using var receiver = new LineReceiver(start: false);
        using KismetExport export = KismetExport.StartOnce(To(receiver) with { Timeout = TimeSpan.FromSeconds(3) });
        export.Write(Devices.Plain(), expired: false);
        export.Write(Devices.Plain(), expired: false);
        export.Complete();
        Assert.True(export.Ends());
        Assert.Equal(KismetErrorId.NotDelivered, export.Error!.Id);
        Assert.StartsWith("2 of 2 messages", export.Error.Message, StringComparison.Ordinal);
        Assert.Contains("ConnectionRefused", export.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_killed_receiver_had_not_read_is_sent_again()
    {
        using var receiver = new LineReceiver();
        using TableSession session = new();
        using KismetExport export = KismetExport.Start([session], To(receiver));
        session.Set(1, 1);
        Assert.True(Waiting.Until(() => receiver.Distinct == 1));
        receiver.Hang();
        Change(session, () => export.ExportStatistics.Sent > 5);

        // All of it is in the receiver's system, acknowledged, and dies with it.
        long made = export.ExportStatistics.Sent;
        receiver.Kill();
        receiver.Resume();
        receiver.Start();
        Assert.True(Waiting.Until(() => receiver.Distinct >= made));
        Assert.Empty(receiver.Gaps(1, made));
        Assert.Contains(export.ExportStatistics.Errors, static e => e.Name == "ConnectionReset");
    }

    [Fact]
    public void A_receiver_that_reads_nothing_is_told_apart_and_loses_nothing()
    {
        using var receiver = new LineReceiver(start: false) { ReceiveBuffer = 4096 };
        receiver.Hang();
        receiver.Start();
        using KismetExport export = KismetExport.StartOnce(To(receiver) with { StallTimeout = TimeSpan.FromSeconds(1) });
        for (int i = 0; i < 5000; i++)
        {
            export.Write(Devices.Plain(), expired: false);
        }

        export.Complete();
        Assert.True(Waiting.Until(() => export.ExportStatistics.Errors.Any(static e => e.Name == "ReceiverStalled")));
        Assert.True(export.IsConnected);
        receiver.Resume();
        Assert.True(export.Ends());
        Assert.Null(export.Error);
        Assert.Equal(1, receiver.Connections);
        Assert.Empty(receiver.Gaps(1, 5000));
        Assert.Equal(0, receiver.Repeated);
    }

    [Fact]
    public void A_silent_receiver_is_no_delivery()
    {
        using var receiver = new LineReceiver();
        receiver.Hang();
        using KismetExport export = KismetExport.StartOnce(To(receiver) with { Timeout = TimeSpan.FromSeconds(3) });
        export.Write(Devices.Plain(), expired: false);
        export.Flush();
        Assert.True(Waiting.Until(() => export.ExportStatistics.Sent == 1));
        export.Complete();
        Assert.True(export.Ends());
        Assert.Equal(KismetErrorId.NotDelivered, export.Error!.Id);
        Assert.Equal(1, export.ExportStatistics.Unconfirmed);
    }

    [Fact]
    public void A_full_memory_queue_drops_the_oldest_and_counts()
    {
        using var receiver = new LineReceiver(start: false);
        using TableSession session = new();
        for (ulong i = 0; i < 2000; i++)
        {
            session.Set(i, 1);
        }

        using KismetExport export = KismetExport.Start([session], To(receiver) with { MemoryLimit = 256 * 1024, UpdateRate = TimeSpan.FromHours(1) });
        Assert.True(Waiting.Until(() => export.ExportStatistics.Received == 2000));
        KismetExportStatistic s = export.ExportStatistics;
        Assert.True(s.Dropped > 0);
        Assert.Equal(2000, s.Dropped + s.Queued);
        receiver.Start();
        Assert.True(Waiting.Until(() => receiver.Distinct == s.Queued));
        Assert.Empty(receiver.Gaps(s.Dropped + 1, 2000));
        Assert.Equal(s.Dropped, export.ExportStatistics.Dropped);
        Assert.Contains(export.ExportStatistics.DropReasons, r => r.Name == "QueueFull" && r.Count == s.Dropped);
    }

    [Fact]
    public void A_compressed_stream_is_read_as_it_comes()
    {
        using var receiver = new LineReceiver { Compressed = true };
        using TableSession session = new();
        session.Set(1, 1);
        using KismetExport export = KismetExport.Start([session], To(receiver) with { Compress = true });
        Assert.True(Waiting.Until(() => receiver.Distinct == 1));
        session.Set(1, 2);
        Assert.True(Waiting.Until(() => receiver.Distinct == 2));
        export.StopAsync();
        Assert.True(export.Ends());
        Assert.Equal(2, export.ExportStatistics.Delivered);
    }

    [Fact]
    public void A_token_is_said_first_on_each_connection()
    {
        using var receiver = new LineReceiver();
        using KismetExport export = KismetExport.StartOnce(To(receiver) with { Token = "se\"cret" });
        export.Write(Devices.Plain(), expired: false);
        export.Complete();
        Assert.True(export.Ends());
        Assert.Equal("""{"type":"hello","token":"se\u0022cret"}""", receiver.Lines[0]);
        Assert.Equal(2, receiver.Lines.Count);
    }

    [Fact]
    public void Stop_ends_in_time_and_says_what_is_left()
    {
        using var receiver = new LineReceiver(start: false);
        using TableSession session = new();
        session.Set(1, 1);
        using KismetExport export = KismetExport.Start([session], To(receiver) with { Timeout = TimeSpan.FromSeconds(1) });
        export.StopAsync();
        Assert.True(export.Ends());
        Assert.Equal(KismetSessionState.Stopped, export.State);
        Assert.Equal(1, export.ExportStatistics.Queued);
        string? last = null;
        while (export.TryTakeWarning(out string? warning))
        {
            last = warning;
        }

        Assert.Contains("[NotDelivered]", last, StringComparison.Ordinal);
    }

    // A change at a time, each with a tick of its own, until enough of them were made or sent.
    private static void Change(TableSession session, Func<bool> enough)
    {
        long packets = 1;
        Assert.True(Waiting.Until(() =>
        {
            session.Set(1, ++packets);
            return enough();
        }));
    }
}
