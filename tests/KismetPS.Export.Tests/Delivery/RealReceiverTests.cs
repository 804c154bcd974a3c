using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KismetPS.Export.Messages;
using KismetPS.Export.Tests.Formats;
using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Export.Tests.Delivery;

/// <summary>Against the programs that sites run.</summary>
public sealed class RealReceiverTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kismetps-export-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [ProgramFact("openssl")]
    public void Openssl_reads_every_line_over_TLS() =>
        Assert.Equal(100, OverTls(DeviceDataFormat.Json).Split('\n').Count(static l => l.StartsWith("{\"type\":\"device\"", StringComparison.Ordinal)));

    [ProgramFact("rsyslogd")]
    public void Rsyslog_reads_octet_counted_messages_over_TCP() => Rsyslog(DeviceDataFormat.Syslog, KismetExportProtocol.Tcp, static line => line.StartsWith("KismetPS|[kismetps@32473 stream=", StringComparison.Ordinal));

    [ProgramFact("rsyslogd")]
    public void Rsyslog_reads_datagrams() => Rsyslog(DeviceDataFormat.Syslog, KismetExportProtocol.Udp, static line => line.StartsWith("KismetPS|[kismetps@32473 stream=", StringComparison.Ordinal));

    [ProgramFact("rsyslogd")]
    public void Rsyslog_reads_CEF_as_the_message() => Rsyslog(DeviceDataFormat.Cef, KismetExportProtocol.Tcp, static line => line.Contains("CEF:0|KismetPS|KismetPS|", StringComparison.Ordinal));

    [ProgramFact("openssl")]
    public void Openssl_reads_octet_counted_syslog_over_TLS()
    {
        string output = OverTls(DeviceDataFormat.Syslog);
        int at = 0;
        for (int i = 1; i <= 100; i++)
        {
            // RFC 5425 4.3: length, blank, message. All of it is ASCII here.
            int blank = output.IndexOf(' ', at);
            int length = int.Parse(output.AsSpan(at, blank - at), System.Globalization.CultureInfo.InvariantCulture);
            string message = output.Substring(blank + 1, length);
            Assert.StartsWith("<134>1 ", message, StringComparison.Ordinal);
            Assert.Contains($" sequence=\"{i}\" ", message, StringComparison.Ordinal);
            at = blank + 1 + length;
        }

        Assert.Equal(string.Empty, output[at..].Trim());
    }

    // What openssl wrote of a hundred messages.
    private string OverTls(DeviceDataFormat format)
    {
        using X509Certificate2 certificate = TestCertificates.Make();
        string pem = Path.Combine(_folder, "server.pem");
        File.WriteAllText(pem, certificate.ExportCertificatePem() + "\n" + certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n");
        int port = FreePort.Next();
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
                Format = format,
                TrustedRoots = [certificate],
                Timeout = Waiting.Patience,
                ConnectTimeout = Waiting.Patience,
                FirstBackOff = TimeSpan.FromMilliseconds(100),
                MostBackOff = TimeSpan.FromMilliseconds(100),
            });
            Assert.Null(export.Error);
            server.WaitForExit(Waiting.Patience);
            return Result(output);
        }
        finally
        {
            if (!server.HasExited)
            {
                server.Kill();
            }
        }
    }

    private void Rsyslog(DeviceDataFormat format, KismetExportProtocol protocol, Func<string, bool> isOurs)
    {
        bool udp = protocol == KismetExportProtocol.Udp;
        int port = FreePort.Next();
        string module = udp ? "imudp" : "imtcp";
        string log = Path.Combine(_folder, "out.log"), configuration = Path.Combine(_folder, "rsyslog.conf");
        File.WriteAllText(configuration, $"""
            global(workDirectory="{_folder}")
            module(load="{module}")
            input(type="{module}" port="{port}" address="127.0.0.1" ruleset="out")
            template(name="all" type="string" string="%app-name%|%structured-data%|%msg%\n")
            ruleset(name="out") {"{"} action(type="omfile" file="{log}" template="all") {"}"}
            """);
        using Process server = Process.Start(new ProcessStartInfo(ProgramFactAttribute.Find("rsyslogd")!, $"-n -f {configuration} -i {_folder}/pid") { RedirectStandardError = true })!;
        try
        {
            ExportOptions options = new()
            {
                Host = "127.0.0.1",
                Port = port,
                Protocol = protocol,
                Format = format,
                DatagramRate = 500,

                // A hundred of them fit into the buffer of any system, however long rsyslogd has to wait for its turn.
                Message = new MessageOptions { Fields = udp ? ["mac_addr"] : new MessageOptions().Fields },
                Timeout = Waiting.Patience,
                FirstBackOff = TimeSpan.FromMilliseconds(100),
                MostBackOff = TimeSpan.FromMilliseconds(100),
            };
            if (udp)
            {
                // Nobody tells when it listens.
                Assert.True(Waiting.Until(
                    () => System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveUdpListeners().Any(l => l.Port == port)));
            }

            using KismetExport export = Send(options);
            Assert.Null(export.Error);
            Assert.True(Waiting.Until(() => File.Exists(log) && File.ReadAllLines(log).Length >= 100));
            string[] lines = File.ReadAllLines(log);
            Assert.Equal(100, lines.Length);
            Assert.All(lines, line => Assert.True(isOurs(line), line));
        }
        finally
        {
            server.Kill();
            server.WaitForExit(60_000);
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
        Assert.True(export.Ends());
        return export;
    }

    private static string Result(Task<string> output) => output.Wait(Waiting.Patience) ? output.Result : string.Empty;
}
