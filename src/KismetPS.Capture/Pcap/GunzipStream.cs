using System.IO.Compression;

namespace KismetPS.Capture.Pcap;

/// <summary>
/// Unpacks gzip, several members too, and notices where the packed data ends early. Reading only; does not own the stream behind.
/// </summary>
/// <remarks>
/// <see cref="GZipStream"/> takes the end of its input for the end of the content wherever it comes. So behind the input we put a member of
/// our own: after whole data it unpacks to what we put in, inside cut data it cannot.
/// </remarks>
internal sealed class GunzipStream : Stream
{
    private const int MaxTail = 16 * 1024 * 1024;

    private static readonly byte[] Mark = "KismetPS: end of the packed data"u8.ToArray();
    private static readonly byte[] PackedMark = Pack(Mark);

    private readonly PackedInput _input;
    private readonly GZipStream _gzip;
    private MemoryStream? _tail;

    /// <param name="head">Bytes already taken from the stream.</param>
    /// <param name="rest">The stream.</param>
    public GunzipStream(byte[] head, Stream rest)
    {
        _input = new PackedInput(head, rest);
        _gzip = new GZipStream(_input, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Reads unpacked bytes. Throws <see cref="InvalidDataException"/> where the packed data is bent or cut.</summary>
    public override int Read(Span<byte> buffer)
    {
        if (_tail != null)
        {
            return _tail.Read(buffer);
        }

        int read = _gzip.Read(buffer);
        if (!_input.AtMark)
        {
            return read;
        }

        // From here on content and mark are not told apart until all is there.
        var tail = new MemoryStream();
        tail.Write(buffer[..read]);
        byte[] piece = new byte[4096];
        while ((read = _gzip.Read(piece)) > 0 && tail.Length < MaxTail)
        {
            tail.Write(piece, 0, read);
        }

        long content = tail.Length - Mark.Length;
        if (content < 0 || !tail.GetBuffer().AsSpan((int)content, Mark.Length).SequenceEqual(Mark))
        {
            throw new InvalidDataException("The packed data ends early, or something else stands behind it.");
        }

        tail.SetLength(content);
        tail.Position = 0;
        _tail = tail;
        return _tail.Read(buffer);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] Pack(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>What was read already, the stream, the mark.</summary>
    private sealed class PackedInput(byte[] head, Stream rest) : Stream
    {
        private int _headAt;
        private int _markAt;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        /// <summary>Whether the stream ended and the mark was begun.</summary>
        public bool AtMark { get; private set; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int read = Take(head, ref _headAt, buffer);
            if (read == 0 && !AtMark)
            {
                read = rest.Read(buffer);
            }

            if (read == 0)
            {
                AtMark = true;
                read = Take(PackedMark, ref _markAt, buffer);
            }

            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private static int Take(byte[] from, ref int at, Span<byte> buffer)
        {
            int count = Math.Min(from.Length - at, buffer.Length);
            from.AsSpan(at, count).CopyTo(buffer);
            at += count;
            return count;
        }
    }
}
