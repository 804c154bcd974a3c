using KismetPS.Capture;
using Xunit;

namespace KismetPS.Capture.Tests.Tzsp;

/// <summary>Keeps what a source delivers, and checks the order of its calls.</summary>
internal sealed class RecordingSink : IFrameSink
{
    private readonly object _gate = new();
    private readonly List<(byte[] Packet, FrameInfo Info)> _frames = [];
    private bool _inBatch;
    private int _batches;
    private int _idles;

    public IReadOnlyList<(byte[] Packet, FrameInfo Info)> Frames
    {
        get
        {
            lock (_gate)
            {
                return [.. _frames];
            }
        }
    }

    public int Batches => Volatile.Read(ref _batches);

    public int Idles => Volatile.Read(ref _idles);

    public void BeginBatch()
    {
        Assert.False(_inBatch);
        _inBatch = true;
    }

    public void OnFrame(ReadOnlySpan<byte> packet, in FrameInfo info)
    {
        Assert.True(_inBatch);
        lock (_gate)
        {
            _frames.Add((packet.ToArray(), info));
        }
    }

    public void EndBatch()
    {
        Assert.True(_inBatch);
        _inBatch = false;
        Interlocked.Increment(ref _batches);
    }

    public void OnIdle()
    {
        Assert.False(_inBatch);
        Interlocked.Increment(ref _idles);
    }
}
