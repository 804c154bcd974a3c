using System.Net.Sockets;
using KismetPS.Capture.Drone;
using KismetPS.Tracking.Engine;

namespace KismetPS.Kismet.Drones;

/// <summary>
/// The connection to one Kismet server. <see cref="TryQueue"/> is called by one thread at a time and never waits; a thread of its own sends; the
/// server's control thread reads.
/// </summary>
internal sealed class DroneClientLink : IDisposable
{
    private const int SendBytes = 64 * 1024;
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(500);

    private readonly Socket _socket;
    private readonly DroneProtocol _protocol;
    private readonly ByteRing<byte> _ring;
    private readonly DroneFramer _framer = new();
    private readonly byte[] _received = new byte[4096];
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _sender;
    private long _queued;
    private long _queuedBytes;
    private long _sent;
    private long _sentBytes;
    private long _taken;
    private long _takenBytes;
    private long _flushed;
    private long _refused;
    private long _flushes;
    private long _flushTo;
    private volatile bool _closed;

    public DroneClientLink(Socket socket, DroneProtocol protocol, DroneServerOptions options)
    {
        _socket = socket;
        _protocol = protocol;
        _ring = new ByteRing<byte>(options.RingBytes);
        Id = options.Numbers.Next();
        EndPoint = socket.RemoteEndPoint?.ToString() ?? "?";
        socket.NoDelay = true;
        socket.SendTimeout = (int)options.SendTimeout.TotalMilliseconds;
        _sender = new Thread(Send) { IsBackground = true, Name = $"drone client {EndPoint}" };
    }

    public int Id { get; }

    public string EndPoint { get; }

    public DateTimeOffset ConnectedAt { get; } = DateTimeOffset.UtcNow;

    /// <summary>Whether the connection has ended.</summary>
    public bool IsClosed => _closed;

    public void Start() => _sender.Start();

    /// <summary>Queues a whole message; false where it does not fit, which is counted.</summary>
    public bool TryQueue(ReadOnlySpan<byte> message)
    {
        if (!_ring.TryWrite(0, message))
        {
            return false;
        }

        Volatile.Write(ref _queued, _queued + 1);
        Volatile.Write(ref _queuedBytes, _queuedBytes + message.Length);
        return true;
    }

    /// <summary>Wakes the sender.</summary>
    public void Publish() => _ring.Publish();

    /// <summary>Reads what the server sent, if anything; without waiting.</summary>
    public void Receive()
    {
        try
        {
            while (!_closed && _socket.Poll(0, SelectMode.SelectRead))
            {
                int count = _socket.Receive(_received, SocketFlags.None, out SocketError error);
                if (count == 0 || error != SocketError.Success || !Take(_received.AsSpan(0, count)))
                {
                    Close();
                    return;
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            Close();
        }
    }

    public DroneClientInfo ToInfo() => new()
    {
        Id = Id,
        EndPoint = EndPoint,
        Protocol = _protocol,
        ConnectedAt = ConnectedAt,
        Sent = Volatile.Read(ref _sent),
        SentBytes = Volatile.Read(ref _sentBytes),
        Queued = Math.Max(0, Volatile.Read(ref _queued) - Volatile.Read(ref _taken)),
        QueuedBytes = Math.Max(0, Volatile.Read(ref _queuedBytes) - Volatile.Read(ref _takenBytes)),
        Dropped = _ring.Dropped + Volatile.Read(ref _flushed),
        Flushes = Volatile.Read(ref _flushes),
        CommandsRefused = Volatile.Read(ref _refused),
    };

    /// <summary>Ends the connection; what waits is not sent.</summary>
    public void Close()
    {
        _closed = true;
        _ring.Close();
        _stop.Cancel();
        _socket.Dispose();
    }

    public void Dispose()
    {
        Close();
        if (_sender.IsAlive)
        {
            _sender.Join(TimeSpan.FromSeconds(2));
        }
    }

    private bool Take(ReadOnlySpan<byte> bytes)
    {
        if (_protocol == DroneProtocol.Stable)
        {
            // All a stable server ever says: it lost the thread and wants to start anew. That is said of what waits now, and of nothing that comes
            // later: however late the sender is, it knows by the number.
            int flushes = bytes.Count(StableDrone.Flush);
            if (flushes > 0)
            {
                Volatile.Write(ref _flushTo, Volatile.Read(ref _queued));
                Volatile.Write(ref _flushes, _flushes + flushes);
            }

            Volatile.Write(ref _refused, _refused + bytes.Length - flushes);
            return true;
        }

        while (true)
        {
            switch (_framer.Read(ref bytes, out DroneFrame frame))
            {
                case DroneFrameStatus.Ok when frame.Protocol == DroneProtocol.Newcore:
                    // Setting channels is what a drone may be asked for. Ours are not its own to set.
                    Volatile.Write(ref _refused, _refused + (frame.Type == DroneFrameType.Null ? 0 : 1));
                    break;
                case DroneFrameStatus.More:
                    return true;
                default:
                    return false;
            }
        }
    }

    private void Send()
    {
        byte[] buffer = new byte[SendBytes];
        int length = 0;
        int messages = 0;
        try
        {
            while (_ring.Wait(s_wait, _stop.Token) && !_closed)
            {
                while (_ring.TryRead(out _, out ReadOnlySpan<byte> message))
                {
                    Volatile.Write(ref _taken, _taken + 1);
                    Volatile.Write(ref _takenBytes, _takenBytes + message.Length);
                    if (_taken <= Volatile.Read(ref _flushTo))
                    {
                        // What was gathered came before.
                        Volatile.Write(ref _flushed, _flushed + messages + 1);
                        length = messages = 0;
                        continue;
                    }

                    if (length + message.Length > buffer.Length)
                    {
                        Write(buffer.AsSpan(0, length), messages);
                        length = messages = 0;
                    }

                    message.CopyTo(buffer.AsSpan(length));
                    length += message.Length;
                    messages++;
                }

                if (length > 0)
                {
                    Write(buffer.AsSpan(0, length), messages);
                    length = messages = 0;
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Gone, or told to go.
        }

        Close();
    }

    private void Write(ReadOnlySpan<byte> bytes, int messages)
    {
        Volatile.Write(ref _sent, _sent + messages);
        Volatile.Write(ref _sentBytes, _sentBytes + bytes.Length);
        while (!bytes.IsEmpty)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }
    }
}
