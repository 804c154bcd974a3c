using System.Diagnostics;
using KismetPS.Capture.Pcap;
using KismetPS.Wireless;

namespace KismetPS.Capture.Live;

/// <summary>
/// Captures from an interface through libpcap or Npcap: in monitor mode where the interface can. An interface that gives Ethernet or IP is
/// looked into for TZSP, as a capture file is: a receiver on a mirror port.
/// </summary>
internal sealed class LiveSource : IFrameSource
{
    private const int BatchPackets = 256;
    private static readonly TimeSpan s_statsEvery = TimeSpan.FromMilliseconds(500);

    private readonly LiveCaptureOptions _options;
    private readonly PacketRouter _router;
    private readonly object _gate = new();
    private PcapHandle? _handle;
    private FrameOrigin? _origin;
    private long _dropped;
    private int _channel;
    private long _statsRead;
    private bool _running;
    private volatile bool _disposed;

    /// <summary>Makes one; <see cref="Open"/> opens the interface.</summary>
    public LiveSource(LiveCaptureOptions options)
    {
        _options = options;
        _router = new PacketRouter(options.TzspPort);
    }

    /// <summary>Looks at every TZSP message found.</summary>
    public Tzsp.IDatagramTap? Tap
    {
        get => _router.Tap;
        set => _router.Tap = value;
    }

    /// <summary>What the interface gives, after <see cref="Open"/>.</summary>
    public LinkType LinkType { get; private set; } = LinkType.Unknown;

    /// <summary>Whether the interface was put into monitor mode by <see cref="Open"/>.</summary>
    public bool IsMonitor => _handle?.IsMonitor ?? false;

    /// <summary>What it was tuned to last; null: it was left where it was.</summary>
    public int? Channel => Volatile.Read(ref _channel) is var channel and not 0 ? channel : null;

    /// <inheritdoc/>
    public string EndPoint => _options.Interface;

    /// <inheritdoc/>
    public IReadOnlyList<FrameOrigin> Origins => _router.Origins;

    /// <inheritdoc/>
    public void Open()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_handle != null)
        {
            throw new InvalidOperationException("The interface is open.");
        }

        var handle = new PcapHandle(PcapApi.Installed, _options);
        try
        {
            if (_options.Channel is int channel)
            {
                Tune(channel);
            }
        }
        catch (KismetException)
        {
            handle.Dispose();
            throw;
        }

        LinkType = PacketRouter.ToLinkType(handle.DataLink);
        _handle = handle;
    }

    /// <summary>Tunes the interface, on any thread but one at a time. Throws <see cref="KismetException"/>.</summary>
    public void Tune(int channel)
    {
        ChannelTuner.Tune(_options.Interface, channel);
        Volatile.Write(ref _channel, channel);
    }

    /// <inheritdoc/>
    public void Run(IFrameSink sink, CancellationToken stop)
    {
        PcapHandle handle;
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            handle = _handle ?? throw new InvalidOperationException("The interface is not open.");
            if (_running)
            {
                throw new InvalidOperationException("The capture runs already.");
            }

            _running = true;
        }

        try
        {
            while (!stop.IsCancellationRequested && !_disposed)
            {
                if (!ReadBatch(handle, sink))
                {
                    sink.OnIdle();
                    handle.Wait();
                }

                ReadDropped(handle);
            }
        }
        finally
        {
            lock (_gate)
            {
                _statsRead = 0;
                ReadDropped(handle);
                _running = false;
                if (_disposed)
                {
                    handle.Dispose();
                }
            }
        }
    }

    /// <inheritdoc/>
    public SourceCounters ReadCounters() => new()
    {
        Received = _router.Received,
        Bytes = _router.Bytes,
        KernelDropped = Volatile.Read(ref _dropped),
        ReceiveBufferBytes = _options.BufferBytes,
        Drops = _router.ReadDrops(),
    };

    /// <summary>Closes the interface; while <see cref="Run"/> is under way, as its last act, within a tenth of a second.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            if (!_running)
            {
                _handle?.Dispose();
            }
        }
    }

    /// <summary>Delivers what is there, a batch at most; false if nothing was.</summary>
    private bool ReadBatch(PcapHandle handle, IFrameSink sink)
    {
        if (!handle.TryNext(out ReadOnlySpan<byte> packet, out int originalLength, out long timestampNs))
        {
            return false;
        }

        sink.BeginBatch();
        try
        {
            // Where reads wait, no batch may be open during one.
            int most = handle.CanWait ? BatchPackets : 1;
            int count = 0;
            do
            {
                if (PacketRouter.IsCarrier(LinkType))
                {
                    _router.Unwrap(packet, LinkType, originalLength, timestampNs, sink);
                }
                else
                {
                    var info = new FrameInfo { TimestampNs = timestampNs, LinkType = LinkType, OriginalLength = originalLength };
                    _router.Deliver(packet, ref info, _origin ??= _router.AddInterface(_options.Interface, null, null), sink);
                }
            }
            while (++count < most && handle.TryNext(out packet, out originalLength, out timestampNs));
        }
        finally
        {
            sink.EndBatch();
        }

        return true;
    }

    // The library's call is not for two threads: this thread asks, the others read what it heard.
    private void ReadDropped(PcapHandle handle)
    {
        if (_statsRead != 0 && Stopwatch.GetElapsedTime(_statsRead) < s_statsEvery)
        {
            return;
        }

        _statsRead = Stopwatch.GetTimestamp();
        if (handle.TryReadDropped(out long dropped))
        {
            Volatile.Write(ref _dropped, dropped);
        }
    }
}
