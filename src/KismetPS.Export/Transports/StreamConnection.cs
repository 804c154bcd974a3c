using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using KismetPS.Capture;
using KismetPS.Export.Delivery;
using KismetPS.Export.Messages;

namespace KismetPS.Export.Transports;

/// <summary>
/// A TCP or TLS connection. That the other kernel has acknowledged bytes does not mean that the program there has read them: known to be received
/// is what lies further back than a receive buffer is large, and everything acknowledged where the other end closes in good order, since a
/// kernel answers with a reset when a program goes without having read all (RFC 1122 4.2.2.13, RFC 2525 2.17).
/// </summary>
internal sealed class StreamConnection : IConnection
{
    private static readonly TimeSpan s_ownClose = TimeSpan.FromMilliseconds(50);

    // A ticket is read in no time, but on a busy machine the thread that reads it may have to wait for its turn.
    private static readonly TimeSpan s_tlsClose = TimeSpan.FromSeconds(10);

    private const int FullAt = 64 * 1024;

    private readonly Socket _socket;
    private readonly string _target;
    private readonly long _window;
    private readonly TimeSpan _resetBehindClose;
    private readonly MessageFraming _framing;
    private readonly ProgressWatch _watch;
    private readonly SocketStream _wire;
    private readonly SslStream? _tls;
    private readonly GZipStream? _gzip;
    private readonly Stream _top;
    private readonly MessageBuffer _out = new();
    private readonly Queue<(long Offset, long Sequence)> _sent = new();
    private readonly ManualResetEventSlim _peerDone = new();
    private volatile KismetException? _peerFailure;
    private long _last;
    private long _confirmed;

    private StreamConnection(Socket socket, ExportOptions options, string target, Action<KismetException> onStall, CancellationToken stop)
    {
        _socket = socket;
        _target = target;
        _window = options.ResendWindow;
        _resetBehindClose = options.ResetBehindClose;
        _framing = MessageEncoders.FramingOf(options.Format);
        RemoteEndPoint = (IPEndPoint)socket.RemoteEndPoint!;
        _watch = new ProgressWatch(socket, target, options.StallTimeout, onStall);
        _wire = new SocketStream(socket, target, _watch);
        _watch.Begin();
        _top = _wire;
        if (options.Protocol == KismetExportProtocol.Tls)
        {
            _top = _tls = TlsClient.Open(_wire, options, target, stop);
        }

        Stream readable = _top;
        if (options.Compress)
        {
            _top = _gzip = new GZipStream(_top, CompressionLevel.Fastest, leaveOpen: true);
        }

        _ = ReadAsync(readable);
        if (options.Token is not null)
        {
            MessageFramer.Add(_out, _framing, HelloMessage.Make(options.Token));
            Send();
        }
    }

    public IPEndPoint RemoteEndPoint { get; }

    public long BytesSent => _wire.BytesSent;

    public long Confirmed
    {
        get
        {
            // Bytes the system has are bytes the other end may have: where it does not tell what is acknowledged, all of them count as on the way.
            long received = (_watch.Acknowledged ?? _wire.BytesSent) - _window;
            Count(received);
            return _confirmed;
        }
    }

