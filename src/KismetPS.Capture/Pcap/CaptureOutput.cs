namespace KismetPS.Capture.Pcap;

/// <summary>A capture file being written through one large buffer that holds whole records only. One thread at a time.</summary>
internal sealed class CaptureOutput : IDisposable
{
    private const int BufferBytes = 1024 * 1024;

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly byte[] _buffer = new byte[BufferBytes];

    // Where records end in the buffer: a disk that fills up takes part of it.
    private readonly List<int> _ends = [];
    private int _used;
    private Exception? _failure;

    /// <summary>Creates the file. Throws <see cref="KismetException"/>: <see cref="KismetErrorId.FileExists"/>, <see cref="KismetErrorId.FileNotWritable"/>.</summary>
    public CaptureOutput(string path, bool noClobber)
        : this(path, Create(path, noClobber))
    {
    }

    /// <summary>Writes to a file that is open and empty, and closes it in the end.</summary>
    public CaptureOutput(string path, FileStream stream)
    {
        _path = path;
        _stream = stream;
    }

    /// <summary>Bytes of the file, those in the buffer counted.</summary>
    public long Length { get; private set; }

    /// <summary>Room for one record of so many bytes, to be filled at once. Throws <see cref="KismetException"/> where the disk fails or failed before.</summary>
    public Span<byte> Reserve(int count)
    {
        if (_failure != null)
        {
            throw NotWritable(_failure);
        }

        if (_buffer.Length - _used < count)
        {
            Flush();
        }

        Span<byte> room = _buffer.AsSpan(_used, count);
        _used += count;
        _ends.Add(_used);
        Length += count;
        return room;
    }

    /// <summary>Writes out the buffer. What does not fit on the disk is lost, the file then ends with the last whole record that fitted.</summary>
    public void Flush()
    {
        if (_failure != null)
        {
            throw NotWritable(_failure);
        }

        if (_used == 0)
        {
            return;
        }

        long before = Length - _used;
        try
        {
            _stream.Write(_buffer, 0, _used);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // The last is what .NET makes of EFBIG: 4 GB on FAT32, or a limit of the user.
            _failure = e;
            CutBehindLastWhole(before);
            throw NotWritable(e);
        }

        _used = 0;
        _ends.Clear();
    }

    /// <summary>Writes out the buffer and closes the file. Throws <see cref="KismetException"/> where that fails and nobody was told before.</summary>
    public void Dispose()
    {
        try
        {
            if (_failure == null)
            {
                Flush();
            }
        }
        finally
        {
            _failure ??= new ObjectDisposedException(_path);
            _stream.Dispose();
        }
    }

    private static FileStream Create(string path, bool noClobber)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Mode = noClobber ? FileMode.CreateNew : FileMode.Create,
                Access = FileAccess.Write,
                Share = FileShare.Read | FileShare.Delete,
                BufferSize = 0,
            });
        }
        catch (IOException e) when (noClobber && File.Exists(path))
        {
            throw new KismetException(KismetErrorId.FileExists, $"'{path}' exists already.", "Choose another name, or allow it to be overwritten.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw NotWritable(path, e);
        }
    }

    private void CutBehindLastWhole(long before)
    {
        try
        {
            if (_stream.CanSeek)
            {
                // Asked of the system: a stream whose write failed does not know how much of it was written.
                long written = RandomAccess.GetLength(_stream.SafeFileHandle) - before;
                int last = _ends.FindLastIndex(end => end <= written);
                _stream.SetLength(before + (last < 0 ? 0 : _ends[last]));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // A torn record at the end: readers give what is before it.
        }
    }

    private KismetException NotWritable(Exception e) => NotWritable(_path, e);

    private static KismetException NotWritable(string path, Exception e) => Directory.Exists(path)
        ? new(KismetErrorId.FileNotWritable, $"'{path}' cannot be written: it is a folder.", "Give the name of a file.", e)
        : new(
            KismetErrorId.FileNotWritable,
            $"'{path}' cannot be written: {(e is DirectoryNotFoundException ? "its folder does not exist." : e.Message)}",
            "Check that the folder exists, may be written to and has space left.",
            e);
}
