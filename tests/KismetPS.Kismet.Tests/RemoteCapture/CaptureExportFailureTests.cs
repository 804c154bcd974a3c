using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.Kismet.RemoteCapture;
using KismetPS.Kismet.Tests.Drones;
using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Kismet.Tests.RemoteCapture;

/// <summary>What keeps an export from beginning, each with an id of its own.</summary>
public sealed class CaptureExportFailureTests
{
    [Fact]
    public async Task Each_failure_to_begin_has_its_own_id()
    {
        using ScriptedCapture capture = ScriptedCapture.Start();
        RemoteCaptureOptions options = new() { Server = new KismetConnectionOptions { ComputerName = "127.0.0.1", Port = ScriptedPeer.ClosedPort(), ConnectTimeout = CaptureExportRig.Patience } };
        KismetException refused = Fails(KismetErrorId.ConnectionRefused, options);
        Assert.Contains("remote_capture_listen", refused.Advice);
        Fails(KismetErrorId.HostNotFound, options with { Server = options.Server with { ComputerName = "no-such-host.invalid" } });
        Fails(KismetErrorId.ConnectionRefused, options with { Protocol = KismetCaptureProtocol.WebSocket });
        Fails(KismetErrorId.HostNotFound, options with { Protocol = KismetCaptureProtocol.WebSocket, Server = options.Server with { ComputerName = "no-such-host.invalid" } });

        // A server that closes: no driver for the type, or of before 2025.
        await Peer(KismetErrorId.SourceRefused, static async p => await p.ReadAsync());
        await Peer(KismetErrorId.SourceRefused, static async p =>
        {
            await p.ReadAsync();
            await p.SendAsync(5, "82010402a46e6f7065");
        }, "nope");
        await Peer(KismetErrorId.SourceRefused, static async p =>
        {
            await p.ReadAsync();
            await p.SendAsync(6, "8101a46e6f7065", 0);
            await p.ReadAsync();
        }, "nope");
        await Peer(KismetErrorId.ServerUnknown, static async p => await p.SendRawAsync("*KISMET: 0.0.0 1"u8.ToArray()));
        await Peer(KismetErrorId.ServerUnknown, static async p => await p.SendRawAsync([0xDE, 0xCA, 0xFB, 0xAD, 0xAB, 0xCD, 0, 2, 0, 0, 0, 0]));
        await Peer(KismetErrorId.AnswerInvalid, static async p =>
        {
            await p.ReadAsync();
            await p.SendAsync(12, "8101c0");
            await p.ReadAsync();
        });

        // One that says nothing.
        using ScriptedPeer mute = new();
        Fails(KismetErrorId.ConnectionTimeout, CaptureExportRig.Options(mute) with { Server = CaptureExportRig.Options(mute).Server with { ConnectTimeout = TimeSpan.FromMilliseconds(500) } });

        KismetException Fails(KismetErrorId id, RemoteCaptureOptions with)
        {
            KismetException e = Assert.Throws<KismetException>(() => KismetCaptureExport.Start([capture], with));
            Assert.Equal(id, e.Id);
            Assert.NotNull(e.Advice);
            return e;
        }

        async Task Peer(KismetErrorId id, Func<RemoteCapturePeer, Task> script, string words = "")
        {
            using ScriptedPeer listener = new();
            Task<KismetException> failing = Task.Run(() => Fails(id, CaptureExportRig.Options(listener)));
            using (RemoteCapturePeer peer = await CaptureExportRig.AcceptAsync(listener, KismetCaptureProtocol.Tcp))
            {
                await script(peer);
                if (id is KismetErrorId.ServerUnknown)
                {
                    await failing.WaitAsync(CaptureExportRig.Patience);
                }
            }

            Assert.Contains(words, (await failing.WaitAsync(CaptureExportRig.Patience)).Message);
        }
    }

    [Theory]
    [InlineData(401, KismetErrorId.AuthenticationFailed)]
    [InlineData(403, KismetErrorId.RoleMissing)]
    [InlineData(404, KismetErrorId.ServerUnknown)]
    [InlineData(502, KismetErrorId.ServerFailure)]
    public async Task A_refused_WebSocket_says_why_and_never_the_key(int status, KismetErrorId id)
    {
        using ScriptedPeer listener = new();
        using ScriptedCapture capture = ScriptedCapture.Start();
        RemoteCaptureOptions options = CaptureExportRig.Options(listener, KismetCaptureProtocol.WebSocket);
        Task<KismetException> failing = Task.Run(() => Assert.Throws<KismetException>(() => KismetCaptureExport.Start([capture], options)));
        Assert.Null(await RemoteCapturePeer.AcceptWebSocketAsync(listener, "another key", status));
        KismetException e = await failing.WaitAsync(CaptureExportRig.Patience);
        Assert.Equal(id, e.Id);
        Assert.DoesNotContain(CaptureExportRig.Secret, e.ToString() + options + options.Server);
    }
}
