using System.Buffers;
using System.Globalization;

namespace KismetPS.Kismet.RemoteCapture;

/// <summary>
/// What a capture source says to a server and answers it: itself first, then yes to being opened, from then on packets; a pong to each ping. No I/O.
/// One thread at a time.
/// </summary>
internal sealed class RemoteDialogue(RemoteSource source)
{
    private readonly ExternalWriter _writer = new();
    private int _heardOn;

    /// <summary>Whether the server has opened the source: packets may be sent.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Channel told to a server that asks for one; empty while none was heard.</summary>
    public string Channel { get; private set; } = string.Empty;

    /// <summary>Pings answered.</summary>
    public long Pings { get; private set; }

    /// <summary>Channels and hops asked for and not set.</summary>
    public long ChannelRequests { get; private set; }

    /// <summary>What the server said last; bytes that came over the network, not for a terminal as they are.</summary>
    public byte[]? ServerText { get; private set; }

    /// <summary>A frame was heard on that channel.</summary>
    public void HeardOn(int channel)
    {
        if (_heardOn != channel)
        {
            _heardOn = channel;
            Channel = channel.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The first frame of a connection.</summary>
    public void Begin(IBufferWriter<byte> output)
    {
        _writer.Reset();
        IsOpen = false;
        ServerText = null;
        _writer.NewSource(output, source);
    }

    /// <summary>Takes a frame and writes what is to be answered.</summary>
    public RemoteDialogueStatus Take(in ExternalFrame frame, IBufferWriter<byte> output)
    {
        if (!ExternalContent.IsValid(frame.Content))
        {
            return RemoteDialogueStatus.Malformed;
        }

        switch (frame.Command)
        {
            case ExternalCommand.Ping:
                Pings++;
                ExternalWriter.Pong(output, frame.Sequence);
                return RemoteDialogueStatus.Ok;
            case ExternalCommand.OpenRequest:
                if (!ExternalContent.TryReadText(frame.Content, 1, out _))
                {
                    return RemoteDialogueStatus.Malformed;
                }

                _writer.OpenReport(output, frame.Sequence, source, Channel);
                IsOpen = true;
                return RemoteDialogueStatus.Ok;
            case ExternalCommand.ProbeRequest:
                _writer.ProbeReport(output, frame.Sequence);
                return RemoteDialogueStatus.Ok;
            case ExternalCommand.ListRequest:
                _writer.ListReport(output, frame.Sequence, source);
                return RemoteDialogueStatus.Ok;
            case ExternalCommand.ConfigureRequest:
                if (ChannelRequests++ == 0)
                {
                    _writer.Message(output, $"{source.Name}: sensors of KismetPS set their channels themselves.");
                }

                _writer.ConfigureReport(output, frame.Sequence, Channel);
                return RemoteDialogueStatus.Ok;
            case ExternalCommand.Message:
                Keep(frame.Content, 2);
                return RemoteDialogueStatus.Ok;
            case ExternalCommand.Error:
                Keep(frame.Content, 1);
                return RemoteDialogueStatus.Failed;
            case ExternalCommand.Shutdown:
                Keep(frame.Content, 1);
                return RemoteDialogueStatus.Ended;
            default:
                // Pongs, and what later releases may say.
                return RemoteDialogueStatus.Ok;
        }
    }

    /// <summary>Writes a packet; <see cref="ExternalFrame.MaxLength"/> bytes are always enough.</summary>
    public int WritePacket(Span<byte> destination, in RemotePacket packet) => _writer.Packet(destination, packet);

    /// <summary>Writes that nothing follows.</summary>
    public void End(IBufferWriter<byte> output, string reason) => _writer.Shutdown(output, reason);

    private void Keep(ReadOnlySpan<byte> content, uint field)
    {
        if (ExternalContent.TryReadText(content, field, out ReadOnlySpan<byte> text) && !text.IsEmpty)
        {
            ServerText = text[..Math.Min(text.Length, 1024)].ToArray();
        }
    }
}
