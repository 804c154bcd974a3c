using System.Buffers;

namespace KismetPS.Kismet.Text;

/// <summary>
/// Cuts a byte stream into lines, whatever pieces it comes in. A line ends with LF; one CR before it belongs to the end. NUL bytes are dropped
/// (they made old servers lose input), a line over the cap is skipped to its LF. Both are counted. Memory: at most the cap.
/// </summary>
internal sealed class LineFramer(int cap = LineFramer.DefaultCap)
{
    /// <summary>The newcore server's own limit for a line without an end.</summary>
    public const int DefaultCap = 64 * 1024;

    private static readonly SearchValues<byte> Stops = SearchValues.Create("\n\0"u8);

    private byte[] _held = [];
    private int _length;
    private bool _returned;
    private bool _skipping;

    /// <summary>Lines given out.</summary>
    public long Lines { get; private set; }

    /// <summary>Lines over the cap, each counted once, when it passes the cap.</summary>
    public long LongLines { get; private set; }

    /// <summary>NUL bytes dropped.</summary>
    public long NulBytes { get; private set; }

    /// <summary>Bytes held of a line whose end has not come.</summary>
    public int Pending => _returned ? 0 : _length;

    /// <summary>
    /// Takes the next line out of <paramref name="input"/>, which moves behind it; false when input has none, and then all of it was taken.
    /// The line is good until the next call and as long as the input's memory.
    /// </summary>
    public bool TryRead(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> line)
    {
        if (_returned)
        {
            _returned = false;
            _length = 0;
        }

        while (!input.IsEmpty)
        {
            int stop = input.IndexOfAny(Stops);
            bool whole = stop >= 0 && input[stop] == '\n';
            ReadOnlySpan<byte> piece = stop < 0 ? input : input[..stop];
            input = stop < 0 ? [] : input[(stop + 1)..];
            if (stop >= 0 && !whole)
            {
                NulBytes++;
            }

            if (!_skipping && piece.Length > cap - _length)
            {
                LongLines++;
                _skipping = true;
                _length = 0;
            }

            if (_skipping)
            {
                _skipping = !whole;
                continue;
            }

            if (whole && _length == 0)
            {
                return Give(piece, out line);
            }

            Hold(piece);
            if (whole)
            {
                _returned = true;
                return Give(_held.AsSpan(0, _length), out line);
            }
        }

        line = default;
        return false;
    }

    /// <summary>Forgets a line begun, for a new connection; the counters stay.</summary>
    public void Reset()
    {
        _length = 0;
        _returned = false;
        _skipping = false;
    }

    private bool Give(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> line)
    {
        Lines++;
        line = bytes is [.., (byte)'\r'] ? bytes[..^1] : bytes;
        return true;
    }

    private void Hold(ReadOnlySpan<byte> piece)
    {
        if (piece.Length > _held.Length - _length)
        {
            int size = (int)Math.Min(cap, Math.Max(256L, Math.Max(2L * _held.Length, _length + piece.Length)));
            Array.Resize(ref _held, size);
        }

        piece.CopyTo(_held.AsSpan(_length));
        _length += piece.Length;
    }
}
