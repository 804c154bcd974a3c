using System.Net.Sockets;

namespace KismetPS.Export.Transports;

/// <summary>
/// Writes to a connected socket without ever waiting blindly: as long as the other end takes something, a write goes on, however slowly;
/// where it takes nothing, <see cref="ProgressWatch"/> finds out why.
/// </summary>
internal sealed class SocketStream(Socket socket, string target, ProgressWatch watch) : Stream
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    // Held from one read to the next: TLS decrypts what was read.
    private readonly SemaphoreSlim _decrypting = new(1, 1);
    private volatile bool _aborted;
    private bool _isDecrypting;

    /// <summary>Bytes taken by the system.</summary>
    public long BytesSent { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Makes writes fail. Any thread.</summary>
    public void Abort() => _aborted = true;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            ObjectDisposedException.ThrowIf(_aborted, this);
            int sent = socket.Send(buffer, SocketFlags.None, out SocketError error);
            switch (error)
            {
                case SocketError.Success:
                    buffer = buffer[sent..];
                    BytesSent += sent;
                    break;
                case SocketError.WouldBlock or SocketError.TryAgain or SocketError.NoBufferSpaceAvailable or SocketError.IOPending:
                    if (!socket.Poll(s_look, SelectMode.SelectWrite))
                    {
                        watch.Look(BytesSent);
                    }

                    break;
                case SocketError.Interrupted:
                    break;
                default:
                    throw ConnectionFailure.From(target, error);
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    /// <summary>
    /// Does what must not meet a decryption: <see cref="System.Net.Security.SslStream"/> locks writes and reads against each other, its shutdown against
    /// neither, and a session's ticket that comes in at that moment breaks the connection.
    /// </summary>
    public void BetweenReads(TimeSpan patience, Action work)
    {
        bool entered = _decrypting.Wait(patience);
        try
        {
            work();
        }
        finally
        {
            if (entered)
            {
                _decrypting.Release();
            }
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isDecrypting)
        {
            _isDecrypting = false;
            _decrypting.Release();
        }

        int read = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false);
        if (read > 0)
        {
            await _decrypting.WaitAsync(cancellationToken).ConfigureAwait(false);
            _isDecrypting = true;
        }

        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read without waiting.");

    public override void Flush()
    {
        // Nothing is kept back here.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
