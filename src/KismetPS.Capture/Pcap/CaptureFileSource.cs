namespace KismetPS.Capture.Pcap;

/// <summary>Reads pcap and pcapng (gzip too) as a stream of packets; TZSP inside is taken out as the listener would.</summary>
internal sealed class CaptureFileSource(string path, CaptureFileOptions options) : IFrameSource
{
    /// <summary>Set after <see cref="Run"/> where the file was damaged: what is wrong and at which offset. What came before was delivered.</summary>
    public KismetException? Damage { get; private set; }

    /// <summary>Looks at every TZSP message found in the file.</summary>
    public Tzsp.IDatagramTap? Tap { get; set; }

    public string EndPoint => path;

    public IReadOnlyList<FrameOrigin> Origins => [];

    public void Open() => _ = options;

    public void Run(IFrameSink sink, CancellationToken stop) => throw new NotImplementedException();

    public SourceCounters ReadCounters() => default;

    public void Dispose() => Damage = null;
}
