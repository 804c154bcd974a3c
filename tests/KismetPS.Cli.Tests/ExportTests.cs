using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Xunit;

namespace KismetPS.Cli.Tests;

public sealed class ExportTests : CliFolder
{
    [Fact]
    public async Task Devices_of_a_capture_are_sent_once()
    {
        using var receiver = new TcpListener(IPAddress.Loopback, 0);
        receiver.Start();
        Task<List<long>> reading = Task.Run(() => ReadOne(receiver));
        CliResult result = CliProcess.Run("export", Office, "--computer-name", "127.0.0.1", "--port", $"{((IPEndPoint)receiver.LocalEndpoint).Port}", "--timeout", "180");
        Assert.Equal(0, result.ExitCode);
        List<long> numbers = await reading;
        Assert.NotEmpty(numbers);
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(static n => (long)n), numbers);
        Assert.Contains($"{numbers.Count} sent, {numbers.Count} delivered, 0 queued, 0 dropped", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_listening_is_a_failure_that_says_how_many()
    {
        CliResult result = CliProcess.Run("export", Office, "--to", "127.0.0.1:9", "--timeout", "8");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("[NotDelivered]", result.Error, StringComparison.Ordinal);
        Assert.Contains("[ConnectionRefused]", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_others_may_read_is_told()
    {
        File.WriteAllText(At("token"), "open sesame\n");
        CliResult clear = CliProcess.Run("export", Office, "--to", "127.0.0.1:9", "--timeout", "1", "--token-file", At("token"));
        Assert.Contains("clear text", clear.Error, StringComparison.Ordinal);
        CliResult tls = CliProcess.Run("export", Office, "--to", "127.0.0.1:9", "--timeout", "1", "--token-file", At("token"), "--protocol", "Tls");
        Assert.DoesNotContain("clear text", tls.Error, StringComparison.Ordinal);
        CliResult none = CliProcess.Run("export", Office, "--to", "127.0.0.1:9", "--token-file", At("token"), "--protocol", "Udp");
        Assert.Contains("[ArgumentInvalid]", none.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("export", "--to", "x")]
    [InlineData("export", "a.pcap", "--to", "x:0")]
    [InlineData("export", "a.pcap", "--to", "x:99999")]
    [InlineData("export", "a.pcap", "--to", "x:8685", "--port", "8685")]
    [InlineData("send", "a.pcap", "--to", ":5")]
    [InlineData("send", "a.pcap", "--to", "x:5", "--port", "5")]
    [InlineData("export", "a.pcap", "--listen", "0", "--to", "x")]
    [InlineData("export", "a.pcap")]
    public void Wrong_usage(params string[] arguments) => Assert.Equal(2, CliProcess.Run(arguments).ExitCode);

    [UnixFact]
    public void Killed_again_and_again_it_leaves_no_gap()
    {
        using var receiver = new TcpListener(IPAddress.Loopback, 0);
        receiver.Start();
        var numbers = new SortedSet<long>();
        var streams = new HashSet<string>();
        new Thread(() => ReadAll(receiver, numbers, streams)) { IsBackground = true }.Start();
        string port = $"{((IPEndPoint)receiver.LocalEndpoint).Port}";
        string spool = Path.Combine(Folder, "spool");
        for (int run = 0; run < 5; run++)
        {
            using CliProcess export = CliProcess.Start(
                Folder, "export", "--listen", "0", "--address", "127.0.0.1", "--to", "127.0.0.1", "--port", port, "--spool-path", spool, "--update-rate", "0.01", "--all");
            Assert.Equal(0, CliProcess.Run("send", TwoSensors, "--to", "127.0.0.1", "--port", $"{export.WaitForPort()}", "--rate", "5000").ExitCode);
            long before;
            lock (numbers)
            {
                before = numbers.Count;
            }

            export.WaitUntil(_ =>
            {
                lock (numbers)
                {
                    return numbers.Count > before + 200 + (run * 37);
                }
            });
            export.Signal("KILL");
            export.WaitForEnd();
        }

        using CliProcess last = CliProcess.Start(
            Folder, "export", "--listen", "0", "--address", "127.0.0.1", "--to", "127.0.0.1", "--port", port, "--spool-path", spool, "--timeout", "120");
        last.WaitForPort();
        last.Signal("TERM");
        CliResult result = last.WaitForEnd();
        Assert.Equal(0, result.ExitCode);
        lock (numbers)
        {
            Assert.Equal(1, numbers.Min);
            Assert.Equal(numbers.Max, numbers.Count);
            Assert.Single(streams);
        }
    }

    private static List<long> ReadOne(TcpListener receiver)
    {
        List<long> numbers = [];
        using TcpClient client = receiver.AcceptTcpClient();
        using var reader = new StreamReader(client.GetStream());
        while (reader.ReadLine() is string line)
        {
            numbers.Add(JsonDocument.Parse(line).RootElement.GetProperty("sequence").GetInt64());
        }

        return numbers;
    }

    private static void ReadAll(TcpListener receiver, SortedSet<long> numbers, HashSet<string> streams)
    {
        while (true)
        {
            try
            {
                using TcpClient client = receiver.AcceptTcpClient();
                using var reader = new StreamReader(client.GetStream());
                while (reader.ReadLine() is string line)
                {
                    if (line.EndsWith('}') && TryParse(line, out JsonElement message))
                    {
                        lock (numbers)
                        {
                            numbers.Add(message.GetProperty("sequence").GetInt64());
                            streams.Add(message.GetProperty("stream").GetString()!);
                        }
                    }
                }
            }
            catch (IOException)
            {
                // The sender was killed in the middle of a message.
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    // The last line of a sender that was killed may be half a message.
    private static bool TryParse(string line, out JsonElement message)
    {
        try
        {
            message = JsonDocument.Parse(line).RootElement;
            return true;
        }
        catch (JsonException)
        {
            message = default;
            return false;
        }
    }
}
