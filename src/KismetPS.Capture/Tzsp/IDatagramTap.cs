namespace KismetPS.Capture.Tzsp;

/// <summary>Sees each TZSP message as it came. Called on the receive thread inside a batch: it copies and returns.</summary>
internal interface IDatagramTap
{
    /// <summary>One message.</summary>
    /// <param name="message">The whole datagram, valid during the call.</param>
    /// <param name="origin">Who sent it.</param>
    /// <param name="timestampNs">Arrival, Unix nanoseconds.</param>
    void OnMessage(ReadOnlySpan<byte> message, FrameOrigin origin, long timestampNs);
}
