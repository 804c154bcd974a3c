using System.Net.Sockets;

namespace KismetPS.Capture.Tzsp;

/// <summary>
/// What the kernel threw away because a socket's buffer was full. Linux only (SO_MEMINFO, kernel 4.12 and later): the counter that
/// SO_RXQ_OVFL would put beside every datagram, read when asked for. Includes datagrams with a wrong checksum. Any thread.
/// </summary>
internal sealed class KernelDrops(Socket socket)
{
    private readonly object _gate = new();
    private uint _last;
    private long _total;
    private bool _closed = !OperatingSystem.IsLinux();

    /// <summary>Drops since the socket was made; 0 where the system does not tell.</summary>
    public long Read()
    {
        lock (_gate)
        {
            if (!_closed)
            {
                Update();
            }

            return _total;
        }
    }

    /// <summary>Reads a last time, before the socket is closed.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (!_closed)
            {
                Update();
                _closed = true;
            }
        }
    }

    private void Update()
    {
        Span<byte> info = stackalloc byte[4 * 16];
        try
        {
            int length = socket.GetRawSocketOption(LinuxSocket.SolSocket, LinuxSocket.SoMemInfo, info);
            int at = LinuxSocket.MemInfoDrops * 4;
            if (length >= at + 4)
            {
                uint now = BitConverter.ToUInt32(info[at..]);
                _total += unchecked(now - _last);
                _last = now;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            _closed = true;
        }
    }
}
