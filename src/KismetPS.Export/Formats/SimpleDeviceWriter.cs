using System.Buffers;
using KismetPS.Export.Messages;
using KismetPS.Tracking;

namespace KismetPS.Export.Formats;

/// <summary>A message of the simple format a line.</summary>
internal sealed class SimpleDeviceWriter(Stream stream) : DeviceFormatWriter
{
    private readonly IMessageEncoder _encoder = MessageEncoders.Create(DeviceDataFormat.Simple, new MessageOptions());
    private readonly ArrayBufferWriter<byte> _line = new();

    public override bool Write(KismetDevice device)
    {
        _line.ResetWrittenCount();
        _encoder.Write(_line, new ExportRecord(ExportRecordKind.Device, device, null, 0, string.Empty, device.LastSeen));
        _line.Write("\n"u8);
        stream.Write(_line.WrittenSpan);
        return true;
    }
}
