using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.PowerShell.Input;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Streaming;

/// <summary>Sends objects of the pipeline: frames wrapped as a sensor would, packets and messages as they are.</summary>
/// <param name="sender">Where to.</param>
/// <param name="type">Type that replaces the one of packets and messages; null keeps it.</param>
internal sealed class TzspObjectSender(TzspSender sender, TzspType? type)
{
    private readonly FramePacket _packets = new();
    private readonly ByteCollector _bytes = new();

    /// <summary>Sends one object, or a message of that type where there is none. What cannot be sent is reported, and the next may be.</summary>
    public void Send(object? input, TzspType control, Action<KismetException, object?> report, CancellationToken stop)
    {
        switch (input)
        {
            case null:
                SendControl(control, stop);
                break;
            case KismetFrame frame:
                sender.SendFrame(_packets.From(frame, out FrameInfo info), in info, stop);
                break;
            case TzspPacket packet:
                Send([TzspCodec.Encode(packet)], stop);
                break;
            case byte piece:
                Send(_bytes.Add([piece]), stop);
                break;
            case byte[] message:
                Send(_bytes.Add(message), stop);
                break;
            case string text when HexBytesAttribute.TryParse(text, out byte[] parsed):
                Send([parsed], stop);
                break;
            default:
                report(new KismetException(KismetErrorId.ArgumentInvalid, "The object is no 802.11 frame, TZSP packet, or bytes of a TZSP message.", "Import-KismetCapture -Emit Frame gives frames; -Path replays a file."), input);
                break;
        }
    }

    /// <summary>Sends what the end of the pipeline completes.</summary>
    public void Complete(CancellationToken stop) => Send(_bytes.End(), stop);

    // A message that needs no frame.
    private void SendControl(TzspType control, CancellationToken stop)
    {
        if (control is not (TzspType.Keepalive or TzspType.PortOpener))
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, "There is nothing to send.", "Give -Path or pipe frames; without input only -Type Keepalive and PortOpener can be sent.");
        }

        Send([[1, (byte)control, 0, 0, TzspTagNumber.End]], stop);
    }

    private void Send(IEnumerable<byte[]> messages, CancellationToken stop)
    {
        foreach (byte[] message in messages)
        {
            byte[] ready = message;
            if (type is TzspType given && message.Length > 1)
            {
                // A copy, since the array may be the user's; the high nibble are flags.
                ready = [.. message];
                ready[1] = (byte)((message[1] & 0xF0) | (int)given);
            }

            sender.Send(ready, stop);
        }
    }
}
