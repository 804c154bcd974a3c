namespace KismetPS.Capture.Pcap;

/// <summary>
/// The bytes of a capture file as one growing and shrinking window: unpacks gzip where its magic stands, reads files directly and pipes
/// without hanging on them. One thread at a time.
/// </summary>
internal sealed class CaptureInput : IDisposable
{
    private const int InitialBuffer = 1024 * 1024;

    private readonly Stream _stream;
    private readonly bool _isFile;
    private Stream _source;
    private byte[] _buffer = new byte[InitialBuffer];
    private int _start;
    private int _end;
    private Task<int>? _pending;
    private long _position;

    /// <param name="stream">The file or pipe; disposed with this.</param>
    public CaptureInput(Stream stream)
    {
        _stream = stream;
        _source = stream;
        // A pipe says so by not being seekable: reading one may block for long, so it is read from aside.
        _isFile = stream.CanSeek;
    }

    /// <summary>Whether the content was packed with gzip.</summary>
    public bool IsCompressed { get; private set; }

    /// <summary>Bytes of the file (as it lies on the disk) done with. Safe from any thread.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Length of the file on the disk, 0 where it is a pipe.</summary>
    public long Length { get; private init; }

    /// <summary>Unread bytes at hand.</summary>
    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    public static CaptureInput Open(Stream stream) => new(stream) { Length = stream.CanSeek ? stream.Length : 0 };

    /// <summary>Reads the beginning, so that the file's kind can be told: the first bytes, unpacked. May block on a pipe.</summary>
    public void ReadStart()
    {
        FillBlocking(4);
        if (Unread.Length >= 2 && Unread[0] == 0x1F && Unread[1] == 0x8B)
        {
            byte[] head = Unread.ToArray();
            _start = _end = 0;
            IsCompressed = true;
            _source = new GunzipStream(head, _stream);
            FillBlocking(4);
        }
    }

    /// <summary>Drops bytes that are done with.</summary>
    public void Consume(int count)
    {
        _start += count;
        if (!IsCompressed)
        {
            Volatile.Write(ref _position, _position + count);
        }
    }

    /// <summary>
    /// Reads more behind the unread bytes, making room for at least <paramref name="needed"/> in all.
    /// </summary>
    /// <returns>Bytes read, 0 at the end of the input, -1 if nothing came within the time (pipes only).</returns>
    public int Fill(int needed, int timeoutMs, CancellationToken stop)
    {
        if (_pending == null)
        {
            MakeRoom(needed);
        }

        int read;
        if (_isFile)
        {
            read = _source.Read(_buffer, _end, _buffer.Length - _end);
        }
        else
        {
            // Blocking reads of a pipe cannot be cancelled; the buffer stays ours (never pooled) because the read may outlive us.
            _pending ??= Task.Run(() => _source.Read(_buffer, _end, _buffer.Length - _end), CancellationToken.None);
            try
            {
                if (!_pending.Wait(timeoutMs, stop))
                {
                    return -1;
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return -1;
            }
            catch (AggregateException e) when (e.InnerException is { } inner)
            {
                _pending = null;
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
            }

            read = _pending.Result;
            _pending = null;
        }

        _end += read;
        if (IsCompressed && _isFile)
        {
            Volatile.Write(ref _position, _stream.Position);
        }

        return read;
    }

    public void Dispose()
    {
        // Closing a pipe waits for the read under way, and that for a writer who may never write: whoever finishes it closes.
        if (_pending is { IsCompleted: false } pending)
        {
            pending.ContinueWith(static (_, input) => ((CaptureInput)input!).Close(), this, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        else
        {
            Close();
        }
    }

    private void Close()
    {
        if (!ReferenceEquals(_source, _stream))
        {
            _source.Dispose();
        }

        _stream.Dispose();
    }

    private void FillBlocking(int needed)
    {
        while (Unread.Length < needed)
        {
            MakeRoom(needed);
            int read = _source.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                return;
            }

            _end += read;
        }
    }

    private void MakeRoom(int needed)
    {
        int unread = _end - _start;
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, unread);
            _start = 0;
            _end = unread;
        }

        // Doubling as bytes really arrive: a record that only claims to be large costs no memory.
        if (unread == _buffer.Length && needed > unread)
        {
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, Math.Max(_buffer.Length, CaptureReader.MaxBlockBytes)));
        }
    }
}
