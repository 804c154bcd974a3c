using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using KismetPS.Export.Messages;
using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Export.Tests.Messages;

/// <summary>The sample receiver as a user starts it, fed over real sockets.</summary>
public sealed class SampleReceiverTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    [PythonFact]
    public async Task Tcp_lines_in_pieces_become_messages_and_gaps_and_repeats_are_told()
    {
        using Process receiver = Start("tcp", 4, out int port);
        byte[] all = [.. new long[] { 1, 2, 5, 5 }.SelectMany(static n => Encoded.Bytes(DeviceDataFormat.Json, Encoded.Of(Encoded.GuideDevice, n)).Append((byte)'\n'))];
        using (var client = new TcpClient())
        {
            client.NoDelay = true;
            await client.ConnectAsync(IPAddress.Loopback, port);
            for (int i = 0; i < all.Length; i += 97)
            {
                await client.GetStream().WriteAsync(all.AsMemory(i, Math.Min(97, all.Length - i)));
                await Task.Delay(2);
            }

            await End(receiver);
        }

        string[] lines = receiver.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.All(lines, static l => Assert.Contains("AA:BB:CC:DD:EE:FF", l, StringComparison.Ordinal));
        string told = receiver.StandardError.ReadToEnd();
        Assert.Contains("gap: 3 to 4", told, StringComparison.Ordinal);
        Assert.Contains("repeat or late: 5 after 5", told, StringComparison.Ordinal);
    }

    [PythonFact]
    public async Task Udp_datagrams_of_every_format_are_messages_and_rubbish_ends_nothing()
    {
        using Process receiver = Start("udp", 3, out int port);
        using var client = new UdpClient();
        client.Connect(IPAddress.Loopback, port);
        client.Send(Encoding.UTF8.GetBytes("{\"sequence\":"));
        client.Send([0xFF, 0xFE, 0x1B]);
        client.Send(Encoded.Bytes(DeviceDataFormat.Csv, Encoded.Of(Encoded.GuideDevice)));
        client.Send(Encoded.Bytes(DeviceDataFormat.Simple, Encoded.Of(Encoded.GuideDevice)));
        await End(receiver);
        string[] lines = receiver.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.DoesNotContain('\u001b', lines[0]);
        Assert.Equal("DEVICE,AA:BB:CC:DD:EE:FF,IEEE802.11,-45,1234,2024-01-21T12:34:56.789", lines[1]);
        Assert.Equal("DEVICE|AA:BB:CC:DD:EE:FF|IEEE802.11|-45|1234", lines[2]);
        Assert.Contains("not read:", receiver.StandardError.ReadToEnd(), StringComparison.Ordinal);
    }

    private static Process Start(string protocol, int count, out int port)
    {
        string script = Path.Combine(Checkout.Root, "samples", "receivers", "receiver.py");
        var start = new ProcessStartInfo("python3", [script, "--protocol", protocol, "--port", "0", "--count", count.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;
        string line = process.StandardError.ReadLine() ?? string.Empty;
        Assert.StartsWith("listening on port ", line, StringComparison.Ordinal);
        port = int.Parse(line["listening on port ".Length..], CultureInfo.InvariantCulture);
        return process;
    }

    private static async Task End(Process process)
    {
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        Assert.Equal(0, process.ExitCode);
    }
}
