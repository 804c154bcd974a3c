using System.Globalization;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;

namespace KismetPS.Capture.Pcap;

/// <summary>
/// Reads pcap and pcapng (gzip too) as a stream of packets; TZSP inside is taken out as the listener would.
/// Each interface of the file that heard something is an origin: its if_name, or the file's name and the interface's number.
/// </summary>
internal sealed class CaptureFileSource : IFrameSource
{
    private const int BatchPackets = 256;
    private const int PipeWaitMs = 150;

    private readonly string _path;
    private readonly string _name;
    private readonly CaptureFileOptions _options;
    private readonly PacketRouter _router;
    private readonly Dictionary<string, FrameOrigin> _interfaces = new(StringComparer.Ordinal);
    private Stream? _given;
    private CaptureInput? _input;
    private CaptureReader? _reader;
    private ReplayClock? _clock;
    private long _fallbackNs;
    private bool _batchOpen;
    private int _batchCount;

    /// <param name="path">A file or named pipe; opening a pipe waits for its writer.</param>
    /// <param name="options">How to read it.</param>
    public CaptureFileSource(string path, CaptureFileOptions options)
    {
        _path = path;
        _name = Path.GetFileName(path);
        _options = options;
        _router = new PacketRouter(options.TzspPort);
    }

    /// <param name="stream">What to read; disposed with the source.</param>
    /// <param name="name">Name of the stream for users and origins.</param>
    /// <param name="options">How to read it.</param>
    public CaptureFileSource(Stream stream, string name, CaptureFileOptions options)
        : this(name, options) => _given = stream;

    /// <summary>
    /// Set during <see cref="Run"/> where the file is damaged: what is wrong first and at which offset (of the unpacked content). What came before
    /// was delivered; what comes after too where the next record could be found.
    /// </summary>
    public KismetException? Damage { get; private set; }

    /// <summary>Looks at every TZSP message found in the file.</summary>
    public Tzsp.IDatagramTap? Tap
    {
        get => _router.Tap;
        set => _router.Tap = value;
    }

    public string EndPoint => _path;

    public IReadOnlyList<FrameOrigin> Origins => _router.Origins;

    public void Open()
    {
        Stream stream = _given ?? OpenFile();
        var input = CaptureInput.Open(stream);
        try
        {
            input.ReadStart();
            _reader = CaptureReader.ForMagic(input.Unread) ?? throw new KismetException(
                KismetErrorId.CaptureFormatUnknown,
                input.Unread.IsEmpty ? $"'{_path}' is empty." : $"'{_path}' is no capture file: it begins with neither a pcap nor a pcapng header.",
                "Understood are pcap and pcapng of either byte order, gzip-compressed or not; other formats convert with 'editcap -F pcapng'.");
            _input = input;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            input.Dispose();
            throw NotReadable(e);
        }
        catch (InvalidDataException e)
        {
            input.Dispose();
            throw new KismetException(KismetErrorId.CaptureFormatUnknown, $"'{_path}' begins as a gzip file but cannot be unpacked.", "Check the file with 'gzip -t'.", e);
        }
        catch (KismetException)
        {
            input.Dispose();
            throw;
        }

        _given = null;
        _clock = _options.Speed > 0 ? new ReplayClock(_options.Speed) : null;
    }

    public void Run(IFrameSink sink, CancellationToken stop)
    {
        if (_input is not { } input || _reader is not { } reader)
        {
            throw new InvalidOperationException("Open comes first.");
        }

        try
        {
            ReadAll(input, reader, sink, stop);
        }
        catch (InvalidDataException e)
        {
            NoteDamage(reader.Offset + input.Unread.Length, "the gzip data cannot be unpacked", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotReadable(e);
        }
        finally
        {
            CloseBatch(sink);
        }
    }

    public SourceCounters ReadCounters() => new()
    {
        Received = _router.Received,
        Bytes = _router.Bytes,
        Position = _input?.Position ?? 0,
        Length = _input?.Length ?? 0,
        Drops = _router.ReadDrops(),
    };

    public void Dispose()
    {
        _given?.Dispose();
        _input?.Dispose();
    }

    private void ReadAll(CaptureInput input, CaptureReader reader, IFrameSink sink, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            CaptureReadStatus status = reader.Read(input.Unread, out int consumed, out CaptureRecord record);
            switch (status)
            {
                case CaptureReadStatus.Packet:
                    if (!Deliver(input.Unread.Slice(record.Offset, record.Length), in record, sink, stop))
                    {
                        return;
                    }

                    break;
                case CaptureReadStatus.NeedMore:
                    if (!ReadMore(input, reader, sink, stop))
                    {
                        return;
                    }

                    continue;
                case CaptureReadStatus.Malformed:
                    _router.Drop(SourceDropReason.RecordMalformed);
                    NoteDamage(reader.RecordOffset, reader.Problem!, null);
                    break;
                case CaptureReadStatus.Damaged:
                    NoteDamage(reader.RecordOffset, reader.Problem!, null);
                    return;
            }

            input.Consume(consumed);
        }
    }

