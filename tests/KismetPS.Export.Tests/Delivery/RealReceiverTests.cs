using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KismetPS.Export.Messages;
using KismetPS.Export.Tests.Formats;
using Xunit;

namespace KismetPS.Export.Tests.Delivery;

/// <summary>Against the programs that sites run.</summary>
public sealed class RealReceiverTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kismetps-export-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [ProgramFact("openssl")]
    public void Openssl_reads_every_line_over_TLS()
    {
        using X509Certificate2 certificate = TestCertificates.Make();
        string pem = Path.Combine(_folder, "server.pem");
        File.WriteAllText(pem, certificate.ExportCertificatePem() + "\n" + certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n");
        int port = FreePort();
        var start = new ProcessStartInfo(ProgramFactAttribute.Find("openssl")!, $"s_server -quiet -accept {port} -cert {pem} -key {pem} -naccept 1")
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        using Process server = Process.Start(start)!;
        try
        {
            Task<string> output = server.StandardOutput.ReadToEndAsync();
            using KismetExport export = Send(new ExportOptions
            {
                Host = "127.0.0.1",
                Port = port,
                Protocol = KismetExportProtocol.Tls,
                TrustedRoots = [certificate],
                FirstBackOff = TimeSpan.FromMilliseconds(100),
                MostBackOff = TimeSpan.FromMilliseconds(100),
            });
            Assert.Null(export.Error);
            server.WaitForExit(5000);
            Assert.Equal(100, Result(output).Split('\n').Count(static l => l.StartsWith("{\"type\":\"device\"", StringComparison.Ordinal)));
        }
        finally
        {
            if (!server.HasExited)
            {
                server.Kill();
            }
        }
    }

    [ProgramFact("rsyslogd")]
    public void Rsyslog_reads_octet_counted_messages_over_TCP()
    {
        int port = FreePort();
        string log = Path.Combine(_folder, "out.log"), configuration = Path.Combine(_folder, "rsyslog.conf");
        File.WriteAllText(configuration, $"""
            global(workDirectory="{_folder}")
            module(load="imtcp")
            input(type="imtcp" port="{port}" address="127.0.0.1" ruleset="out")
            template(name="all" type="string" string="%app-name%|%structured-data%|%msg%\n")
            ruleset(name="out") {"{"} action(type="omfile" file="{log}" template="all") {"}"}
            """);
        using Process server = Process.Start(new ProcessStartInfo(ProgramFactAttribute.Find("rsyslogd")!, $"-n -f {configuration} -i {_folder}/pid") { RedirectStandardError = true })!;
        try
        {
            using KismetExport export = Send(new ExportOptions
            {
                Host = "127.0.0.1",
                Port = port,
                Format = DeviceDataFormat.Syslog,
                FirstBackOff = TimeSpan.FromMilliseconds(100),
                MostBackOff = TimeSpan.FromMilliseconds(100),
            });
            Assert.Null(export.Error);
            Assert.True(Waiting.Until(() => File.Exists(log) && File.ReadAllLines(log).Length >= 100, 10));
            string[] lines = File.ReadAllLines(log);
            Assert.Equal(100, lines.Length);
            Assert.All(lines, static line => Assert.StartsWith("KismetPS|[", line, StringComparison.Ordinal));
        }
        finally
        {
            server.Kill();
            server.WaitForExit(5000);
        }
    }

    private static KismetExport Send(ExportOptions options)
    {
        KismetExport export = KismetExport.StartOnce(options);
        for (int i = 0; i < 100; i++)
        {
            export.Write(Devices.Plain(), expired: false);
        }

        export.Complete();
        Assert.True(export.EndsWithin(25));
        return export;
    }

    private static string Result(Task<string> output) => output.Wait(5000) ? output.Result : string.Empty;

    private static int FreePort()
    {
        var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        return port;
    }
}
