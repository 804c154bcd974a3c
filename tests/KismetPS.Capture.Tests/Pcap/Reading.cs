using KismetPS.Capture.Pcap;

namespace KismetPS.Capture.Tests.Pcap;

/// <summary>What reading some bytes gave.</summary>
internal sealed record Reading(CollectingSink Sink, KismetException? Damage, SourceCounters Counters, IReadOnlyList<FrameOrigin> Origins)
{
    public List<CollectingSink.Packet> Packets => Sink.Packets;

    public static Reading Of(byte[] bytes, CaptureFileOptions? options = null) => Of(new MemoryStream(bytes, false), options);

    public static Reading Of(CaptureBytes bytes, CaptureFileOptions? options = null) => Of(bytes.ToArray(), options);

    public static Reading Of(Stream stream, CaptureFileOptions? options = null) => Of(new CaptureFileSource(stream, "test.cap", options ?? new CaptureFileOptions()));

    public static Reading OfFile(string path, CaptureFileOptions? options = null) => Of(new CaptureFileSource(path, options ?? new CaptureFileOptions()));

    private static Reading Of(CaptureFileSource source)
    {
        using (source)
        {
            var sink = new CollectingSink();
            source.Open();
            source.Run(sink, CancellationToken.None);
            sink.AssertClosed();
            return new Reading(sink, source.Damage, source.ReadCounters(), source.Origins);
        }
    }
}
