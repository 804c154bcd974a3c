using System.Text;
using KismetPS.Capture;
using KismetPS.Export.Messages;
using KismetPS.Export.Receive;
using KismetPS.Export.Tests.Messages;
using KismetPS.Tracking;
using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Export.Tests.Receive;

public sealed class MessageReaderTests
{
    private static readonly KismetDevice s_device = new()
    {
        MacAddress = "AA:BB:CC:DD:EE:FF",
        Type = KismetDeviceType.AccessPoint,
        Ssid = "a=1 \"]|,\\ b=日本 smac=00:00:00:00:00:00",
        Bssid = "AA:BB:CC:DD:EE:FF",
        Vendor = "Apple, Inc. = x",
        Channel = 6,
        FrequencyMHz = 2437,
        Encryption = WirelessEncryption.Wpa2 | WirelessEncryption.Wpa3,
        SignalDbm = -45,
        Packets = 1234,
        Bytes = 99,
        Latitude = 40.7128,
        Longitude = -74.006,
        IsRandomized = true,
        FirstSeen = new DateTimeOffset(2024, 1, 20, 12, 34, 56, 789, TimeSpan.Zero),
        LastSeen = new DateTimeOffset(2024, 1, 21, 12, 34, 56, 789, TimeSpan.Zero),
        SensorId = "10.0.0.5",
        Clients = new DetailList<string>(["02:00:00:00:00:01", "02:00:00:00:00:02"]),
    };

    private static readonly MessageReader s_reader = new();

    [Theory]
    [InlineData(DeviceDataFormat.Json)]
    [InlineData(DeviceDataFormat.Syslog)]
    [InlineData(DeviceDataFormat.Cef)]
    [InlineData(DeviceDataFormat.Gelf)]
    public void What_a_format_carries_comes_back(DeviceDataFormat format)
    {
        ReceivedMessage message = s_reader.Read(Encoded.Bytes(format, Encoded.Of(s_device, 41)));
        Assert.Equal((ReceivedKind.Device, 41L, "s-1"), (message.Kind, message.Sequence, message.Stream));
        KismetDevice device = message.Device!;
        Assert.Equal(s_device.MacAddress, device.MacAddress);
        Assert.Equal(s_device.Type, device.Type);
        Assert.Equal(s_device.Ssid, device.Ssid);
        Assert.Equal(s_device.Vendor, device.Vendor);
        Assert.Equal(s_device.Bssid, device.Bssid);
        Assert.Equal(s_device.Channel, device.Channel);
        Assert.Equal(s_device.Encryption, device.Encryption);
        Assert.Equal(s_device.SignalDbm, device.SignalDbm);
        Assert.Equal(s_device.Packets, device.Packets);
        Assert.Equal(s_device.Bytes, device.Bytes);
        Assert.Equal(s_device.Latitude, device.Latitude);
        Assert.Equal(s_device.Longitude, device.Longitude);
        Assert.Equal(s_device.FirstSeen, device.FirstSeen);
        Assert.Equal(s_device.LastSeen, device.LastSeen);
        Assert.Equal(s_device.SensorId, device.SensorId);
        Assert.Equal(format == DeviceDataFormat.Cef ? null : s_device.FrequencyMHz, device.FrequencyMHz);
        Assert.Equal(ReceivedKind.Expired, s_reader.Read(Encoded.Bytes(format, Encoded.Of(s_device, 42, expired: true))).Kind);
    }

