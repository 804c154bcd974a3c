using System.Text;
using KismetPS.Export.Messages;
using KismetPS.Export.Receive;
using KismetPS.Export.Tests.Messages;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Export.Tests.Receive;

public sealed class MessageDeframerTests
{
    private static readonly MessageReader s_reader = new();

    private static readonly KismetDevice s_device = new()
    {
        MacAddress = "AA:BB:CC:DD:EE:FF",
        Type = KismetDeviceType.AccessPoint,
        Ssid = "a\n\"|,\\ 日本",
        SignalDbm = -45,
        Packets = 1234,
        Vendor = "Apple",
        Latitude = 40.7128,
        LastSeen = new DateTimeOffset(2024, 1, 21, 12, 34, 56, 789, TimeSpan.Zero),
    };

    [Theory]
    [InlineData(DeviceDataFormat.Json)]
    [InlineData(DeviceDataFormat.Csv)]
    [InlineData(DeviceDataFormat.Simple)]
    public void What_the_encoder_wrote_comes_back_however_it_is_cut(DeviceDataFormat format)
    {
        byte[] one = Encoded.Bytes(format, Encoded.Of(s_device, 41));
        byte[] two = Encoded.Bytes(format, Encoded.Of(s_device, 42, expired: true));
        byte[][] framings =
        [
            [.. one, 10, .. two, 10],
            [.. one, 13, 10, 10, .. two, 13, 10],
            [.. one, 0, .. two, 0],
            [.. Encoding.ASCII.GetBytes($"{one.Length} "), .. one, .. Encoding.ASCII.GetBytes($"{two.Length} "), .. two],
        ];
        foreach (byte[] bytes in framings)
        {
            for (int cut = 0; cut <= bytes.Length; cut++)
            {
                List<ReceivedMessage> read = Read(1024, bytes[..cut], bytes[cut..]);
                Assert.Equal([ReceivedKind.Device, ReceivedKind.Expired], read.Select(static m => m.Kind));
                Assert.All(read, m => Same(format, m));
                Assert.Equal(format == DeviceDataFormat.Json ? [41L, 42L] : [0L, 0L], read.Select(static m => m.Sequence));
            }
        }
    }

    [Fact]
    public void Too_long_and_miscounted_messages_cost_only_themselves()
    {
        string good = Encoded.Text(DeviceDataFormat.Simple, Encoded.Of(s_device));
        string text = $"{new string('x', 500)}\n{good}\n500 {new string('y', 500)}{good}\n0 x\n{good}\n999999999999 z\n{good}\n12x\n{good}\n";
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        ReceivedKind[] expected =
        [
            ReceivedKind.TooLong, ReceivedKind.Device, ReceivedKind.TooLong, ReceivedKind.Device, ReceivedKind.BadFraming, ReceivedKind.Device,
            ReceivedKind.BadFraming, ReceivedKind.Device, ReceivedKind.BadFraming, ReceivedKind.Device,
        ];
        Assert.Equal(expected, Read(100, bytes).Select(static m => m.Kind));
        Assert.Equal(expected, Read(100, [.. bytes.Select(static b => new[] { b })]).Select(static m => m.Kind));
    }

