using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KismetPS.Kismet.Text;

/// <summary>
/// Splits at single blanks outside 0x01 quotes. Two blanks in a row hold an empty word (newcore's freqmhz and CLIENT.dot11d), so words keep their
/// places; a blank behind the last word is its end, not one word more.
/// </summary>
internal ref struct WordReader
{
    /// <summary>The quote byte. It has no escape: text from the air never holds it, see <see cref="MungedText"/>.</summary>
    public const byte Quote = 1;

    private const byte Blank = (byte)' ';

    private readonly ReadOnlySpan<byte> _data;
    private readonly ReadOnlySpan<byte> _cuts;
    private int _at;
    private ulong _marks;
    private int _block;
    private int _scanned;

    /// <summary>Reads the words of <paramref name="data"/>; <paramref name="cuts"/> are the lengths at which the sender loses closing quotes.</summary>
    public WordReader(ReadOnlySpan<byte> data, ReadOnlySpan<byte> cuts = default)
    {
        _data = data;
        _cuts = cuts;
    }

    /// <summary>Marks of all words read so far.</summary>
    public WordMarks Seen { get; private set; }

    /// <summary>What has not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _at >= _data.Length ? [] : _data[_at..];

    /// <summary>The next word; false at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(out Word word)
    {
        int start = _at;
        if (start >= _data.Length)
        {
            word = default;
            return false;
        }

        if (_data[start] == Quote)
        {
            ReadQuoted(start, out word);
            return true;
        }

        int end = NextMark();
        while (end < _data.Length && _data[end] != Blank)
        {
            end = NextMark();
        }

        word = new Word(_data[start..end], WordMarks.None);
        _at = end + 1;
        return true;
    }

    /// <summary>Everything up to the end as one word, less the blank that ends it: the free text of stable STRING.</summary>
    public bool TryReadRest(out Word word)
    {
        ReadOnlySpan<byte> rest = Rest;
        _at = _data.Length;
        word = new Word(rest is [.., Blank] ? rest[..^1] : rest, WordMarks.None);
        return !rest.IsEmpty;
    }

    private void ReadQuoted(int start, out Word word)
    {
        NextMark();
        int close = NextMark();
        while (close < _data.Length && _data[close] != Quote)
        {
            close = NextMark();
        }

        if (!_cuts.IsEmpty && close - start - 1 > _cuts[0] && TryFindCut(start, close, out int cut))
        {
            Take(start, cut, cut + 1, WordMarks.Quoted | WordMarks.Cut, out word);
            Seek(cut + 1);
            return;
        }

        if (close >= _data.Length)
        {
            int end = _data[^1] == Blank && _data.Length - 1 > start ? _data.Length - 1 : _data.Length;
            Take(start, end, _data.Length, WordMarks.Quoted | WordMarks.Unterminated, out word);
            return;
        }

        int next = close + 1;
        if (next == _data.Length || _data[next] == Blank)
        {
            if (next < _data.Length)
            {
                NextMark();
            }

            Take(start, next, next + 1, WordMarks.Quoted, out word);
            return;
        }

        int blank = NextMark();
        while (blank < _data.Length && _data[blank] != Blank)
        {
            blank = NextMark();
        }

        Take(start, blank, blank + 1, WordMarks.Quoted | WordMarks.Glued, out word);
    }

    private void Take(int start, int end, int next, WordMarks marks, out Word word)
    {
        Seen |= marks;
        _at = next;
        word = new Word(_data[start..end], marks);
    }

    /// <summary>
    /// A stable server prints a value into a small buffer, so a long one loses its end and its closing quote and the opening quote of a later word
    /// looks like its end. Told by what would follow: a closing quote not followed by a blank, or an odd number of quotes left.
    /// </summary>
    private readonly bool TryFindCut(int start, int close, out int cut)
    {
        cut = 0;
        bool closed = close + 1 == _data.Length || (close + 1 < _data.Length && _data[close + 1] == Blank);
        if (closed && (_data[start..].Count(Quote) & 1) == 0)
        {
            return false;
        }

        foreach (byte length in _cuts)
        {
            cut = start + 1 + length;
            if (cut <= close && (cut == _data.Length || (cut < _data.Length && _data[cut] == Blank)))
            {
                return true;
            }
        }

        return false;
    }

    private void Seek(int position)
    {
        _scanned = position;
        _marks = 0;
    }

    /// <summary>Position of the next blank or quote, or the length of the data. Found 64 bytes at a time, as most words are shorter than a search costs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NextMark()
    {
        while (_marks == 0)
        {
            if (_scanned >= _data.Length)
            {
                return _data.Length;
            }

            Scan();
        }

        int mark = _block + BitOperations.TrailingZeroCount(_marks);
        _marks &= _marks - 1;
        return mark;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Scan()
    {
        _block = _scanned;
        ref byte from = ref Unsafe.Add(ref MemoryMarshal.GetReference(_data), _block);
        int count = Math.Min(64, _data.Length - _block);
        _scanned += count;
        ulong marks = 0;
        int at = 0;
        for (; at + 16 <= count; at += 16)
        {
            marks |= (ulong)Marks(ref from, at) << at;
        }

        int rest = count - at;
        if (rest > 0)
        {
            if (_data.Length >= 16)
            {
                // The last 16 bytes again, less those already seen.
                marks |= (ulong)(Marks(ref from, count - 16) >> (16 - rest)) << at;
            }
            else
            {
                for (; at < count; at++)
                {
                    if (Unsafe.Add(ref from, at) is Blank or Quote)
                    {
                        marks |= 1UL << at;
                    }
                }
            }
        }

        _marks = marks;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Marks(ref byte from, int at)
    {
        Vector128<byte> bytes = Vector128.LoadUnsafe(ref Unsafe.Add(ref from, at));
        return (Vector128.Equals(bytes, Vector128.Create(Blank)) | Vector128.Equals(bytes, Vector128.Create(Quote))).ExtractMostSignificantBits();
    }
}
