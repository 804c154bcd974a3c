using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using KismetPS.Capture;
using KismetPS.Export.Messages;
using KismetPS.Export.Tests.Formats;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Export.Tests.Delivery;

/// <summary>Whatever happens on the way, the receiver ends with every number.</summary>
public sealed class LossTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "kismetps-loss-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_cut_at_every_byte_of_a_message_loses_none(bool reset)
    {
        using var probe = new LineReceiver();
        Send(To(probe), 1);
        int length = probe.Lines[0].Length + 1;
        Assert.InRange(length, 100, 200);
        var failures = new ConcurrentQueue<string>();

        // Behind the first message, at every byte of the second and one into the third.
        await Parallel.ForEachAsync(Enumerable.Range(length, length + 2), new ParallelOptions { MaxDegreeOfParallelism = 8 }, (cut, _) =>
        {
            using var receiver = new LineReceiver { CloseAfter = reset ? long.MaxValue : cut, ResetAfter = reset ? cut : long.MaxValue };
            using KismetExport export = Send(To(receiver), 4);
            if (export.Error is not null || receiver.Connections != 2 || receiver.Gaps(1, 4).Count > 0)
            {
                failures.Enqueue($"cut at {cut}: {export.Error?.Message}, {receiver.Connections} connections, missing {string.Join(' ', receiver.Gaps(1, 4))}");
            }

            return ValueTask.CompletedTask;
        });
        Assert.Empty(failures);
    }

    /// <summary>One that shuts down first says the same as one that has read all, until it closes: only then the system answers with a reset what was unread.</summary>
    [LinuxFact]
    public void A_close_is_not_believed_while_a_reset_may_follow()
    {
        using var receiver = new LineReceiver { CloseAfter = 10, PauseBeforeClose = TimeSpan.FromMilliseconds(300) };
        receiver.Hang();
        using TableSession session = new();
        using KismetExport export = KismetExport.Start([session], To(receiver) with { ResetBehindClose = Waiting.Patience });
        long packets = 0;
        Make(export, session, ref packets, 5);
        Assert.True(Waiting.Until(() => export.ExportStatistics.Sent >= 5));
        receiver.Resume();
        Assert.True(Waiting.Until(() => receiver.Gaps(1, 5).Count == 0), $"missing {string.Join(' ', receiver.Gaps(1, 5))}: {export.ExportStatistics}");
        Assert.Equal(2, receiver.Connections);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_receiver_killed_and_started_again_and_again_misses_none(bool spooled)
    {
        using var receiver = new LineReceiver(start: false);
        using TableSession session = new();
        using KismetExport export = KismetExport.Start([session], To(receiver) with { UpdateRate = TimeSpan.FromMilliseconds(10), SpoolPath = spooled ? _folder : null });
        long packets = 0;
        for (int life = 0; life < 6; life++)
        {
            // While it is away, and while it is there.
            Make(export, session, ref packets, 20);
            receiver.Start();
            Make(export, session, ref packets, 20);
            int lives = life;
            Assert.True(Waiting.Until(() => receiver.Connections > lives));
            receiver.Kill();
        }

        receiver.Start();
        long made = export.ExportStatistics.Received;
        Assert.True(Waiting.Until(() => receiver.Gaps(1, made).Count == 0), $"missing {string.Join(' ', receiver.Gaps(1, made))} of {made}: {export.ExportStatistics}");
        Assert.Equal(0, export.ExportStatistics.Dropped);
        Assert.True(export.ExportStatistics.Reconnects >= 5);
        export.StopAsync();
        Assert.True(export.Ends());
        Assert.Equal(export.ExportStatistics.Sent, export.ExportStatistics.Delivered);
    }

    [LinuxFact]
    public void A_peer_that_has_silently_gone_is_noticed_and_what_it_did_not_read_is_sent_again()
    {
        using var receiver = new LineReceiver();
        using TableSession session = new();
        using KismetExport export = KismetExport.Start([session], To(receiver) with { StallTimeout = TimeSpan.FromSeconds(1) });
        session.Set(1, 1);
        Assert.True(Waiting.Until(() => receiver.Distinct == 1));
        receiver.GoDeaf();
        long packets = 1;
        Assert.True(Waiting.Until(
            () =>
            {
                session.Set(1, ++packets);
                return export.ExportStatistics.Errors.Any(static e => e.Name == nameof(KismetErrorId.ConnectionDead));
            }));
        long made = export.ExportStatistics.Received;
        Assert.True(Waiting.Until(() => receiver.Gaps(1, made).Count == 0));
        Assert.True(Waiting.Until(() => export.TryTakeWarning(out string? warning) && warning!.EndsWith("[ConnectionDead]", StringComparison.Ordinal)));
    }

    [LinuxFact]
    public void A_machine_that_does_not_answer_is_told_as_such()
    {
        // A listener whose queue is full drops what asks to connect.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        first.Connect(listener.LocalEndPoint!);
        using var second = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            second.Connect(listener.LocalEndPoint!);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // As meant: it waits in the queue or for a place in it.
        }

        using KismetExport export = KismetExport.StartOnce(new ExportOptions
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)listener.LocalEndPoint!).Port,
            ConnectTimeout = TimeSpan.FromSeconds(1),
            Timeout = TimeSpan.FromSeconds(5),
            FirstBackOff = TimeSpan.FromMilliseconds(10),
        });
        export.Write(Devices.Plain(), expired: false);
        export.Complete();
        Assert.True(export.Ends());
        Assert.Equal(KismetErrorId.ConnectionTimeout, ((KismetException)export.Error!.InnerException!).Id);
        Assert.Contains(export.ExportStatistics.Errors, static e => e.Name == nameof(KismetErrorId.ConnectionTimeout));
    }

    [Fact]
    public void Stop_sends_what_waits_and_all_is_delivered()
    {
        using var receiver = new LineReceiver();
        using TableSession session = new();
        using KismetExport export = KismetExport.Start([session], To(receiver));
        session.Set(1, 1);
        Assert.True(Waiting.Until(() => receiver.Distinct == 1));
        receiver.Hang();
        for (ulong i = 2; i <= 5000; i++)
        {
            session.Set(i, 1);
        }

        Task stopped = export.StopAsync();
        Assert.False(stopped.IsCompleted);
        receiver.Resume();
        Assert.True(export.Ends());
        Assert.Empty(receiver.Gaps(1, 5000));
        KismetExportStatistic s = export.ExportStatistics;
        Assert.Equal((5000L, (long?)5000L, 0L, 0L), (s.Sent, s.Delivered, s.Queued, s.Unconfirmed));
        Assert.Equal(0, export.Left);
    }

    [Fact]
    public void Stop_does_not_wait_longer_than_its_time_and_says_what_is_left()
    {
        using var receiver = new LineReceiver(start: false) { ReceiveBuffer = 4096 };
        receiver.Hang();
        receiver.Start();
        using TableSession session = new();
        for (ulong i = 1; i <= 60_000; i++)
        {
            session.Set(i, 1);
        }

        using KismetExport export = KismetExport.Start([session], To(receiver) with { Timeout = TimeSpan.FromSeconds(1) });
        Assert.True(Waiting.Until(() => export.ExportStatistics.Received == 60_000));
        export.StopAsync();
        Assert.True(export.Ends());
        KismetExportStatistic s = export.ExportStatistics;
        Assert.True(s.Queued > 0, $"{s}");
        Assert.Equal(60_000, s.Queued + s.Unconfirmed + s.Delivered);
        Assert.Equal(60_000, export.Left + s.Delivered);
        Assert.True(Waiting.Until(() => export.TryTakeWarning(out string? warning) && warning!.StartsWith($"{export.Left} of 60000 messages were not delivered", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_host_that_goes_does_not_wait_for_a_receiver_that_takes_nothing(bool listens, bool stopping)
    {
        // Its own time is long: only the host's end can make it short.
        using var receiver = new LineReceiver(start: false) { ReceiveBuffer = 4096 };
        receiver.Hang();
        if (listens)
        {
            receiver.Start();
        }

        using TableSession session = new();
        for (ulong i = 1; i <= 30_000; i++)
        {
            session.Set(i, 1);
        }

        using KismetExport export = KismetExport.Start([session], To(receiver) with { Timeout = TimeSpan.FromMinutes(10) });
        Assert.True(Waiting.Until(() => export.ExportStatistics.Received == 30_000 && export.IsConnected == listens));
        if (stopping)
        {
            export.StopAsync();
        }

        export.StopAsync(KismetStopReason.HostClosed);
        Assert.True(export.Ends());
        Assert.Equal(30_000, export.Left + export.ExportStatistics.Delivered);
        List<string> warnings = [];
        while (export.TryTakeWarning(out string? warning))
        {
            warnings.Add(warning!);
        }

        Assert.Contains(warnings, w => w.StartsWith($"{export.Left} of 30000 messages were not delivered", StringComparison.Ordinal));
        export.StopAsync(KismetStopReason.HostClosed);
    }

    [Fact]
    public void A_damaged_part_of_the_spool_is_told_counted_and_costs_itself_only()
    {
        using var receiver = new LineReceiver(start: false);
        ExportOptions options = To(receiver) with { SpoolPath = _folder, Timeout = TimeSpan.FromSeconds(1) };
        using (KismetExport away = Send(options, 100))
        {
            Assert.Equal(100, away.ExportStatistics.Spooled);
        }

        string segment = Directory.GetFiles(_folder, "*.spool").Single();
        byte[] bytes = File.ReadAllBytes(segment);
        bytes[bytes.Length / 2] ^= 0x41;
        File.WriteAllBytes(segment, bytes);
        receiver.Start();
        using KismetExport export = KismetExport.StartOnce(options with { Timeout = Waiting.Patience });
        export.Complete();
        Assert.True(export.Ends());
        Assert.Equal(99, receiver.Distinct);
        Assert.Equal("SpoolDamaged=1", export.ExportStatistics.DropReasons.ToString());
        Assert.Equal(1, export.ExportStatistics.Dropped);
        Assert.True(export.TryTakeWarning(out string? warning));
        Assert.Contains("[SpoolDamaged]", warning, StringComparison.Ordinal);
    }

    private static void Make(KismetExport export, TableSession session, ref long packets, int messages)
    {
        long wanted = export.ExportStatistics.Received + messages;
        long now = packets;
        Assert.True(Waiting.Until(
            () =>
            {
                session.Set(1, ++now);
                return export.ExportStatistics.Received >= wanted;
            }));
        packets = now;
    }

    private static KismetExport Send(ExportOptions options, int count)
    {
        KismetExport export = KismetExport.StartOnce(options);
        for (int i = 0; i < count; i++)
        {
            export.Write(Devices.Plain(), expired: false);
        }

        export.Complete();
        Assert.True(export.Ends());
        return export;
    }

    private static ExportOptions To(LineReceiver receiver) => new()
    {
        Host = "127.0.0.1",
        Port = receiver.Port,
        Timeout = Waiting.Patience,
        ConnectTimeout = Waiting.Patience,
        Message = new MessageOptions { Fields = ["mac_addr"] },
        UpdateRate = TimeSpan.FromMilliseconds(50),
        FirstBackOff = TimeSpan.FromMilliseconds(1),
        MostBackOff = TimeSpan.FromMilliseconds(50),
    };
}
