using KismetPS.Capture;
using KismetPS.Kismet.Rest;

namespace KismetPS.Kismet.RemoteCapture;

/// <summary>Bytes to and from a server. One reader and one writer at a time.</summary>
internal abstract class RemoteConnection : IDisposable
{
    /// <summary>Connects; what goes wrong is a <see cref="KismetException"/> that says what to do.</summary>
    public static async Task<RemoteConnection> OpenAsync(RemoteCaptureOptions options, RestCredential credential, CancellationToken stop) => options.Protocol == KismetCaptureProtocol.Tcp
        ? await TcpRemoteConnection.OpenAsync(options.Server, stop).ConfigureAwait(false)
        : await WebSocketRemoteConnection.OpenAsync(options.Server, credential, stop).ConfigureAwait(false);

    /// <summary>Reads; 0 at the end.</summary>
    public abstract ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel);

    /// <summary>Writes whole frames.</summary>
    public abstract ValueTask WriteAsync(ReadOnlyMemory<byte> frames, CancellationToken cancel);

    public abstract void Dispose();
}