    [Theory]
    [InlineData("", ReceivedKind.BadFormat)]
    [InlineData("GET / HTTP/1.1", ReceivedKind.BadFormat)]
    [InlineData("{", ReceivedKind.BadJson)]
    [InlineData("{}", ReceivedKind.BadType)]
    [InlineData("{\"type\":7,\"data\":{}}", ReceivedKind.BadType)]
    [InlineData("{\"type\":\"hello\",\"token\":\"x\"}", ReceivedKind.Hello)]
    [InlineData("{\"type\":\"alert\",\"data\":{\"x\":[1,{}]},\"sequence\":3,\"stream\":\"a\"}", ReceivedKind.Alert)]
    [InlineData("{\"type\":\"device\"}", ReceivedKind.BadData)]
    [InlineData("{\"type\":\"device\",\"data\":[]}", ReceivedKind.BadData)]
    [InlineData("{\"type\":\"device\",\"data\":{\"mac_addr\":\"nonsense\"}}", ReceivedKind.BadData)]
    [InlineData("{\"type\":\"device\",\"data\":{\"mac_addr\":\"AA:BB:CC:DD:EE:FF\",\"signal_dbm\":{}}}", ReceivedKind.BadData)]
    [InlineData("{\"type\":\"device\",\"data\":{\"mac_addr\":\"AA:BB:CC:DD:EE:FF\"},\"sequence\":-1,\"stream\":\"a\"}", ReceivedKind.BadSequence)]
    [InlineData("{\"type\":\"device\",\"data\":{\"mac_addr\":\"AA:BB:CC:DD:EE:FF\"},\"sequence\":1,\"stream\":\"\\u001b[2J\"}", ReceivedKind.BadSequence)]
    [InlineData("{\"type\":\"device\",\"data\":{\"mac_addr\":\"AA:BB:CC:DD:EE:FF\"}}", ReceivedKind.Device)]
    [InlineData("{\"data\":{\"mac_addr\":\"AA:BB:CC:DD:EE:FF\"},\"type\":\"device\"}x", ReceivedKind.BadJson)]
    [InlineData("DEVICE,AA:BB:CC:DD:EE:FF", ReceivedKind.BadData)]
    [InlineData("DEVICE|AA:BB:CC:DD:EE:FF|IEEE802.11|loud|3", ReceivedKind.BadData)]
    [InlineData("DEVICE,\"AA:BB:CC:DD:EE:FF,x,1,2,", ReceivedKind.BadData)]
    [InlineData("\u001f\u008b", ReceivedKind.BadFormat)]
    public void Hostile_messages_have_a_reason(string text, object expected) =>
        Assert.Equal(expected, s_reader.Read(Encoding.UTF8.GetBytes(text)).Kind);

    [Fact]
    public void No_message_throws_whatever_byte_is_changed_or_left_out()
    {
        var random = new Random(4);
        foreach (DeviceDataFormat format in new[] { DeviceDataFormat.Json, DeviceDataFormat.Csv, DeviceDataFormat.Simple })
        {
            byte[] good = Encoded.Bytes(format, Encoded.Of(s_device));
            for (int i = 0; i < good.Length; i++)
            {
                for (int n = 0; n < 20; n++)
                {
                    byte[] bad = [.. good];
                    bad[i] = (byte)random.Next(256);
                    Valid(s_reader.Read(bad));
                }

                Valid(s_reader.Read(good.AsSpan(0, i)));
            }
        }
    }

    private static void Valid(in ReceivedMessage message) =>
        Assert.Equal(message.Kind is ReceivedKind.Device or ReceivedKind.Expired, message.Device is not null);

    private static void Same(DeviceDataFormat format, in ReceivedMessage message)
    {
        KismetDevice device = message.Device!;
        Assert.Equal(s_device.MacAddress, device.MacAddress);
        Assert.Equal(s_device.Phy, device.Phy);
        Assert.Equal(s_device.SignalDbm, device.SignalDbm);
        Assert.Equal(s_device.Packets, device.Packets);
        Assert.Equal(format == DeviceDataFormat.Simple ? default : s_device.LastSeen, device.LastSeen);
        if (format == DeviceDataFormat.Json)
        {
            Assert.Equal(s_device.Ssid, device.Ssid);
            Assert.Equal(s_device.Type, device.Type);
            Assert.Equal(s_device.Latitude, device.Latitude);
            Assert.Null(device.Longitude);
            Assert.Equal("s-1", message.Stream);
        }
    }

    private static List<ReceivedMessage> Read(int maxBytes, params byte[][] parts)
    {
        var framer = new MessageDeframer(maxBytes);
        List<ReceivedMessage> read = [];
        foreach (byte[] part in parts)
        {
            framer.Append(part);
            while (framer.TryRead(out ReadOnlySpan<byte> message, out ReceivedKind? problem))
            {
                read.Add(problem is ReceivedKind bad ? new(bad) : s_reader.Read(message));
            }
        }

        Assert.False(framer.TryFinish(out _));
        return read;
    }
}