    [Theory]
    [InlineData(DeviceDataFormat.Csv)]
    [InlineData(DeviceDataFormat.Simple)]
    [InlineData(DeviceDataFormat.Json)]
    public void Chosen_fields_come_back_in_their_order(DeviceDataFormat format)
    {
        string[] fields = ["ssid", "mac_addr", "Channel", "Security", "Clients"];
        KismetDevice device = s_device;
        ReceivedMessage message = new MessageReader(fields).Read(Encoded.Bytes(format, Encoded.Of(device, 1), new MessageOptions { Fields = fields }));
        Assert.Equal(ReceivedKind.Device, message.Kind);
        Assert.Equal((device.MacAddress, device.Ssid, device.Channel), (message.Device!.MacAddress, message.Device.Ssid, message.Device.Channel));
        Assert.Equal(device.Clients, message.Device.Clients);
        Assert.Null(message.Device.SignalDbm);
        Assert.Equal(KismetErrorId.ArgumentInvalid, Assert.Throws<KismetException>(() => new MessageReader(["nonsense"])).Id);
    }

    [Theory]
    [InlineData("<134>1", ReceivedKind.BadSyslog)]
    [InlineData("<134>1 - - - - -", ReceivedKind.BadSyslog)]
    [InlineData("<13>Oct 11 22:14:15 mymachine su: 'su root' failed", ReceivedKind.BadSyslog)]
    [InlineData("<134>1 2024-01-21T12:34:56Z h p 1 DEVICE - CEF:0|Security|threatmanager|1.0|100|x|10|src=10.0.0.1", ReceivedKind.BadSyslog)]
    [InlineData("<134>1 2024-01-21T12:34:56Z h p 1 DEVICE - CEF:0|KismetPS|KismetPS|1.0|device|x|1|rt=99999999999999999 smac=AA:BB:CC:DD:EE:FF", ReceivedKind.BadData)]
    [InlineData("<134>1 2024-01-21T12:34:56Z h p 1 DEVICE - CEF:0|KismetPS|KismetPS|1.0|device|x|1|smac=AA:BB:CC:DD:EE:FF", ReceivedKind.Device)]
    [InlineData("<134>1 2024-01-21T12:34:56Z h p 1 DEVICE [kismetps@32473 mac_addr=\"AA:BB:CC:DD:EE:FF\"] x", ReceivedKind.Device)]
    [InlineData("<134>1 2024-01-21T12:34:56Z h p 1 DEVICE [kismetps@32473 mac_addr=\"AA:BB:CC:DD:EE:FF] x", ReceivedKind.BadSyslog)]
    [InlineData("<134>1 2024-01-21T12:34:56Z h p 1 DEVICE [kismetps@32473 sequence=\"0\" mac_addr=\"AA:BB:CC:DD:EE:FF\"] x", ReceivedKind.BadSequence)]
    [InlineData("<134>1 2024-01-21T12:34:56Z h p 1 ALERT [kismetps@32473 sequence=\"7\" stream=\"s\"] x", ReceivedKind.Alert)]
    [InlineData("{\"version\":\"1.1\",\"host\":\"h\",\"short_message\":\"x\",\"_type\":\"device\",\"_mac_addr\":\"AA:BB:CC:DD:EE:FF\"}", ReceivedKind.Device)]
    [InlineData("{\"version\":\"1.1\",\"host\":\"h\",\"short_message\":\"x\"}", ReceivedKind.BadType)]
    [InlineData("{\"_type\":\"device\",\"_mac_addr\":[1]}", ReceivedKind.BadData)]
    public void Messages_of_others_have_a_reason(string text, object expected) => Assert.Equal(expected, s_reader.Read(Encoding.UTF8.GetBytes(text)).Kind);

    [Theory]
    [InlineData(DeviceDataFormat.Syslog)]
    [InlineData(DeviceDataFormat.Cef)]
    [InlineData(DeviceDataFormat.Gelf)]
    public void No_message_throws_whatever_byte_is_changed_or_left_out(DeviceDataFormat format)
    {
        var random = new Random(5);
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

    private static void Valid(in ReceivedMessage message)
    {
        Assert.Equal(message.Kind is ReceivedKind.Device or ReceivedKind.Expired, message.Device is not null);
        Assert.True(message.Sequence >= 0);
        Assert.True(message.Stream is null || message.Stream.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-'));
    }
}
