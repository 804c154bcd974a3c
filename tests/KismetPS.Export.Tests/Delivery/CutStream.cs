using System.Net.Sockets;

namespace KismetPS.Export.Tests.Delivery;

/// <summary>The bytes of a connection, which is reset after so many of them: what is behind stays unread in the system.</summary>
internal sealed class CutStream(Socket socket, long cut, Action<int> told) : NetworkStream(socket, ownsSocket: true)
{
    private long _left = cut;

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = base.Read(buffer, offset, (int)Math.Min(count, _left));
        _left -= read;
        told(read);
        if (_left == 0)
        {
            Socket.LingerState = new LingerOption(true, 0);
            Socket.Close();
            throw new IOException("Cut.");
        }

        return read;
    }

    public override int Read(Span<byte> buffer)
    {
        // That of the base class comes back here through the other one.
        var bytes = new byte[buffer.Length];
        int read = Read(bytes, 0, bytes.Length);
        bytes.AsSpan(0, read).CopyTo(buffer);
        return read;
    }
}
