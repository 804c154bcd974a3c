using System.Net.Sockets;
using KismetPS.Capture;
using KismetPS.Kismet.RemoteCapture;
using KismetPS.Kismet.Tests.Drones;
using KismetPS.TestKit;
using KismetPS.TestKit.Frames;
using KismetPS.Tracking;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Kismet.Tests.RemoteCapture;

/// <summary>The life of an export: what is answered while frames flow, what a lost, slow, silent or mad server does to it, and its end.</summary>
public sealed class CaptureExportLifeTests
{
    [Theory]
    [InlineData(KismetCaptureProtocol.Tcp)]
    [InlineData(KismetCaptureProtocol.WebSocket)]
    public async Task Pings_and_requests_are_answered_while_frames_flow(KismetCaptureProtocol protocol)
    {
        using ScriptedPeer listener = new();
        using ScriptedCapture capture = ScriptedCapture.Start();
        (KismetCaptureExport export, RemoteCapturePeer peer, _, _) = await CaptureExportRig.StartAsync(listener, capture, CaptureExportRig.Options(listener, protocol));
        using (export)
        using (peer)
        {
            FrameOrigin origin = capture.AddOrigin("ear");
            RadioInfo radio = default;
            radio.SetFrequency(2437);
            capture.Add(origin, CaptureExportRig.Beacon, radio);
            await peer.ReadAsync(16);
            for (int i = 0; i < 200; i++)
            {
                capture.Add(origin, CaptureExportRig.Beacon, radio);
            }

            uint ping = await peer.SendAsync(2);
            Assert.Equal(ping, (await peer.ReadAsync(3)).Sequence);

            // The hop a real server asked for.
            uint hop = await peer.SendAsync(17, "81028401ca40a0000002c304000593a131a136a23131");
            RemoteFrame answer = await peer.ReadAsync(18);
            Assert.Equal((1, (long)hop, "6"), (answer.Code, (long)answer.Fields[1]!, (string)answer.Fields[2]!));
            uint list = await peer.SendAsync(14);
            Assert.Equal((long)list, (long)(await peer.ReadAsync(15)).Fields[1]!);
            uint probe = await peer.SendAsync(10, "8101a178");
            Assert.Equal((long)probe, (long)(await peer.ReadAsync(11)).Fields[1]!);
            await CaptureExportRig.WaitFor(() => export.CaptureStatistics.Sent == 201);
            Assert.Equal((1, 1), (export.CaptureStatistics.Pings, export.CaptureStatistics.ChannelRequests));
        }
    }

    [Theory]
    [InlineData(KismetCaptureProtocol.Tcp)]
    [InlineData(KismetCaptureProtocol.WebSocket)]
    public async Task A_lost_connection_is_made_again_as_the_same_source_and_told_once(KismetCaptureProtocol protocol)
    {
        using ScriptedPeer listener = new();
        using ScriptedCapture capture = ScriptedCapture.Start();
        (KismetCaptureExport export, RemoteCapturePeer peer, RemoteFrame first, _) = await CaptureExportRig.StartAsync(listener, capture, CaptureExportRig.Options(listener, protocol));
        using (export)
        {
            peer.Dispose();
            await CaptureExportRig.WaitFor(() => !export.IsConnected);

            // Two attempts end before the source is opened.
            for (int i = 0; i < 2; i++)
            {
                using Socket closed = await listener.AcceptAsync();
            }

            FrameOrigin origin = capture.AddOrigin("ear");
            for (int i = 0; i < 10; i++)
            {
                capture.Add(origin, CaptureExportRig.Beacon);
            }

            using RemoteCapturePeer again = await CaptureExportRig.AcceptAsync(listener, protocol);
            (RemoteFrame second, _) = await again.OpenAsync();
            Assert.Equal(first.Fields, second.Fields);
            for (int i = 0; i < 10; i++)
            {
                await again.ReadAsync(16);
            }

            await CaptureExportRig.WaitFor(() => export.CaptureStatistics.Sent == 10);
            KismetCaptureExportStatistic s = export.CaptureStatistics;
            Assert.Equal((true, 1, 0), (s.IsConnected, s.Reconnects, s.Dropped));
            Assert.NotNull(s.LastError);
            Assert.True(export.TryTakeWarning(out string? warning));
            Assert.Contains("Connection", warning);
            Assert.False(export.TryTakeWarning(out _));
        }
    }

