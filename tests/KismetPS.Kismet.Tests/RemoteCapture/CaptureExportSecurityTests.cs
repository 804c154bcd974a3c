using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KismetPS.Capture;
using KismetPS.Kismet.RemoteCapture;
using KismetPS.Kismet.Tests.Drones;
using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Kismet.Tests.RemoteCapture;

/// <summary>Keys and certificates of an export.</summary>
public sealed class CaptureExportSecurityTests
{
    [Fact]
    public async Task The_key_goes_into_a_header_and_nowhere_else()
    {
        using ScriptedPeer listener = new();
        using ScriptedCapture capture = ScriptedCapture.Start();
        (KismetCaptureExport export, RemoteCapturePeer peer, RemoteFrame source, _) = await CaptureExportRig.StartAsync(listener, capture, CaptureExportRig.Options(listener, KismetCaptureProtocol.WebSocket));
        using (export)
        using (peer)
        {
            Assert.StartsWith("GET /datasource/remote/remotesource.ws HTTP/1.1\r\n", peer.Request);
            Assert.Contains($"Cookie: KISMET={CaptureExportRig.Secret}\r\n", peer.Request);
            Assert.DoesNotContain(source.Fields.Values, static v => v is string s && s.Contains(CaptureExportRig.Secret, StringComparison.Ordinal));

            // A server that says it back is not repeated.
            await peer.SendAsync(4, "8101d920" + Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(CaptureExportRig.Secret)));
            await CaptureExportRig.WaitFor(() => export.CaptureStatistics.LastError is not null);
            Assert.DoesNotContain(CaptureExportRig.Secret, export.CaptureStatistics.LastError + export + export.CaptureStatistics);
            Assert.Contains("***", export.CaptureStatistics.LastError);
        }
    }

    [Fact]
    public async Task TLS_is_spoken_and_a_strange_certificate_is_an_error()
    {
        using var key = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        using ScriptedPeer listener = new();
        using ScriptedCapture capture = ScriptedCapture.Start();
        RemoteCaptureOptions options = CaptureExportRig.Options(listener) with { Server = CaptureExportRig.Options(listener).Server with { UseTls = true } };
        Task<KismetException> failing = Task.Run(() => Assert.Throws<KismetException>(() => KismetCaptureExport.Start([capture], options)));
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using RemoteCapturePeer none = await RemoteCapturePeer.AcceptAsync(listener, certificate);
            await none.ReadAsync(19);
        });
        Assert.Equal(KismetErrorId.TlsFailure, (await failing.WaitAsync(CaptureExportRig.Patience)).Id);

        Task<KismetCaptureExport> start = Task.Run(() => KismetCaptureExport.Start([capture], options with { Server = options.Server with { SkipCertificateCheck = true } }));
        using RemoteCapturePeer peer = await RemoteCapturePeer.AcceptAsync(listener, certificate);
        await peer.OpenAsync();
        using KismetCaptureExport export = await start.WaitAsync(CaptureExportRig.Patience);
        capture.Add(capture.AddOrigin("ear"), CaptureExportRig.Beacon);
        await peer.ReadAsync(16);
        Assert.True(export.IsConnected);
    }
}
