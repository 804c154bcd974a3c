using System.Buffers;

namespace KismetPS.Export.Delivery;

/// <summary>Bytes being written; grows as needed and is used again and again.</summary>
internal sealed class MessageBuffer : IBufferWriter<byte>
{
    private byte[] _data = new byte[4096];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _data.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _data.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _data.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _data.AsSpan(Length);
    }

    public void Write(byte value)
    {
        Reserve(1);
        _data[Length++] = value;
    }

    private void Reserve(int count)
    {
        count = Math.Max(count, 1);
        if (_data.Length - Length < count)
        {
            Array.Resize(ref _data, Math.Max(_data.Length * 2, Length + count));
        }
    }
}
