namespace KismetPS.Capture.Tzsp;

/// <summary>Sends TZSP messages over UDP at a given rate; also wraps frames of captures. One thread at a time.</summary>
internal sealed class TzspSender : IDisposable
{
    /// <summary>Resolves and connects. Throws <see cref="KismetException"/>.</summary>
    public TzspSender(string host, int port, TzspSenderOptions options)
    {
        EndPoint = $"{host}:{port}";
        _ = options;
    }

    /// <summary>Where to.</summary>
    public string EndPoint { get; }

    /// <summary>Messages sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Messages the kernel refused and that were tried again or given up.</summary>
    public long Refused { get; private set; }

    /// <summary>Sends a ready message as it is, waiting for its turn by the rate.</summary>
    public void Send(ReadOnlySpan<byte> message, CancellationToken stop) => throw new NotImplementedException();

    /// <summary>Wraps a packet as a sensor would (tags from its radio facts, running packet count) and sends it.</summary>
    public void SendFrame(ReadOnlySpan<byte> packet, in FrameInfo info, CancellationToken stop) => throw new NotImplementedException();

    public void Dispose() => Sent = Refused = 0;
}
