using System.Buffers;
using KismetPS.Export.Messages;
using KismetPS.TestKit;
using KismetPS.Tracking;
using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Export.Tests.Messages;

/// <summary>A message costs no objects.</summary>
public sealed class MessageAllocationTests
{
    public static TheoryData<DeviceDataFormat> Formats => [.. Enum.GetValues<DeviceDataFormat>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_message_allocates_nothing(DeviceDataFormat format)
    {
        var device = new KismetDevice
        {
            MacAddress = "02:00:00:00:00:01",
            Type = KismetDeviceType.AccessPoint,
            Ssid = "caf\u00E9 \"x\"",
            Vendor = "Maker, Inc.",
            Encryption = WirelessEncryption.Wpa2 | WirelessEncryption.Wpa3,
            SignalDbm = -45,
            Latitude = 12.3456789,
            MaxRateMbps = 866.7,
            FirstSeen = Encoded.Time,
            LastSeen = Encoded.Time,
        };
        IMessageEncoder encoder = MessageEncoders.Create(format, new MessageOptions());
        var to = new ArrayBufferWriter<byte>(4096);
        ExportRecord record = Encoded.Of(device);
        long least = Allocation.Least(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                to.ResetWrittenCount();
                encoder.Write(to, record);
            }
        });
        Assert.Equal(0, least);
    }
}
