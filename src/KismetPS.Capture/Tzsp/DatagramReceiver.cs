namespace KismetPS.Capture.Tzsp;

/// <summary>Receives datagrams from a bound UDP socket in batches. One thread.</summary>
internal abstract class DatagramReceiver : IDisposable
{
    /// <summary>Most datagrams of one batch.</summary>
    protected const int BatchSize = 128;

    /// <summary>Largest UDP datagram.</summary>
    protected const int MaxDatagram = 65_535;

    /// <summary>Waits up to the time given and takes what is there, at most a batch; 0 where nothing came. Throws <see cref="KismetException"/>.</summary>
    public abstract int Receive(int timeoutMs);

    /// <summary>A datagram of the last batch, valid until the next <see cref="Receive"/>.</summary>
    public abstract ReadOnlySpan<byte> Message(int index);

    /// <summary>Who sent it.</summary>
    public abstract SensorAddress Sender(int index);

    /// <inheritdoc/>
    public abstract void Dispose();
}
