using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KismetPS.Capture;
using KismetPS.Export.Messages;
using KismetPS.Export.Receive;
using KismetPS.Export.Tests.Delivery;
using KismetPS.Export.Tests.Formats;
using KismetPS.Export.Tests.Messages;
using KismetPS.TestKit;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Export.Tests.Receive;

/// <summary>Our sender to our receiver, over real sockets.</summary>
public sealed class KismetReceiverTests
{
    private const int Count = 300;

    // What the smallest buffer of a system takes, so that none is lost where the receiver has to wait for its turn.
    private const int Datagrams = 80;

    public static TheoryData<string, string, bool> Ways
    {
        get
        {
            TheoryData<string, string, bool> ways = [];
            foreach (DeviceDataFormat format in Enum.GetValues<DeviceDataFormat>())
            {
                foreach (KismetExportProtocol protocol in Enum.GetValues<KismetExportProtocol>())
                {
                    ways.Add(format.ToString(), protocol.ToString(), false);
                    ways.Add(format.ToString(), protocol.ToString(), true);
                }
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Every_format_over_every_transport_arrives(string formatName, string protocolName, bool compress)
    {
        DeviceDataFormat format = Enum.Parse<DeviceDataFormat>(formatName);
        KismetExportProtocol protocol = Enum.Parse<KismetExportProtocol>(protocolName);
        using X509Certificate2 certificate = TestCertificates.Make();
        bool tls = protocol == KismetExportProtocol.Tls;
        string? token = protocol != KismetExportProtocol.Udp && MessageEncoders.FramingOf(format) == MessageFraming.LineFeed ? "s\"ecret" : null;
        using KismetReceiver receiver = KismetReceiver.Start(new ReceiverOptions { Port = 0, Protocol = protocol, Certificate = tls ? certificate : null, Token = token });
        int count = protocol == KismetExportProtocol.Udp ? Datagrams : Count;
        Task<List<KismetDevice>> reading = Read(receiver, count);
        using KismetExport export = Send(
            To(receiver) with { Format = format, Compress = compress, SkipCertificateCheck = tls, Token = token, DatagramRate = 5000 }, count);
        Assert.Null(export.Error);
        List<KismetDevice> read = await reading;
        Assert.Equal(count, read.Select(static d => d.MacAddress).Distinct().Count());
        KismetReceiverStatistic s = receiver.ReceiverStatistics;
        Assert.Equal((0L, 0L, 0L, 0L), (s.Missing, s.Repeats, s.Malformed, s.Refused));
        if (MessageEncoders.FramingOf(format) != MessageFraming.LineFeed || format == DeviceDataFormat.Json)
        {
            KismetReceivedStream stream = Assert.Single(s.Streams);
            Assert.Equal((export.StreamId, (long)count), (stream.StreamId, stream.LastSequence));
        }

        if (protocol != KismetExportProtocol.Udp)
        {
            Assert.Equal(count, export.ExportStatistics.Delivered);
        }
    }

    /// <summary>One that is over when the handshake is: the session's ticket comes in while it closes.</summary>
    [Fact]
    public async Task Short_exports_over_TLS_arrive_each()
    {
        const int Exports = 20;
        using X509Certificate2 certificate = TestCertificates.Make();
        using KismetReceiver receiver = KismetReceiver.Start(new ReceiverOptions { Port = 0, Protocol = KismetExportProtocol.Tls, Certificate = certificate });
        Task<List<KismetDevice>> reading = Read(receiver, Exports);
        for (int i = 0; i < Exports; i++)
        {
            using KismetExport export = Send(To(receiver) with { SkipCertificateCheck = true }, 1);
            Assert.Null(export.Error);
            Assert.Equal((1L, 0L), (export.ExportStatistics.Delivered, export.ExportStatistics.Reconnects));
        }

        Assert.Equal(Exports, (await reading).Count);
    }

    [Fact]
    public async Task Long_GELF_messages_come_together_from_their_chunks()
    {
        using KismetReceiver receiver = KismetReceiver.Start(new ReceiverOptions { Port = 0, Protocol = KismetExportProtocol.Udp });
        Task<List<KismetDevice>> reading = Read(receiver, 20);
        using KismetExport export = KismetExport.StartOnce(To(receiver) with { Format = DeviceDataFormat.Gelf, Message = new MessageOptions { Fields = MessageEncoders.FieldNames } });
        var clients = new DetailList<string>([.. Enumerable.Range(0, 200).Select(static i => $"02:00:00:00:00:{i:X2}")]);
        for (int i = 0; i < 20; i++)
        {
            export.Write(new KismetDevice { MacAddress = "02:00:00:00:00:01", Clients = clients, Packets = i }, expired: false);
        }

        export.Complete();
        Assert.True(export.Ends());
        Assert.True(export.ExportStatistics.Bytes > 20 * 1400);
        Assert.All(await reading, d => Assert.Equal(clients, d.Clients));
        Assert.Equal(0, receiver.ReceiverStatistics.Malformed);
    }

    [Fact]
    public void A_wrong_token_is_refused_and_told_and_nothing_is_taken()
    {
        using KismetReceiver receiver = KismetReceiver.Start(new ReceiverOptions { Port = 0, Token = "right" });
        foreach (string? token in new[] { "wrong", null })
        {
            using KismetExport export = KismetExport.StartOnce(To(receiver) with { Token = token, Timeout = TimeSpan.FromSeconds(1) });
            long before = receiver.Intake.CountOf(ReceivedKind.BadToken);
            export.Write(Devices.Plain(), expired: false);
            export.Flush();
            Assert.True(Waiting.Until(() => receiver.Intake.CountOf(ReceivedKind.BadToken) > before));
            export.Complete();
            Assert.True(export.Ends());
            Assert.Equal(KismetErrorId.NotDelivered, export.Error!.Id);
        }

        Assert.Contains(receiver.ReceiverStatistics.DropReasons, static r => r.Name == nameof(ReceivedKind.BadToken));
        Assert.Equal(0, receiver.Intake.CountOf(ReceivedKind.Device));
        Assert.True(Waiting.Until(() => receiver.TryTakeWarning(out string? warning) && warning!.Contains("BadToken", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Only_a_client_certificate_that_is_trusted_is_let_in()
    {
        using X509Certificate2 certificate = TestCertificates.Make(), mine = TestCertificates.Make(name: "sensor-7"), other = TestCertificates.Make(name: "sensor-8");
        using KismetReceiver receiver = KismetReceiver.Start(new ReceiverOptions { Port = 0, Protocol = KismetExportProtocol.Tls, Certificate = certificate, ClientCertificates = [mine] });
        Task<List<KismetDevice>> reading = Read(receiver, 1);
        foreach (X509Certificate2? shown in new[] { other, null })
        {
            using KismetExport refused = KismetExport.StartOnce(To(receiver) with { SkipCertificateCheck = true, Certificate = shown, Timeout = TimeSpan.FromSeconds(1) });
            long before = receiver.Intake.CountOf(ReceivedKind.BadCertificate);
            Assert.True(Waiting.Until(() => receiver.Intake.CountOf(ReceivedKind.BadCertificate) > before));
            refused.Write(Devices.Plain(), expired: false);
            refused.Complete();
            Assert.True(refused.Ends());
            Assert.Equal(KismetErrorId.NotDelivered, refused.Error!.Id);
        }

        Assert.Equal(0, receiver.ReceiverStatistics.Received);
        Assert.Contains(receiver.ReceiverStatistics.DropReasons, static r => r.Name == nameof(ReceivedKind.BadCertificate));
        using KismetExport export = Send(To(receiver) with { SkipCertificateCheck = true, Certificate = mine }, 1);
        Assert.Null(export.Error);
        Assert.Single(await reading);
    }

    [Fact]
    public async Task What_its_reader_did_not_take_out_is_not_called_delivered_and_comes_again()
    {
        using var session = new TableSession();
        for (ulong i = 1; i <= 100; i++)
        {
            session.Set(i, 1);
        }

        KismetReceiver first = KismetReceiver.Start(new ReceiverOptions { Port = FreePort.Next() });
        int port = int.Parse(first.EndPoint.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);
        using KismetExport export = KismetExport.Start([session], To(first));
        Task<List<KismetDevice>> some = Read(first, 10);
        List<KismetDevice> taken = await some;
        Assert.True(Waiting.Until(() => first.ReceiverStatistics.Received == 100));
        _ = first.StopAsync(KismetStopReason.LimitReached);
        Assert.True(first.Ends());
        using KismetReceiver second = KismetReceiver.Start(new ReceiverOptions { Port = port });
        
        // After the reset nobody knows which ones were taken: all come again.
        Task<List<KismetDevice>> rest = Read(second, 100);
        Assert.Equal(100, taken.Concat(await rest).Select(static d => d.MacAddress).Distinct().Count());
        first.Dispose();
    }

    [Fact]
    public async Task Damaged_compression_a_bomb_and_chunks_that_do_not_fit_are_counted()
    {
        using KismetReceiver receiver = KismetReceiver.Start(new ReceiverOptions { Port = 0, Protocol = KismetExportProtocol.Udp });
        IPEndPoint to = IPEndPoint.Parse(receiver.EndPoint);
        using var client = new UdpClient();
        client.Connect(to);
        await client.SendAsync(new byte[] { 0x1F, 0x8B, 1, 2, 3, 4, 5 });
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(new byte[10 << 20]);
        }

        await client.SendAsync(bomb.ToArray());
        await client.SendAsync(new byte[] { 0x1E, 0x0F, 1, 2, 3, 4, 5, 6, 7, 8, 5, 5, 1 });
        await client.SendAsync(new byte[] { 0x1E, 0x0F, 1, 2, 3, 4, 5, 6, 7, 8, 0, 2, 1 });
        await client.SendAsync(new byte[] { 0x1E, 0x0F, 1, 2, 3, 4, 5, 6, 7, 8, 1, 3, 1 });
        Assert.True(Waiting.Until(() => receiver.ReceiverStatistics.Malformed == 4), $"{receiver.ReceiverStatistics.DropReasons}");
        Assert.Equal(
            ["TooLong=1", "BadFraming=2", "BadCompression=1"],
            receiver.ReceiverStatistics.DropReasons.Select(static r => r.ToString()));

        using KismetReceiver stream = KismetReceiver.Start(new ReceiverOptions { Port = 0 });
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPEndPoint.Parse(stream.EndPoint));
        await tcp.GetStream().WriteAsync(new byte[] { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF });
        Assert.True(Waiting.Until(() => stream.ReceiverStatistics.DropReasons.Any(static r => r.Name == nameof(ReceivedKind.BadCompression))));
    }

    [Theory]
    [InlineData(KismetExportProtocol.Tcp)]
    [InlineData(KismetExportProtocol.Udp)]
    public async Task Whatever_strangers_send_the_next_one_is_read(KismetExportProtocol protocol)
    {
        using KismetReceiver receiver = KismetReceiver.Start(new ReceiverOptions { Port = 0, Protocol = protocol });
        IPEndPoint to = IPEndPoint.Parse(receiver.EndPoint);
        var random = new Random(6);
        for (int i = 0; i < 200; i++)
        {
            byte[] bytes = new byte[random.Next(1, 1400)];
            random.NextBytes(bytes);

            // Beginnings that lead deeper.
            byte[][] beginnings = [[], [0x1F, 0x8B, 8, 0], [0x1E, 0x0F], [(byte)'{', (byte)'"'], [.. "<134>1 "u8], [.. "1200 "u8], [.. "DEVICE,"u8]];
            bytes = [.. beginnings[i % beginnings.Length], .. bytes];
            using var socket = new Socket(AddressFamily.InterNetwork, protocol == KismetExportProtocol.Udp ? SocketType.Dgram : SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(to);
            await socket.SendAsync(bytes);
        }

        // Of datagrams those are lost for which there is no room while the receiver waits for its turn.
        Task<List<KismetDevice>> reading = Read(receiver, 1);
        do
        {
            using KismetExport export = Send(To(receiver), 1);
        }
        while (protocol == KismetExportProtocol.Udp && await Task.WhenAny(reading, Task.Delay(500)) != reading);
        Assert.Single(await reading);
        Assert.True(receiver.ReceiverStatistics.Malformed > 0);
        Assert.Equal(0, receiver.Intake.CountOf(ReceivedKind.Alert));
    }

    [Fact]
    public void Chunks_in_any_order_make_a_message_and_too_many_messages_push_out_the_oldest()
    {
        var assembly = new GelfAssembly(1000);
        byte[] whole = Encoding.ASCII.GetBytes(new string('x', 50) + new string('y', 50) + "z");
        Assert.Equal(GelfChunkStatus.Waiting, assembly.Add(Chunk(1, 2, 3, whole.AsSpan(100)), out _));
        Assert.Equal(GelfChunkStatus.Waiting, assembly.Add(Chunk(1, 0, 3, whole.AsSpan(0, 50)), out _));
        Assert.Equal(GelfChunkStatus.Waiting, assembly.Add(Chunk(1, 0, 3, whole.AsSpan(0, 50)), out _));
        Assert.Equal(GelfChunkStatus.Complete, assembly.Add(Chunk(1, 1, 3, whole.AsSpan(50, 50)), out byte[]? message));
        Assert.Equal(whole, message);
        for (ulong i = 0; i < GelfAssembly.Most; i++)
        {
            Assert.Equal(GelfChunkStatus.Waiting, assembly.Add(Chunk(100 + i, 0, 2, whole.AsSpan(0, 10)), out _));
        }

        Assert.Equal(GelfChunkStatus.Bad, assembly.Add(Chunk(1000, 0, 2, whole.AsSpan(0, 10)), out _));
        Assert.Equal(GelfChunkStatus.Bad, assembly.Add(Chunk(1000, 1, 2, new byte[991]), out _));
        for (int cut = 0; cut <= 12; cut++)
        {
            Assert.Equal(GelfChunkStatus.Bad, assembly.Add(Chunk(1, 0, 2, [])[..cut], out _));
        }
    }

    private static byte[] Chunk(ulong id, byte index, byte count, ReadOnlySpan<byte> part) =>
        [0x1E, 0x0F, .. BitConverter.GetBytes(id).Reverse(), index, count, .. part];

    private static Task<List<KismetDevice>> Read(KismetReceiver receiver, int count) => Task.Run(async () =>
    {
        using var limit = new CancellationTokenSource(Waiting.Patience);
        List<KismetDevice> devices = [];
        while (devices.Count < count)
        {
            devices.Add(await receiver.Intake.Devices.ReadAsync(limit.Token));
        }

        return devices;
    });

    private static KismetExport Send(ExportOptions options, int count)
    {
        KismetExport export = KismetExport.StartOnce(options);
        for (int i = 0; i < count; i++)
        {
            export.Write(Devices.Plain($"02:00:00:00:{i >> 8:X2}:{i & 255:X2}"), expired: false);
        }

        export.Complete();
        Assert.True(export.Ends());
        return export;
    }

    private static ExportOptions To(KismetReceiver receiver)
    {
        IPEndPoint at = IPEndPoint.Parse(receiver.EndPoint);
        return new ExportOptions
        {
            Host = at.Address.ToString(),
            Port = at.Port,
            Protocol = receiver.Protocol,
            UpdateRate = TimeSpan.FromMilliseconds(50),
            FirstBackOff = TimeSpan.FromMilliseconds(20),
            MostBackOff = TimeSpan.FromMilliseconds(100),
            Timeout = Waiting.Patience,
            ConnectTimeout = Waiting.Patience,
        };
    }
}
