using System.Buffers;
using System.Text;
using KismetPS.Export.Messages;
using KismetPS.Tracking;

namespace KismetPS.Export.Tests.Messages;

/// <summary>Messages made for a test.</summary>
internal static class Encoded
{
    public static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeMilliseconds(1642781696789);

    /// <summary>The device of the export guide's example.</summary>
    public static KismetDevice GuideDevice { get; } = new()
    {
        MacAddress = "AA:BB:CC:DD:EE:FF",
        SignalDbm = -45,
        Packets = 1234,
        Vendor = "Apple",
        Latitude = 40.7128,
        Longitude = -74.0060,
        LastSeen = new DateTimeOffset(2024, 1, 21, 12, 34, 56, 789, TimeSpan.Zero),
    };

    public static ExportRecord Of(KismetDevice device, long sequence = 1, bool expired = false) =>
        new(expired ? ExportRecordKind.Expired : ExportRecordKind.Device, device, null, sequence, "s-1", Time);

    public static ExportRecord Of(KismetAlert alert) => new(ExportRecordKind.Alert, null, alert, 7, "s-1", Time);

    public static byte[] Bytes(DeviceDataFormat format, in ExportRecord record, MessageOptions? options = null)
    {
        var to = new ArrayBufferWriter<byte>();
        MessageEncoders.Create(format, options ?? new MessageOptions { HostName = "sensor1" }).Write(to, record);
        return to.WrittenSpan.ToArray();
    }

    public static string Text(DeviceDataFormat format, in ExportRecord record, MessageOptions? options = null) =>
        new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Bytes(format, record, options));
}
