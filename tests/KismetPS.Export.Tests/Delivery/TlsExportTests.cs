using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using KismetPS.Capture;
using KismetPS.Export.Messages;
using KismetPS.Export.Tests.Formats;
using Xunit;

namespace KismetPS.Export.Tests.Delivery;

public sealed class TlsExportTests
{
    private static readonly MessageOptions s_short = new() { Fields = ["mac_addr"] };

    [Fact]
    public void A_trusted_certificate_is_taken_and_all_is_known_to_have_been_read()
    {
        using X509Certificate2 certificate = TestCertificates.Make();
        using var receiver = new LineReceiver { Certificate = certificate };
        using KismetExport export = Send(To(receiver) with { TrustedRoots = [certificate] }, 500);
        Assert.Null(export.Error);
        Assert.Equal(500, receiver.Distinct);
        Assert.Equal(500, export.ExportStatistics.Delivered);
    }

    [Fact]
    public void Compressed_inside_TLS()
    {
        using X509Certificate2 certificate = TestCertificates.Make();
        using var receiver = new LineReceiver { Certificate = certificate, Compressed = true };
        using KismetExport export = Send(To(receiver) with { SkipCertificateCheck = true, Compress = true }, 500);
        Assert.Null(export.Error);
        Assert.Equal(500, receiver.Distinct);
    }

    [Fact]
    public void A_certificate_nobody_vouches_for_is_refused_unless_the_check_is_skipped()
    {
        using X509Certificate2 certificate = TestCertificates.Make();
        using var receiver = new LineReceiver { Certificate = certificate };
        using KismetExport refused = Send(To(receiver), 1);
        Assert.Equal(KismetErrorId.TlsFailure, Reason(refused));
        Assert.Equal(0, receiver.Distinct);
        using KismetExport taken = Send(To(receiver) with { SkipCertificateCheck = true }, 1);
        Assert.Null(taken.Error);
    }

    [Fact]
    public void An_expired_certificate_has_an_error_of_its_own()
    {
        using X509Certificate2 certificate = TestCertificates.Make(DateTimeOffset.UtcNow.AddDays(-1));
        using var receiver = new LineReceiver { Certificate = certificate };
        using KismetExport export = Send(To(receiver) with { TrustedRoots = [certificate] }, 1);
        Assert.Equal(KismetErrorId.CertificateExpired, Reason(export));
    }

    [Fact]
    public void A_certificate_for_another_name_is_refused()
    {
        using X509Certificate2 certificate = TestCertificates.Make(name: "other.example");
        using var receiver = new LineReceiver { Certificate = certificate };
        using KismetExport export = Send(To(receiver) with { TrustedRoots = [certificate] }, 1);
        Assert.Equal(KismetErrorId.TlsFailure, Reason(export));
        Assert.Contains("other.example", export.Error!.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_certificate_is_shown()
    {
        using X509Certificate2 certificate = TestCertificates.Make(), mine = TestCertificates.Make(name: "sensor-7");
        using var receiver = new LineReceiver { Certificate = certificate, AskForCertificate = true };
        using KismetExport export = Send(To(receiver) with { SkipCertificateCheck = true, Certificate = mine }, 1);
        Assert.Null(export.Error);
        Assert.Equal("CN=sensor-7", receiver.ClientCertificate);
    }

    [Fact]
    public void A_receiver_that_does_not_answer_the_handshake_is_tried_again()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        using KismetExport export = KismetExport.StartOnce(new ExportOptions
        {
            Host = "127.0.0.1",
            Port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port,
            Protocol = KismetExportProtocol.Tls,
            ConnectTimeout = TimeSpan.FromMilliseconds(300),
            FirstBackOff = TimeSpan.FromMilliseconds(20),
            MostBackOff = TimeSpan.FromMilliseconds(50),
            Timeout = TimeSpan.FromSeconds(3),
        });

        // Nothing waits yet, so that it may try as often as it likes.
        Assert.True(export.UntilFailed(KismetErrorId.ConnectionTimeout, times: 2));
        export.Write(Devices.Plain(), expired: false);
        export.Complete();
        Assert.True(export.Ends());
        Assert.Equal(KismetErrorId.ConnectionTimeout, Reason(export));
        Assert.Equal(nameof(KismetErrorId.ConnectionTimeout), export.ExportStatistics.Errors.Single().Name);
    }

    [Fact]
    public void A_receiver_that_speaks_no_TLS_is_told_as_such()
    {
        using var receiver = new LineReceiver { CloseEachAfter = 10 };
        using KismetExport export = Send(To(receiver) with { Timeout = TimeSpan.FromSeconds(3) }, 1);
        Assert.Contains(Reason(export), new[] { KismetErrorId.TlsFailure, KismetErrorId.ConnectionReset });
    }

    [Fact]
    public async Task A_TLS_connection_cut_at_every_byte_loses_none()
    {
        using X509Certificate2 certificate = TestCertificates.Make();
        (int handshake, int all) = Measure(certificate);
        Assert.InRange(all, handshake + 300, handshake + 2000);

        // At every byte of the records that carry messages; of the handshake here and there, which costs no message.
        IEnumerable<int> cuts = Enumerable.Range(1, all).Where(cut => cut >= handshake || cut % 16 == 1);
        var failures = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(cuts, new ParallelOptions { MaxDegreeOfParallelism = 8 }, (cut, _) =>
        {
            using var receiver = new LineReceiver(start: false) { Certificate = certificate, ResetAfterRaw = cut };
            using KismetExport export = SendAtOnce(receiver, 3);
            if (export.Error is not null || receiver.Connections != 2 || receiver.Gaps(1, 3).Count > 0)
            {
                failures.Enqueue($"cut at {cut} of {all}: {export.Error?.Message}, {receiver.Connections} connections, missing {string.Join(' ', receiver.Gaps(1, 3))}");
            }

            return ValueTask.CompletedTask;
        });
        Assert.Empty(failures);
    }

    // What the handshake took is known to the read that ends it, which takes the messages too where they are there by then: on a busy machine they may be.
    private static (int Handshake, int All) Measure(X509Certificate2 certificate)
    {
        int handshake = int.MaxValue;
        int all = 0;
        for (int attempt = 0; attempt < 50 && all - 300 < handshake; attempt++)
        {
            using var probe = new LineReceiver(start: false) { Certificate = certificate };
            SendAtOnce(probe, 3).Dispose();
            handshake = Math.Min(handshake, (int)probe.HandshakeBytes);
            all = (int)probe.RawBytes;
        }

        return (handshake, all);
    }

    // All messages are there before the receiver is: they go in one record, so that every run sends as many bytes as the one that was measured.
    private static KismetExport SendAtOnce(LineReceiver receiver, int count)
    {
        KismetExport export = KismetExport.StartOnce(To(receiver) with { SkipCertificateCheck = true, Message = s_short });
        for (int i = 0; i < count; i++)
        {
            export.Write(Devices.Plain(), expired: false);
        }

        export.Complete();
        receiver.Start();
        Assert.True(export.Ends());
        return export;
    }

    private static KismetErrorId Reason(KismetExport export)
    {
        Assert.Equal(KismetErrorId.NotDelivered, export.Error?.Id);
        return ((KismetException)export.Error!.InnerException!).Id;
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
        Protocol = KismetExportProtocol.Tls,
        FirstBackOff = TimeSpan.FromMilliseconds(20),
        MostBackOff = TimeSpan.FromMilliseconds(50),
        Timeout = Waiting.Patience,
        ConnectTimeout = Waiting.Patience,
    };
}
