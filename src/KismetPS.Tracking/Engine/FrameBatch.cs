using KismetPS.Capture;

namespace KismetPS.Tracking.Engine;

/// <summary>
/// Frames on their way from the reading to the tracking thread, with their bytes. Used again and again, by one thread at a time: it grows only
/// for a packet that is larger than all of it.
/// </summary>
internal sealed class FrameBatch
{
    private const int MaxFrames = 256;
    private const int InitialBytes = 64 * 1024;

    private readonly PipedFrame[] _frames = new PipedFrame[MaxFrames];
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(InitialBytes);
    private int _count;
    private int _used;

    /// <summary>The engine's batch begins with this.</summary>
    public bool Opens { get; set; }

    /// <summary>The engine's batch ends with this.</summary>
    public bool Closes { get; set; }

    /// <summary>Nothing came for a while.</summary>
    public bool IsIdle { get; set; }

    /// <summary>What is in it.</summary>
    public ReadOnlySpan<PipedFrame> Frames => _frames.AsSpan(0, _count);

    /// <summary>Bytes of an entry.</summary>
    public ReadOnlySpan<byte> Bytes(in PipedFrame frame) => _bytes.AsSpan(frame.Offset, frame.Length);

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        _count = 0;
        _used = 0;
        Opens = Closes = IsIdle = false;
    }

    /// <summary>Whether so many bytes more fit.</summary>
    public bool HasRoom(int bytes) => _count < MaxFrames && (bytes <= _bytes.Length - _used || _count == 0);

    /// <summary>Adds an entry with its bytes, time and origin; the rest is the caller's to write. There must be room.</summary>
    public ref PipedFrame Add(ReadOnlySpan<byte> bytes, long timestampNs, FrameOrigin origin)
    {
        if (bytes.Length > _bytes.Length - _used)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(bytes.Length);
        }

        bytes.CopyTo(_bytes.AsSpan(_used));
        ref PipedFrame frame = ref _frames[_count++];
        frame.Offset = _used;
        frame.Length = bytes.Length;
        frame.Info.TimestampNs = timestampNs;

        // Nearly always the one that stood here before: a reference written costs more than one compared.
        if (!ReferenceEquals(frame.Info.Origin, origin))
        {
            frame.Info.Origin = origin;
        }

        _used += bytes.Length;
        return ref frame;
    }
}