    [Fact]
    public async Task A_server_that_does_not_read_loses_frames_and_stops_nobody()
    {
        using ScriptedPeer listener = new();
        using ScriptedCapture capture = ScriptedCapture.Start();
        (KismetCaptureExport export, RemoteCapturePeer peer, _, _) = await CaptureExportRig.StartAsync(listener, capture, CaptureExportRig.Options(listener) with { QueueBytes = RemoteCaptureOptions.MinQueueBytes });
        using (peer)
        {
            FrameOrigin origin = capture.AddOrigin("ear");
            byte[] big = FrameBuilder.ToDs(CaptureExportRig.Bssid, CaptureExportRig.Bssid, CaptureExportRig.Bssid).Body(new byte[2000]).Build();
            for (int i = 0; i < 8000; i++)
            {
                capture.Add(origin, big);
            }

            await CaptureExportRig.WaitFor(() => capture.Statistics.Decoded == 8000);
            KismetCaptureExportStatistic s = export.CaptureStatistics;
            Assert.True(s.QueueDropped > 1000 && s.Dropped >= s.QueueDropped, s.ToString());

            // All that were taken and not dropped wait, here or in the sockets.
            await export.StopAsync().WaitAsync(CaptureExportRig.Patience);
            Assert.Equal(KismetSessionState.Stopped, export.State);
            export.Dispose();
        }
    }

    [Fact]
    public async Task A_silent_server_is_given_up_and_sought_again()
    {
        using ScriptedPeer listener = new();
        using ScriptedCapture capture = ScriptedCapture.Start();
        (KismetCaptureExport export, RemoteCapturePeer peer, _, _) = await CaptureExportRig.StartAsync(listener, capture, CaptureExportRig.Options(listener) with { SilenceTimeout = TimeSpan.FromSeconds(3) });
        using (export)
        using (peer)
        {
            using RemoteCapturePeer again = await CaptureExportRig.AcceptAsync(listener, KismetCaptureProtocol.Tcp);
            await again.OpenAsync();
            Assert.StartsWith("ConnectionDead", export.CaptureStatistics.LastError);
        }
    }

    [Fact]
    public async Task Nonsense_from_the_server_ends_the_connection_only()
    {
        using ScriptedPeer listener = new();
        using ScriptedCapture capture = ScriptedCapture.Start();
        (KismetCaptureExport export, RemoteCapturePeer peer, _, _) = await CaptureExportRig.StartAsync(listener, capture, CaptureExportRig.Options(listener));
        using (export)
        {
            Random random = new(3);
            for (int i = 0; i < 5; i++)
            {
                byte[] noise = new byte[random.Next(4, 3000)];
                random.NextBytes(noise);
                await peer.SendRawAsync(noise);
                RemoteCapturePeer next = await CaptureExportRig.AcceptAsync(listener, KismetCaptureProtocol.Tcp);
                await next.OpenAsync();
                peer.Dispose();
                peer = next;
            }

            capture.Add(capture.AddOrigin("ear"), CaptureExportRig.Beacon);
            await peer.ReadAsync(16);
            Assert.Equal((KismetSessionState.Running, 5), (export.State, export.CaptureStatistics.Reconnects));
            peer.Dispose();
        }
    }

    [Fact]
    public async Task Without_reconnecting_the_session_ends_with_its_connection()
    {
        using ScriptedPeer listener = new();
        using ScriptedCapture capture = ScriptedCapture.Start();
        (KismetCaptureExport export, RemoteCapturePeer peer, _, _) = await CaptureExportRig.StartAsync(listener, capture, CaptureExportRig.Options(listener) with { Server = CaptureExportRig.Options(listener).Server with { Reconnect = false } });
        using (export)
        {
            await peer.SendAsync(4, "8101a3627965");
            await export.Completion.WaitAsync(CaptureExportRig.Patience);
            peer.Dispose();
            Assert.Equal((KismetSessionState.Faulted, KismetErrorId.ConnectionClosed), (export.State, export.Error!.Id));
            Assert.Contains("bye", export.Error.Message);
        }
    }

    [Fact]
    public async Task When_all_sessions_have_ended_the_last_frame_is_sent_and_the_server_told()
    {
        using ScriptedPeer listener = new();
        ScriptedCapture capture = ScriptedCapture.Start();
        (KismetCaptureExport export, RemoteCapturePeer peer, _, _) = await CaptureExportRig.StartAsync(listener, capture, CaptureExportRig.Options(listener));
        using (export)
        using (peer)
        {
            FrameOrigin origin = capture.AddOrigin("ear");
            for (int i = 0; i < 500; i++)
            {
                capture.Add(origin, CaptureExportRig.Beacon);
            }

            await CaptureExportRig.WaitFor(() => capture.Statistics.Decoded == 500);
            capture.Dispose();
            for (int i = 0; i < 500; i++)
            {
                await peer.ReadAsync(16);
            }

            RemoteFrame end = await peer.ReadAsync(4);
            Assert.Equal("no more frames\0", end.Fields[1]);
            Assert.Null(await peer.ReadAsync());
            await export.Completion.WaitAsync(CaptureExportRig.Patience);
            Assert.Equal((KismetSessionState.Stopped, KismetStopReason.EndOfInput, null), (export.State, export.StopReason, export.Error));
            Assert.Equal((500, 0, false), (export.CaptureStatistics.Sent, export.CaptureStatistics.Dropped, export.IsConnected));
        }
    }
}
