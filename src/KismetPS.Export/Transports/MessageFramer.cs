using System.Buffers.Text;
using KismetPS.Export.Delivery;
using KismetPS.Export.Messages;

namespace KismetPS.Export.Transports;

/// <summary>Puts messages one behind the other on a stream, so that they can be told apart again.</summary>
internal static class MessageFramer
{
    public static void Add(MessageBuffer to, MessageFraming framing, ReadOnlySpan<byte> message)
    {
        if (framing == MessageFraming.OctetCount)
        {
            Utf8Formatter.TryFormat(message.Length, to.GetSpan(10), out int digits);
            to.Advance(digits);
            to.Write((byte)' ');
        }

        message.CopyTo(to.GetSpan(message.Length));
        to.Advance(message.Length);
        switch (framing)
        {
            case MessageFraming.LineFeed:
                to.Write((byte)'\n');
                break;
            case MessageFraming.Nul:
                to.Write(0);
                break;
        }
    }
}
