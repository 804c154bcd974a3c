using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using KismetPS.Capture.Drone;
using Xunit;

namespace KismetPS.Cli.Tests;

public sealed partial class ServeTests : CliFolder
{
    [UnixFact]
    public void A_capture_is_served_to_both_eras_and_SIGTERM_says_good_bye()
    {
        using CliProcess serve = CliProcess.Start(Folder, "serve", Office, "--port", "0", "--server-name", "box");
        int port = Port(serve);
        using StreamReader newer = Connect(port, out Stream toNewer);
        using StreamReader old = Connect(port, out Stream toOld);
        Assert.Contains("\u0001box\u0001", newer.ReadLine(), StringComparison.Ordinal);
        toNewer.Write("!1 ENABLE SSID ssid,\n"u8);
        toOld.Write("!0 ENABLE NETWORK bssid,ssid\n"u8);
        HashSet<string> names = Dump(newer, "*SSID: ", "*ACK: 1");
        Assert.True(names.Count > 3);
        Assert.Contains(Dump(old, "*NETWORK: ", "*TIME"), l => names.Any(n => l.Contains(n.Trim(), StringComparison.Ordinal)));
        serve.WaitUntil(static p => p.Error.Contains("speaks Stable", StringComparison.Ordinal) && p.Error.Contains("speaks Newcore", StringComparison.Ordinal));
        serve.Signal("TERM");
        Assert.Contains("*TERMINATE", Rest(newer), StringComparison.Ordinal);
        Assert.Contains("*TERMINATE", Rest(old), StringComparison.Ordinal);
        CliResult result = serve.WaitForEnd();
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"\d+ networks and \d+ other devices were served, 0 connections refused", result.Error);
        AssertPlain(result.Error);
    }

    [Theory]
    [InlineData("Newcore")]
    [InlineData("Stable")]
    public void Frames_that_are_heard_go_to_the_drone_port(string protocol)
    {
        using CliProcess serve = CliProcess.Start(
            Folder, "serve", "--listen", "0", "--listen-address", "127.0.0.1", "--port", "0", "--drone-port", "0", "--drone-protocol", protocol);
        Port(serve);
        serve.WaitUntil(static p => DroneText().IsMatch(p.Error));
        using var client = new TcpClient("127.0.0.1", int.Parse(DroneText().Match(serve.Error).Groups[1].Value, CultureInfo.InvariantCulture)) { ReceiveTimeout = 180_000 };
        serve.WaitUntil(static p => p.Error.Contains("came for frames", StringComparison.Ordinal));
        Assert.Equal(0, CliProcess.Run("send", TwoSensors, "--to", "127.0.0.1", "--port", $"{serve.WaitForPort()}", "--rate", "1000").ExitCode);
        var framer = new DroneFramer();
        byte[] buffer = new byte[64 * 1024];
        int packets = 0;
        while (packets < 300)
        {
            int read = client.GetStream().Read(buffer);
            Assert.NotEqual(0, read);
            ReadOnlySpan<byte> input = buffer.AsSpan(0, read);
            while (framer.Read(ref input, out DroneFrame frame) == DroneFrameStatus.Ok)
            {
                packets += frame.Type == DroneFrameType.Packet ? 1 : 0;
            }
        }
    }

    [UnixFact]
    public void A_client_that_may_ends_it_and_one_that_may_not_is_told()
    {
        using CliProcess closed = CliProcess.Start(Folder, "serve", Office, "--port", "0");
        using StreamReader refused = Connect(Port(closed), out Stream toRefused);
        toRefused.Write("!1 SHUTDOWN\n"u8);
        Until(refused, "*ERROR: 1 \u0001Control is not allowed");
        Assert.False(closed.HasExited);
        using CliProcess open = CliProcess.Start(Folder, "serve", Office, "--port", "0", "--allow-control");
        using StreamReader client = Connect(Port(open), out Stream to);
        to.Write("!1 SHUTDOWN\n"u8);
        Until(client, "*TERMINATE");
        Assert.Equal(0, open.WaitForEnd().ExitCode);
    }

    [Fact]
    public void Who_is_not_allowed_hears_why()
    {
        using CliProcess serve = CliProcess.Start(Folder, "serve", Office, "--port", "0", "--allow", "10.1.2.0/24", "192.0.2.7");
        using StreamReader client = Connect(Port(serve), out _);
        Assert.Equal("*ERROR: 0 \u0001Connections from your address are not allowed\u0001 ", client.ReadLine());
        Assert.Null(client.ReadLine());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tls_is_spoken_with_a_certificate(bool pem)
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        if (pem)
        {
            File.WriteAllText(At("cert"), certificate.ExportCertificatePem());
            File.WriteAllText(At("key"), key.ExportPkcs8PrivateKeyPem());
        }
        else
        {
            File.WriteAllBytes(At("cert"), certificate.Export(X509ContentType.Pkcs12, "secret"));
            File.WriteAllText(At("password"), "secret\n");
        }

        using CliProcess serve = CliProcess.Start(Folder, ["serve", Office, "--port", "0", "--certificate", "cert", .. pem ? ["--key", "key"] : new[] { "--password-file", "password" }]);
        using var client = new TcpClient("127.0.0.1", Port(serve)) { ReceiveTimeout = 180_000 };
        using SslStream secure = new(client.GetStream(), false, static (_, _, _, _) => true);
        secure.AuthenticateAsClient("localhost");
        using StreamReader reader = new(secure, Encoding.Latin1);
        Assert.StartsWith("*KISMET: ", reader.ReadLine());
    }

    [Fact]
    public void What_cannot_be_served_is_a_failure_that_says_why()
    {
        File.WriteAllText(At("empty.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        using TcpListener taken = new(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        string port = $"{((System.Net.IPEndPoint)taken.LocalEndpoint).Port}";
        foreach ((string[] arguments, string id) in new (string[], string)[]
        {
            ([Office, "--port", port], "[AddressInUse]"),
            ([Office, "--port", "0", "--drone-port", "0"], "[SessionNotFound]"),
            (["nowhere.pcap", "--port", "0"], "[FileNotFound]"),
            ([Office, "--port", "0", "--certificate", "empty.pem"], "[FileNotReadable]"),
            ([Office, "--port", "0", "--certificate", "none.pem"], "[FileNotFound]"),
        })
        {
            CliResult result = CliProcess.RunIn(Folder, null, ["serve", .. arguments]);
            Assert.Equal(1, result.ExitCode);
            Assert.Contains(id, result.Error, StringComparison.Ordinal);
        }
    }

    private static int Port(CliProcess serve)
    {
        serve.WaitUntil(static p => ServedText().IsMatch(p.Error));
        return int.Parse(ServedText().Match(serve.Error).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static string Until(StreamReader reader, string start)
    {
        while (true)
        {
            string line = reader.ReadLine() ?? throw new EndOfStreamException(start);
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    private static HashSet<string> Dump(StreamReader reader, string start, string end)
    {
        HashSet<string> lines = [];
        while (true)
        {
            string line = reader.ReadLine() ?? throw new EndOfStreamException(start);
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                lines.Add(line[start.Length..]);
            }
            else if (line.StartsWith(end, StringComparison.Ordinal) && lines.Count > 0)
            {
                return lines;
            }
        }
    }

    private static string Rest(StreamReader reader)
    {
        StringBuilder rest = new();
        while (reader.ReadLine() is string line)
        {
            rest.AppendLine(line);
        }

        return rest.ToString();
    }

    private StreamReader Connect(int port, out Stream stream)
    {
        var client = new TcpClient("127.0.0.1", port) { ReceiveTimeout = 180_000 };
        stream = client.GetStream();
        return new StreamReader(stream, Encoding.Latin1);
    }

    [GeneratedRegex(@"serving Kismet's clients on \S+:(\d+)")]
    private static partial Regex ServedText();

    [GeneratedRegex(@"serving frames on \S+:(\d+)")]
    private static partial Regex DroneText();
}
