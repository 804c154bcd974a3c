using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using KismetPS.Capture;
using KismetPS.Export.Messages;
using KismetPS.Export.Receive;
using KismetPS.Export.Tests.Delivery;
using KismetPS.Export.Tests.Messages;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Export.Tests.Receive;

public sealed class DeviceReceiverTests
{
    [Fact]
    public async Task Tcp_counts_gaps_repeats_and_bad_lines()
    {
        using DeviceReceiver receiver = DeviceReceiver.Start(new ReceiverOptions { Port = 0 });
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, receiver.Port);
        await client.GetStream().WriteAsync((byte[])[.. Line(5), .. Line(6), .. Line(9), .. "nonsense\n"u8, .. Line(6), .. Line(8), .. Line(10)]);
        List<long> packets = [];
        using var limit = new CancellationTokenSource(Waiting.Patience);
        for (int i = 0; i < 5; i++)
        {
            packets.Add((await receiver.Devices.ReadAsync(limit.Token)).Packets);
        }

        Assert.Equal([5, 6, 9, 8, 10], packets);
        Assert.Equal(1, receiver.Intake.Streams.Missing);
        Assert.Equal(1, receiver.Intake.Streams.Repeats);
        Assert.Equal(1, receiver.Intake.CountOf(ReceivedKind.BadFormat));
        Assert.Equal(7, receiver.Intake.Received);
        List<string> warnings = [];
        receiver.Intake.TakeWarnings(warnings, end: true);
        Assert.Equal(["Stream s-1: 1 messages are missing, between 7 and 7.", "Stream s-1: 1 messages came again and were left out.", "Something came that cannot be read: BadFormat. The statistics count what is of that kind."], warnings);
        receiver.Intake.TakeWarnings(warnings, end: true);
        Assert.Equal(3, warnings.Count);
    }

    [Fact]
    public async Task A_sender_whose_last_bytes_come_after_the_last_device_was_taken_is_not_reset()
    {
        using DeviceReceiver receiver = DeviceReceiver.Start(new ReceiverOptions { Port = 0, Farewell = Waiting.Patience });
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, receiver.Port);
        NetworkStream stream = client.GetStream();
        using var sent = new MemoryStream();
        using (var gzip = new GZipStream(sent, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Line(1));
            await gzip.FlushAsync();
            await stream.WriteAsync(sent.ToArray());
            sent.SetLength(0);
        }

        using var limit = new CancellationTokenSource(Waiting.Patience);
        Assert.Equal(1, (await receiver.Devices.ReadAsync(limit.Token)).Packets);
        Task closing = Task.Run(() => receiver.Close(complete: true));
        Assert.False(client.Client.Poll(TimeSpan.FromMilliseconds(200), SelectMode.SelectRead), "closed before the end was there");
        await stream.WriteAsync(sent.ToArray());
        client.Client.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await stream.ReadAsync(new byte[16], limit.Token));
        await closing.WaitAsync(limit.Token);
    }

    [Fact]
    public async Task Udp_takes_one_or_many_messages_a_datagram()
    {
        using DeviceReceiver receiver = DeviceReceiver.Start(new ReceiverOptions { Port = 0, Protocol = KismetExportProtocol.Udp });
        using var client = new UdpClient();
        byte[] line = Line(1);
        await client.SendAsync(line.AsMemory(0, line.Length - 1), new IPEndPoint(IPAddress.Loopback, receiver.Port));
        await client.SendAsync((byte[])[.. Line(3), .. Line(2)], new IPEndPoint(IPAddress.Loopback, receiver.Port));
        using var limit = new CancellationTokenSource(Waiting.Patience);
        for (int i = 0; i < 3; i++)
        {
            await receiver.Devices.ReadAsync(limit.Token);
        }

        Assert.Equal(0, receiver.Intake.Streams.Missing);
        Assert.Equal(0, receiver.Intake.Streams.Repeats);
    }

    [Fact]
    public async Task Clients_over_the_limit_and_strangers_are_refused()
    {
        using DeviceReceiver receiver = DeviceReceiver.Start(new ReceiverOptions { Port = 0, Allowed = [IPNetwork.Parse("192.0.2.0/24")] });
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, receiver.Port);
        using var limit = new CancellationTokenSource(Waiting.Patience);
        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], limit.Token));
        Assert.Equal(1, receiver.Refused);

        using DeviceReceiver full = DeviceReceiver.Start(new ReceiverOptions { Port = 0, MaxClients = 1 });
        using var first = new TcpClient();
        await first.ConnectAsync(IPAddress.Loopback, full.Port);
        await first.GetStream().WriteAsync(Line(1));
        await full.Devices.ReadAsync(limit.Token);
        using var second = new TcpClient();
        await second.ConnectAsync(IPAddress.Loopback, full.Port);
        Assert.Equal(0, await second.GetStream().ReadAsync(new byte[1], limit.Token));
        Assert.Equal(1, full.Refused);
    }

    [Fact]
    public void What_cannot_be_listened_on_is_said()
    {
        Assert.Equal(KismetErrorId.ArgumentInvalid, Failure(new ReceiverOptions { Port = 0, Address = IPAddress.Any }));
        Assert.Equal(KismetErrorId.ArgumentInvalid, Failure(new ReceiverOptions { Port = 0, Protocol = KismetExportProtocol.Tls }));
        using DeviceReceiver receiver = DeviceReceiver.Start(new ReceiverOptions { Port = 0 });
        Assert.Equal(KismetErrorId.AddressInUse, Failure(new ReceiverOptions { Port = receiver.Port }));
    }

    [Fact]
    public void Numbers_of_any_size_keep_the_count_sane()
    {
        var checker = new SequenceChecker();
        Assert.Equal(SequenceAnswer.New, checker.Take(10, 0));
        Assert.Equal(SequenceAnswer.New, checker.Take(long.MaxValue, 0));
        Assert.Equal(SequenceAnswer.Late, checker.Take(11, 0));
        Assert.Equal(SequenceAnswer.Repeat, checker.Take(11, 0));
        Assert.Equal(SequenceAnswer.Late, checker.Take(1, 0));
        Assert.Equal(long.MaxValue - 4, checker.Missing);

        checker = new SequenceChecker();
        for (long i = 1; i < 5000; i += 2)
        {
            Assert.Equal(SequenceAnswer.New, checker.Take(i, 0));
        }

        Assert.Equal(2499, checker.Missing);
        Assert.Equal(SequenceAnswer.Repeat, checker.Take(2, 0));
        Assert.Equal(SequenceAnswer.Late, checker.Take(4998, 0));
        Assert.Equal(2498, checker.Missing);
    }

    private static KismetErrorId Failure(ReceiverOptions options) => Assert.Throws<KismetException>(() => DeviceReceiver.Start(options).Dispose()).Id;

    private static byte[] Line(long sequence) =>
        [.. Encoded.Bytes(DeviceDataFormat.Json, Encoded.Of(new KismetDevice { MacAddress = "AA:BB:CC:DD:EE:FF", Packets = sequence }, sequence)), 10];
}
