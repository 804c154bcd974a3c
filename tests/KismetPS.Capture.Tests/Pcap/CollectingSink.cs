using KismetPS.Capture;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Capture.Tests.Pcap;

/// <summary>Keeps what a source delivers, and holds it to the sink's contract.</summary>
internal sealed class CollectingSink : IFrameSink
{
    private volatile bool _inBatch;
    private int _inThisBatch;

    public List<Packet> Packets { get; } = [];

    public int Batches { get; private set; }

    public int LargestBatch { get; private set; }

    public int Idles { get; private set; }

    /// <summary>Whether no batch is open.</summary>
    public bool IsClosed => !_inBatch;

    /// <summary>Called after each idle call.</summary>
    public Action<int>? OnIdles { get; set; }

    /// <summary>Called after each packet.</summary>
    public Action<int>? OnPacket { get; set; }

    public void BeginBatch()
    {
        Assert.False(_inBatch, "batch in batch");
        _inBatch = true;
        _inThisBatch = 0;
        Batches++;
    }

    public void OnFrame(ReadOnlySpan<byte> packet, in FrameInfo info)
    {
        Assert.True(_inBatch, "frame outside a batch");
        Assert.NotNull(info.Origin);
        LargestBatch = Math.Max(LargestBatch, ++_inThisBatch);
        Packets.Add(new Packet(packet.ToArray(), info.TimestampNs, info.LinkType, info.OriginalLength, info.Origin, info.Radio));
        OnPacket?.Invoke(Packets.Count);
    }

    public void EndBatch()
    {
        Assert.True(_inBatch, "batch ended twice");
        _inBatch = false;
    }

    public void OnIdle()
    {
        Assert.False(_inBatch, "idle inside a batch");
        Idles++;
        OnIdles?.Invoke(Idles);
    }

    public void AssertClosed() => Assert.False(_inBatch, "batch left open");

    internal sealed record Packet(byte[] Bytes, long TimestampNs, LinkType LinkType, int OriginalLength, FrameOrigin Origin, RadioInfo Radio);
}
