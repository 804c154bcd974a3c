using KismetPS.Capture;
using KismetPS.Kismet.Connections;

namespace KismetPS.Kismet.RemoteCapture;

/// <summary>TCP, or TLS where a proxy before the server speaks it.</summary>
internal sealed class TcpRemoteConnection : RemoteConnection
{
    private readonly ServerStream _stream;

    private TcpRemoteConnection(ServerStream stream) => _stream = stream;

    /// <summary>Connects.</summary>
    public static async Task<TcpRemoteConnection> OpenAsync(KismetConnectionOptions server, CancellationToken stop)
    {
        try
        {
            return new TcpRemoteConnection(await ServerStream.OpenAsync(server, stop).ConfigureAwait(false));
        }
        catch (KismetException e) when (e.Id == KismetErrorId.ConnectionRefused)
        {
            throw new KismetException(
                e.Id,
                $"{server.ComputerName} takes no remote captures on TCP port {server.Port}: the connection was refused.",
                "Kismet listens for them on 127.0.0.1 only unless remote_capture_listen in its kismet.conf says otherwise; remote_capture_port is the port. -Protocol WebSocket goes through its HTTP port.",
                e);
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel) => _stream.ReadAsync(buffer, cancel);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> frames, CancellationToken cancel) => _stream.WriteAsync(frames, cancel);

    public override void Dispose() => _stream.Dispose();
}