    /// <summary>False at the end of the input or when stopped.</summary>
    private bool ReadMore(CaptureInput input, CaptureReader reader, IFrameSink sink, CancellationToken stop)
    {
        CloseBatch(sink);
        int read = input.Fill(reader.Needed, PipeWaitMs, stop);
        if (read < 0)
        {
            sink.OnIdle();
            return !stop.IsCancellationRequested;
        }

        if (read == 0 && !(reader.MayEnd && input.Unread.IsEmpty))
        {
            NoteDamage(reader.RecordOffset, $"the file ends inside {reader.Current}", null);
        }

        return read > 0;
    }

    private bool Deliver(ReadOnlySpan<byte> packet, in CaptureRecord record, IFrameSink sink, CancellationToken stop)
    {
        long time = record.HasTimestamp ? record.TimestampNs : _fallbackNs;
        _fallbackNs = time;
        if (_clock != null && _clock.MustWait(time))
        {
            CloseBatch(sink);
            if (!_clock.Wait(time, sink, stop))
            {
                return false;
            }
        }

        if (!_batchOpen)
        {
            sink.BeginBatch();
            _batchOpen = true;
        }

        CaptureInterface source = record.Interface;
        if (PacketRouter.IsCarrier(source.LinkType))
        {
            _router.Unwrap(packet, source.LinkType, record.OriginalLength, time, sink);
        }
        else
        {
            var info = new FrameInfo { TimestampNs = time, LinkType = source.LinkType, OriginalLength = record.OriginalLength };
            // Of a bare 802.11 interface only: in a radio header it is told for each packet.
            if (source.LinkType == LinkType.Ieee80211)
            {
                info.Radio.Fcs = source.FcsLength switch { 4 => FcsState.Present, 0 => FcsState.Absent, _ => FcsState.Unknown };
            }

            _router.Deliver(packet, ref info, source.Origin ??= OriginOf(source), sink);
        }

        if (++_batchCount >= BatchPackets)
        {
            CloseBatch(sink);
        }

        return true;
    }

    private void CloseBatch(IFrameSink sink)
    {
        _batchCount = 0;
        if (_batchOpen)
        {
            _batchOpen = false;
            sink.EndBatch();
        }
    }

    // The same name again (a second section, a second link type of one sensor) is the same ear.
    private FrameOrigin? OriginOf(CaptureInterface source)
    {
        string id = source.Name ?? (_reader is PcapReader ? _name : string.Create(CultureInfo.InvariantCulture, $"{_name}#{source.Index}"));
        if (!_interfaces.TryGetValue(id, out FrameOrigin? origin))
        {
            origin = _router.AddInterface(id, source.Description ?? source.Name, source.Mac?.ToString());
            if (origin != null)
            {
                _interfaces.Add(id, origin);
            }
        }

        return origin;
    }

    private void NoteDamage(long offset, string problem, Exception? inner) => Damage ??= new KismetException(
        KismetErrorId.CaptureDamaged,
        string.Create(CultureInfo.InvariantCulture, $"'{_path}' is damaged at offset {offset}: {problem}."),
        string.Create(CultureInfo.InvariantCulture, $"The {_router.Received} packets before that were read."),
        inner);

    private FileStream OpenFile()
    {
        try
        {
            // Unbuffered: the window is the buffer. Shared with whoever writes it still.
            var stream = new FileStream(_path, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.SequentialScan,
                BufferSize = 0,
            });
            _fallbackNs = (File.GetLastWriteTimeUtc(_path) - DateTime.UnixEpoch).Ticks * 100;
            return stream;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KismetException(KismetErrorId.FileNotFound, $"There is no file '{_path}'.", "Check the path.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw NotReadable(e);
        }
    }

    private KismetException NotReadable(Exception e) => Directory.Exists(_path)
        ? new KismetException(KismetErrorId.FileNotReadable, $"'{_path}' is a folder, not a capture file.", "Name the files in it, wildcards work: *.pcapng.", e)
        : new KismetException(KismetErrorId.FileNotReadable, $"'{_path}' cannot be read: {e.Message}", "Check that the file can be read by this user.", e);
}
