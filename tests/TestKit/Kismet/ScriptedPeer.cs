using System.Net;
using System.Net.Sockets;

namespace KismetPS.TestKit;

/// <summary>A TCP listener on loopback that plays the other side of a protocol by a script.</summary>
public sealed class ScriptedPeer : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly TcpListener _listener;

    /// <summary>Listens; 0 takes any free port.</summary>
    public ScriptedPeer(int port = 0)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
    }

    /// <summary>Its port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>A port on which nobody listens.</summary>
    public static int ClosedPort() => FreePort.Next();

    /// <summary>The next connection.</summary>
    public async Task<Socket> AcceptAsync()
    {
        Socket socket = await _listener.AcceptSocketAsync().WaitAsync(s_patience);
        socket.NoDelay = true;
        return socket;
    }

    /// <summary>Sends bytes cut at random places, so that the receiver's reads end anywhere.</summary>
    public static async Task SendInPiecesAsync(Socket socket, ReadOnlyMemory<byte> bytes, Random random)
    {
        while (!bytes.IsEmpty)
        {
            int piece = Math.Min(bytes.Length, random.Next(4) == 0 ? random.Next(1, 16) : random.Next(1, 3000));
            await socket.SendAsync(bytes[..piece]);
            bytes = bytes[piece..];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
