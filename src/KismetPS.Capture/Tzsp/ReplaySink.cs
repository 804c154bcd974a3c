namespace KismetPS.Capture.Tzsp;

/// <summary>
/// Where a capture file's packets go when they are sent on: TZSP messages as they are, other packets wrapped as a sensor would. A message is
/// seen by the tap before its frame comes, and then the frame is not sent a second time: an origin sends messages or plain packets, never both.
/// </summary>
/// <param name="sender">The sender for packets of that origin.</param>
/// <param name="onSent">Called after each message.</param>
/// <param name="stop">Ends the waiting for a message's turn.</param>
internal sealed class ReplaySink(Func<FrameOrigin, TzspSender> sender, Action? onSent, CancellationToken stop) : IFrameSink, IDatagramTap
{
    private FrameOrigin? _lastMessageFrom;

    public void OnMessage(ReadOnlySpan<byte> message, FrameOrigin origin, long timestampNs)
    {
        sender(origin).Send(message, stop);
        _lastMessageFrom = origin;
        onSent?.Invoke();
    }

    public void OnFrame(ReadOnlySpan<byte> packet, in FrameInfo info)
    {
        if (ReferenceEquals(info.Origin, _lastMessageFrom))
        {
            return;
        }

        sender(info.Origin).SendFrame(packet, in info, stop);
        onSent?.Invoke();
    }

    public void BeginBatch()
    {
    }

    public void EndBatch()
    {
    }

    public void OnIdle()
    {
    }
}
