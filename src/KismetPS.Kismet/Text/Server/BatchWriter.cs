using System.Buffers;

namespace KismetPS.Kismet.Text.Server;

/// <summary>Collects lines for an <see cref="OutputBatch"/> in pieces that stay out of the large object heap.</summary>
internal sealed class BatchWriter : IBufferWriter<byte>
{
    private const int PieceSize = 64 * 1024;

    private readonly List<ReadOnlyMemory<byte>> _full = [];
    private byte[] _piece = [];
    private int _at;
    private int _length;

    /// <summary>Lines written so far; counted by who writes them.</summary>
    public int Lines { get; set; }

    /// <summary>Bytes written so far.</summary>
    public int Length => _length + _at;

    /// <inheritdoc/>
    public void Advance(int count) => _at += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _piece.AsMemory(_at);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _piece.AsSpan(_at);
    }

    /// <summary>What was written since the last call; null if nothing.</summary>
    public OutputBatch? Take()
    {
        if (Length == 0)
        {
            return null;
        }

        // What is left of the last piece goes on to the next batch only if that is worth it; a reader of this one never sees it.
        if (_at > 0)
        {
            _full.Add(_at < PieceSize / 2 ? _piece.AsSpan(0, _at).ToArray() : _piece.AsMemory(0, _at));
        }

        OutputBatch batch = new([.. _full], _length + _at, Lines);
        if (_at >= PieceSize / 2)
        {
            _piece = [];
        }

        _full.Clear();
        _at = 0;
        _length = 0;
        Lines = 0;
        return batch;
    }

    private void Reserve(int size)
    {
        size = Math.Max(size, 1);
        if (_piece.Length - _at >= size)
        {
            return;
        }

        if (_at > 0)
        {
            _full.Add(_piece.AsMemory(0, _at));
            _length += _at;
        }

        _piece = new byte[Math.Max(PieceSize, size)];
        _at = 0;
    }
}
