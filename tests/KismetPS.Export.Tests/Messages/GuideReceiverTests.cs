using System.Text.RegularExpressions;
using KismetPS.Export.Messages;
using KismetPS.Export.Tests.Delivery;
using KismetPS.Export.Tests.Formats;
using Xunit;

namespace KismetPS.Export.Tests.Messages;

/// <summary>What the export guide tells people to write reads what is sent.</summary>
public sealed partial class GuideReceiverTests
{
    [GuideFact]
    public void The_guides_TCP_server_reads_messages_as_they_happen()
    {
        using var receiver = new GuideReceiver("tcp_server");
        Assert.True(Waiting.Until(() => receiver.Lines.Any(static l => l.StartsWith("Listening on", StringComparison.Ordinal))));
        using var session = new TableSession();
        using KismetExport export = KismetExport.Start([session], To(receiver.Port, KismetExportProtocol.Tcp));
        for (int i = 1; i <= 5; i++)
        {
            // One at a time, since it takes whatever one call of recv gives for a message.
            session.Set(1, i);
            int wanted = i;
            Assert.True(Waiting.Until(() => Sequences(receiver, "Received: ").Count == wanted), string.Join('\n', receiver.Lines));
        }

        Assert.Equal([1, 2, 3, 4, 5], Sequences(receiver, "Received: "));
    }

    [GuideFact]
    public void The_guides_UDP_server_reads_every_datagram_whole()
    {
        using var receiver = new GuideReceiver("udp_server");
        Assert.True(Waiting.Until(() => receiver.Lines.Any(static l => l.StartsWith("UDP server listening", StringComparison.Ordinal))));
        using KismetExport export = KismetExport.StartOnce(To(receiver.Port, KismetExportProtocol.Udp) with { DatagramRate = 500 });
        var random = new Random(3);
        for (int i = 0; i < 80; i++)
        {
            // As many as the smallest buffer takes while Python waits for its turn. With all that devices can have, and the longest names: 1,024 bytes are what it reads.
            export.Write(Devices.Random(random), expired: false);
        }

        export.Complete();
        Assert.True(export.Ends());
        Assert.True(Waiting.Until(() => Sequences(receiver, "From ").Count == 80), string.Join('\n', receiver.Lines));
        Assert.Equal(Enumerable.Range(1, 80).Select(static n => (long)n), Sequences(receiver, "From "));
        Assert.DoesNotContain(receiver.Lines, static l => l.StartsWith("Raw", StringComparison.Ordinal));
    }

    [GuideFact]
    public void The_guides_servers_read_the_lines_of_its_other_formats()
    {
        using var receiver = new GuideReceiver("udp_server");
        Assert.True(Waiting.Until(() => receiver.Lines.Count > 0));
        foreach (DeviceDataFormat format in new[] { DeviceDataFormat.Csv, DeviceDataFormat.Simple })
        {
            using KismetExport export = KismetExport.StartOnce(To(receiver.Port, KismetExportProtocol.Udp) with { Format = format });
            export.Write(Encoded.GuideDevice, expired: false);
            export.Complete();
            Assert.True(export.Ends());
        }

        Assert.True(Waiting.Until(() => receiver.Lines.Count == 3));
        Assert.EndsWith(": DEVICE,AA:BB:CC:DD:EE:FF,IEEE802.11,-45,1234,2024-01-21T12:34:56.789", receiver.Lines[1], StringComparison.Ordinal);
        Assert.EndsWith(": DEVICE|AA:BB:CC:DD:EE:FF|IEEE802.11|-45|1234", receiver.Lines[2], StringComparison.Ordinal);
    }

    [GeneratedRegex("'sequence': ([0-9]+)")]
    private static partial Regex Sequence();

    // It prints a message it could parse as Python shows a dictionary.
    private static List<long> Sequences(GuideReceiver receiver, string beginning) =>
    [
        .. receiver.Lines.Where(l => l.StartsWith(beginning, StringComparison.Ordinal))
            .Select(static l => Sequence().Match(l))
            .Where(static m => m.Success)
            .Select(static m => long.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)),
    ];

    private static ExportOptions To(int port, KismetExportProtocol protocol) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        Protocol = protocol,
        UpdateRate = TimeSpan.FromMilliseconds(50),
        FirstBackOff = TimeSpan.FromMilliseconds(50),
        MostBackOff = TimeSpan.FromMilliseconds(200),
        Timeout = Waiting.Patience,
    };
}