    /// <summary>Connects, and shakes hands. Throws <see cref="KismetException"/>.</summary>
    public static StreamConnection Open(ExportOptions options, string target, Action<KismetException> onStall, CancellationToken stop)
    {
        Socket socket = TcpConnector.Connect(options.Host, options.Port, target, options.ConnectTimeout, stop);
        try
        {
            return new StreamConnection(socket, options, target, onStall, stop);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public bool Add(long sequence, ReadOnlySpan<byte> message)
    {
        if (_out.Length >= FullAt)
        {
            return false;
        }

        MessageFramer.Add(_out, _framing, message);
        _last = sequence;
        return true;
    }

    public void Send()
    {
        try
        {
            _top.Write(_out.Written);
            _top.Flush();
        }
        catch (Exception e) when (e is not KismetException)
        {
            // The other end may have said why before it went.
            throw _peerFailure ?? ConnectionFailure.From(_target, e);
        }
        finally
        {
            _out.Clear();
        }

        _sent.Enqueue((_wire.BytesSent, _last));
        _watch.Look(_wire.BytesSent);
    }

    public void Check()
    {
        if (_peerFailure is not null)
        {
            throw _peerFailure;
        }

        if (_peerDone.IsSet)
        {
            throw ConnectionFailure.Closed(_target);
        }

        _watch.Look(_wire.BytesSent);
    }

    public bool Finish(TimeSpan most)
    {
        long begin = Stopwatch.GetTimestamp();
        try
        {
            // Anything said to one who has gone is answered with a reset, after which nobody knows what it had read.
            if (_peerDone.IsSet)
            {
                Check();
            }

            _gzip?.Dispose();
            CloseTls(most);

            // Only a close that answers ours says that all was read. One that was on its way already is seen here.
            while (_watch.Acknowledged is long acknowledged && acknowledged < _wire.BytesSent && !_peerDone.IsSet && Stopwatch.GetElapsedTime(begin) < most)
            {
                _peerDone.Wait(TimeSpan.FromMilliseconds(5));
                _watch.Refresh(_wire.BytesSent, out _, out _);
            }

            if (_peerDone.Wait(s_ownClose))
            {
                Check();
            }

            _socket.Shutdown(SocketShutdown.Send);
            while (!_peerDone.Wait(TimeSpan.FromMilliseconds(50)))
            {
                _watch.Look(_wire.BytesSent);
                if (Stopwatch.GetElapsedTime(begin) >= most)
                {
                    return false;
                }
            }
        }
        catch (Exception e) when (e is not KismetException)
        {
            // TLS throws what its library gives it, of any type.
            throw _peerFailure ?? ConnectionFailure.From(_target, e);
        }

        if (_peerFailure is not null)
        {
            throw _peerFailure;
        }

        // It has read up to our end and closed too: nothing can be unread there.
        _watch.Refresh(_wire.BytesSent, out _, out _);
        Count(_watch.Acknowledged ?? _wire.BytesSent);
        return _sent.Count == 0 ? true : throw ConnectionFailure.Closed(_target);
    }

    // A session's ticket (RFC 8446 4.6.1) comes when a short export is over already. While it is being read the library breaks or refuses to close ("shutdown
    // while in init"); a moment later it does not.
    private void CloseTls(TimeSpan most)
    {
        long begin = Stopwatch.GetTimestamp();
        TimeSpan patience = most < s_tlsClose ? most : s_tlsClose;
        while (_tls is not null)
        {
            try
            {
                _wire.BetweenReads(patience, () => _tls.ShutdownAsync().GetAwaiter().GetResult());
                return;
            }
            catch (Exception e) when (e is not (IOException or ObjectDisposedException) && !_peerDone.IsSet && Stopwatch.GetElapsedTime(begin) < patience)
            {
                _peerDone.Wait(TimeSpan.FromMilliseconds(5));
            }
        }
    }

    public void Settle()
    {
        if (!_peerDone.IsSet || _peerFailure is not null)
        {
            return;
        }

        // It closed first. Nothing is sent any more, so a reset now can only mean that it has not read all.
        long begin = Stopwatch.GetTimestamp();
        do
        {
            _watch.Refresh(_wire.BytesSent, out TcpState state, out bool known);
            if (!known || state.IsGone)
            {
                return;
            }

            Thread.Sleep(10);
        }
        while (Stopwatch.GetElapsedTime(begin) < _resetBehindClose);

        Count(_watch.Acknowledged ?? 0);
    }

    public void Abort() => _wire.Abort();

    public void Dispose()
    {
        _socket.Dispose();
        _tls?.Dispose();
        _wire.Dispose();
    }

    private void Count(long offset)
    {
        while (_sent.TryPeek(out (long Offset, long Sequence) batch) && batch.Offset <= offset)
        {
            _confirmed = batch.Sequence;
            _sent.Dequeue();
        }
    }

    // Whatever a receiver says is read and forgotten: unread it would turn our own close into a reset.
    private async Task ReadAsync(Stream from)
    {
        var buffer = new byte[4096];
        try
        {
            while (await from.ReadAsync(buffer).ConfigureAwait(false) > 0)
            {
                // Nothing in it is for us.
            }
        }
#pragma warning disable CA1031 // whatever it is, it is why the connection ended
        catch (Exception e)
#pragma warning restore CA1031
        {
            _peerFailure = ConnectionFailure.From(_target, e);
        }

        _peerDone.Set();
    }
}
