namespace KismetPS.Export.Delivery;

/// <summary>Takes messages in order.</summary>
internal interface IMessageSink
{
    /// <summary>Takes one message (no framing); false where it has no room for it now, and did not take it.</summary>
    bool Add(long sequence, ReadOnlySpan<byte> message);
}
