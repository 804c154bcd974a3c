namespace KismetPS.Capture.Pcap;

/// <summary>
/// Writes frames to pcapng or pcap, radio facts as radiotap, the origin as an interface; rolls by size and time. One thread at a time.
/// </summary>
internal sealed class CaptureFileWriter : IDisposable
{
    /// <summary>Creates the (first) file. Throws <see cref="KismetException"/>.</summary>
    public CaptureFileWriter(string path, CaptureWriterOptions options)
    {
        Path = path;
        _ = options;
    }

    /// <summary>The file being written now.</summary>
    public string Path { get; private set; }

    /// <summary>Packets written.</summary>
    public long Packets { get; private set; }

    /// <summary>Writes one packet as a source delivered it. Throws <see cref="KismetException"/> where the disk fails.</summary>
    public void Write(ReadOnlySpan<byte> packet, in FrameInfo info) => throw new NotImplementedException();

    /// <summary>Flushes what is buffered.</summary>
    public void Flush()
    {
    }

    public void Dispose() => Path = string.Empty;
}
