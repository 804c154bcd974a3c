using System.Net;
using System.Net.Sockets;

namespace KismetPS.Capture.Tzsp;

/// <summary>One system call a datagram, without objects: for systems other than Linux. Datagrams of a batch lie one behind the other.</summary>
internal sealed class PortableReceiver : DatagramReceiver
{
    private const int ArenaSize = 4 * MaxDatagram;

    private readonly Socket _socket;
    private readonly byte[] _arena = GC.AllocateUninitializedArray<byte>(ArenaSize, pinned: true);
    private readonly (int Offset, int Length)[] _messages = new (int, int)[BatchSize];
    private readonly SocketAddress[] _senders = new SocketAddress[BatchSize];

    public PortableReceiver(Socket socket)
    {
        _socket = socket;
        for (int i = 0; i < _senders.Length; i++)
        {
            _senders[i] = new SocketAddress(socket.AddressFamily);
        }
    }

    public override int Receive(int timeoutMs)
    {
        int count = 0;
        int at = 0;
        try
        {
            bool ready = _socket.Poll(timeoutMs * 1000, SelectMode.SelectRead);
            while (ready && count < BatchSize && ArenaSize - at >= MaxDatagram)
            {
                int length = _socket.ReceiveFrom(_arena.AsSpan(at, MaxDatagram), SocketFlags.None, _senders[count]);
                _messages[count++] = (at, length);
                at += length;
                ready = _socket.Poll(0, SelectMode.SelectRead);
            }
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionRefused
            or SocketError.NetworkReset or SocketError.Interrupted or SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable)
        {
            // Passing: a keepalive was refused, or the machine is short of buffers. What came before in this batch is kept.
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new KismetException(KismetErrorId.NetworkFailure, $"Receiving failed: {e.Message}", null, e);
        }

        return count;
    }

    public override ReadOnlySpan<byte> Message(int index) => _arena.AsSpan(_messages[index].Offset, _messages[index].Length);

    public override SensorAddress Sender(int index) =>
        SensorAddress.FromSockaddr(_senders[index].Buffer.Span[.._senders[index].Size], _senders[index].Family);

    public override void Dispose()
    {
    }
}
