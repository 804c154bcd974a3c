using System.Diagnostics;
using KismetPS.Kismet.Connections;
using KismetPS.Kismet.RemoteCapture;
using KismetPS.Kismet.Rest;
using KismetPS.TestKit;
using KismetPS.TestKit.Frames;
using KismetPS.Tracking;
using KismetPS.Wireless;
using Xunit;

namespace KismetPS.Kismet.Tests.RemoteCapture;

/// <summary>What tests of the export of frames share: a server that does what the script says, and an export to it.</summary>
internal static class CaptureExportRig
{
    public const string Secret = "0123456789ABCDEF0123456789ABCDEF";

    /// <summary>How long anything may take on a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static readonly MacAddress Bssid = new(0x0002_0304_0506);
    public static readonly byte[] Beacon = FrameBuilder.Beacon(Bssid, "sent", 11).Build();

    /// <summary>An export to a server; the key goes with a WebSocket only.</summary>
    public static RemoteCaptureOptions Options(ScriptedPeer listener, KismetCaptureProtocol protocol = KismetCaptureProtocol.Tcp) => new()
    {
        Server = new KismetConnectionOptions
        {
            ComputerName = "127.0.0.1",
            Port = listener.Port,
            ApiKey = protocol == KismetCaptureProtocol.WebSocket ? RestCredential.Secret(Secret) : null,
            ConnectTimeout = Patience,
        },
        Protocol = protocol,
        FirstWait = TimeSpan.FromMilliseconds(20),
        LongestWait = TimeSpan.FromMilliseconds(100),
        SilenceTimeout = Patience,
    };

    public static async Task<RemoteCapturePeer> AcceptAsync(ScriptedPeer listener, KismetCaptureProtocol protocol) => protocol == KismetCaptureProtocol.Tcp
        ? await RemoteCapturePeer.AcceptAsync(listener)
        : await RemoteCapturePeer.AcceptWebSocketAsync(listener, Secret) ?? throw new InvalidOperationException("No key.");

    public static async Task<(KismetCaptureExport Export, RemoteCapturePeer Peer, RemoteFrame Source, RemoteFrame Open)> StartAsync(ScriptedPeer listener, CaptureSession capture, RemoteCaptureOptions options)
    {
        Task<KismetCaptureExport> start = Task.Run(() => KismetCaptureExport.Start([capture], options));
        RemoteCapturePeer peer = await AcceptAsync(listener, options.Protocol);
        (RemoteFrame source, RemoteFrame open) = await peer.OpenAsync();
        return (await start.WaitAsync(Patience), peer, source, open);
    }

    public static async Task WaitFor(Func<bool> condition)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < Patience, "waited in vain");
            await Task.Delay(10);
        }
    }
}
