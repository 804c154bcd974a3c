using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using KismetPS.Export.Messages;
using KismetPS.Export.Tests.Formats;
using KismetPS.TestKit;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Export.Tests.Delivery;

public sealed class DatagramExportTests : IDisposable
{
    private readonly UdpClient _receiver = new(new IPEndPoint(IPAddress.Loopback, 0)) { Client = { ReceiveBufferSize = 1 << 20, ReceiveTimeout = 60_000 } };

    public void Dispose() => _receiver.Dispose();

    [Fact]
    public void One_message_a_datagram_and_nothing_claimed()
    {
        using KismetExport export = Send(To(), 50);
        Assert.Null(export.Error);
        for (int i = 1; i <= 50; i++)
        {
            byte[] datagram = Receive();
            Assert.True(datagram.Length < 1024);
            Assert.NotEqual((byte)'\n', datagram[^1]);
            Assert.Equal(i, JsonDocument.Parse(datagram).RootElement.GetProperty("sequence").GetInt64());
        }

        Assert.Equal(50, export.ExportStatistics.Sent);
        Assert.Null(export.ExportStatistics.Delivered);
    }

    [Fact]
    public void A_batch_stays_within_a_datagram_that_is_not_fragmented()
    {
        // All of it waits before the first is taken, since what is changed at one tick of a session is given at once.
        using TableSession session = new();
        for (ulong i = 1; i <= 200; i++)
        {
            session.Set(i, 1);
        }

        using KismetExport export = KismetExport.Start([session], To() with { BatchSize = 100, Format = DeviceDataFormat.Simple, UpdateRate = TimeSpan.FromHours(1) });
        int lines = 0, datagrams = 0;
        while (lines < 200)
        {
            byte[] datagram = Receive();
            Assert.InRange(datagram.Length, 1, 1400);
            lines += Encoding.UTF8.GetString(datagram).Split('\n').Length;
            datagrams++;
        }

        Assert.Equal(200, lines);

        // Ten would hold them; the sender may look while they are being given, and takes what is there.
        Assert.InRange(datagrams, 2, 199);
    }

    [Fact]
    public void Each_datagram_is_compressed_by_itself()
    {
        using KismetExport export = Send(To() with { Compress = true }, 3);
        for (int i = 1; i <= 3; i++)
        {
            using var gzip = new GZipStream(new MemoryStream(Receive()), CompressionMode.Decompress);
            Assert.Equal(i, JsonDocument.Parse(gzip).RootElement.GetProperty("sequence").GetInt64());
        }
    }

    [Fact]
    public void A_long_GELF_message_comes_in_chunks()
    {
        KismetDevice device = Devices.Random(new Random(1));
        using KismetExport export = KismetExport.StartOnce(To() with
        {
            Format = DeviceDataFormat.Gelf,
            Message = new MessageOptions { Fields = MessageEncoders.FieldNames },
        });
        export.Write(device, expired: false);
        export.Complete();
        Assert.True(export.Ends());
        Assert.Null(export.Error);
        byte[] first = Receive();
        var whole = new List<byte>();
        if (first[0] == 0x1E)
        {
            Assert.Equal(0x0F, first[1]);
            int count = first[11];
            whole.AddRange(first[12..]);
            for (int i = 1; i < count; i++)
            {
                byte[] next = Receive();
                Assert.Equal(first[..10], next[..10]);
                Assert.Equal((i, count), (next[10], next[11]));
                Assert.InRange(next.Length, 13, 1400);
                whole.AddRange(next[12..]);
            }

            Assert.True(count > 1);
        }
        else
        {
            whole.AddRange(first);
        }

        Assert.Equal("1.1", JsonDocument.Parse(whole.ToArray()).RootElement.GetProperty("version").GetString());
    }

    [Fact]
    public void Refusals_are_counted()
    {
        using KismetExport export = KismetExport.StartOnce(To() with { Port = FreePort.Next() });

        // The kernel answers as often as it has set itself; one answer is enough.
        Assert.True(Waiting.Until(() =>
        {
            export.Write(Devices.Plain(), expired: false);
            export.Flush();
            return export.ExportStatistics.Refused > 0;
        }));
        export.Complete();
        Assert.True(export.Ends());
        Assert.StartsWith("ConnectionRefused", export.ExportStatistics.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_several_addresses() => Arrives("localhost", IPAddress.Loopback);

    [IPv6Fact]
    public void Over_IPv6() => Arrives("::1", IPAddress.IPv6Loopback);

    private void Arrives(string host, IPAddress address)
    {
        using var receiver = new UdpClient(new IPEndPoint(address, 0)) { Client = { ReceiveTimeout = 60_000 } };
        using KismetExport export = Send(To() with { Host = host, Port = ((IPEndPoint)receiver.Client.LocalEndPoint!).Port }, 1);
        Assert.Null(export.Error);
        IPEndPoint? from = null;
        Assert.Equal(1, JsonDocument.Parse(receiver.Receive(ref from)).RootElement.GetProperty("sequence").GetInt64());
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

    private byte[] Receive()
    {
        IPEndPoint? from = null;
        return _receiver.Receive(ref from);
    }

    private ExportOptions To() => new()
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)_receiver.Client.LocalEndPoint!).Port,
        Protocol = KismetExportProtocol.Udp,
        Timeout = Waiting.Patience,
    };
}
