using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Text;

/// <summary>
/// Writes sentences of either era: <see cref="Begin"/>, one call per field, <see cref="End"/>; or one <c>Raw</c>. Every field is followed by one blank.
/// No field can break the line: what is not printable is escaped and an unquoted word is never empty. One writer may write many sentences;
/// <see cref="Flush"/> hands what is written to the output.
/// </summary>
internal ref struct SentenceWriter
{
    private const int Step = 4096;

    private readonly IBufferWriter<byte> _output;
    private readonly TextEra _era;
    private Span<byte> _span;
    private int _at;

    public SentenceWriter(IBufferWriter<byte> output, TextEra era)
    {
        _output = output;
        _era = era;
        _span = [];
        _at = 0;
    }

    /// <summary>Starts a sentence; the name is upper case as registered.</summary>
    public void Begin(scoped ReadOnlySpan<byte> name)
    {
        Span<byte> to = Need(name.Length + 3);
        to[0] = (byte)'*';
        name.CopyTo(to[1..]);
        to[name.Length + 1] = (byte)':';
        to[name.Length + 2] = (byte)' ';
        _at += name.Length + 3;
    }

    /// <summary>Ends a sentence.</summary>
    public void End()
    {
        Need(1)[0] = (byte)'\n';
        _at++;
    }

    /// <summary>Hands all written to the output. Call it once at the end; the writer may go on after it.</summary>
    public void Flush()
    {
        if (_at > 0)
        {
            _output.Advance(_at);
        }

        _at = 0;
        _span = [];
    }

    /// <summary>A whole sentence of one raw value: neither quoted nor followed by a blank. Its line breaks and control bytes are escaped.</summary>
    public void Raw(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        Begin(name);
        Text(value);
        End();
    }

    /// <summary>A whole sentence of one number, such as TIME.</summary>
    public void Raw(scoped ReadOnlySpan<byte> name, long value)
    {
        Begin(name);
        Utf8Formatter.TryFormat(value, Need(20), out int written);
        _at += written;
        End();
    }

    /// <summary>A whole number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Number(long value)
    {
        Span<byte> to = Need(21);
        if ((ulong)value < 10)
        {
            to[0] = (byte)('0' + value);
            to[1] = (byte)' ';
            _at += 2;
            return;
        }

        Utf8Formatter.TryFormat(value, to, out int written);
        to[written] = (byte)' ';
        _at += written + 1;
    }

    /// <summary>A whole number without sign.</summary>
    public void Number(ulong value)
    {
        Span<byte> to = Need(21);
        Utf8Formatter.TryFormat(value, to, out int written);
        to[written] = (byte)' ';
        _at += written + 1;
    }

    /// <summary>0 or 1.</summary>
    public void Flag(bool value) => Number(value ? 1L : 0L);

    /// <summary>Six decimals: every float of stable, GPS of newcore, and positions of ours in both (the six digits of newcore lose up to 50 m).</summary>
    public void Fixed6(double value) => Fixed(value, 6);

    /// <summary>A rate in Mbit/s with one decimal, as stable prints it (<c>%2.1f</c>).</summary>
    public void Fixed1(double value) => Fixed(value, 1);

    /// <summary>A number with six significant digits, as newcore prints it.</summary>
    public void General(double value)
    {
        int written = FloatText.WriteGeneral(value, Need(40));
        Blank(written);
    }

    /// <summary>A MAC address in upper case.</summary>
    public void Mac(MacAddress value)
    {
        Span<byte> to = Need(18);
        ulong bits = value.Value;
        for (int i = 0, at = 0; i < MacAddress.Size; i++, at += 3)
        {
            int b = (int)(bits >> (40 - (8 * i))) & 0xFF;
            to[at] = Hex(b >> 4);
            to[at + 1] = Hex(b & 15);
            to[at + 2] = (byte)':';
        }

        to[17] = (byte)' ';
        _at += 18;
    }

    /// <summary>An IPv4 address, first number in the highest byte.</summary>
    public void IPv4(uint value)
    {
        Span<byte> to = Need(16);
        int at = 0;
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            Utf8Formatter.TryFormat((byte)(value >> shift), to[at..], out int written);
            at += written;
            to[at++] = shift == 0 ? (byte)' ' : (byte)'.';
        }

        _at += at;
    }

    /// <summary>A UUID in lower case.</summary>
    public void Uuid(Guid value)
    {
        Utf8Formatter.TryFormat(value, Need(37), out int written);
        Blank(written);
    }

    /// <summary>Bytes in quotes, escaped for the era; an empty value is nothing between the quotes in newcore and one blank in stable.</summary>
    public void Quoted(scoped ReadOnlySpan<byte> value) => Quoted(value, blankWhenEmpty: _era == TextEra.Stable);

    /// <summary>
    /// Bytes in quotes. <paramref name="blankWhenEmpty"/>: beaconinfo, cdpdevice and cdpport print one blank for an empty value in both eras, and the
    /// stable client's scanf reads nothing shorter.
    /// </summary>
    public void Quoted(scoped ReadOnlySpan<byte> value, bool blankWhenEmpty)
    {
        Need(3)[0] = WordReader.Quote;
        _at++;
        if (value.IsEmpty && blankWhenEmpty)
        {
            Need(1)[0] = (byte)' ';
            _at++;
        }
        else
        {
            Text(value);
        }

        Span<byte> to = Need(2);
        to[0] = WordReader.Quote;
        to[1] = (byte)' ';
        _at += 2;
    }

    /// <summary>An unquoted word. Blanks in it are escaped like control bytes, and an empty one is written as 0: both would shift the words behind it.</summary>
    public void Word(scoped ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            value = "0"u8;
        }

        Escape(value, (byte)'!');
        Need(1)[0] = (byte)' ';
        _at++;
    }

    /// <summary>A word as another sentence had it, quotes and all.</summary>
    public void Verbatim(scoped Word word)
    {
        ReadOnlySpan<byte> raw = word.Raw;
        Span<byte> to = Need(raw.Length + 1);
        raw.CopyTo(to);
        to[raw.Length] = (byte)' ';
        _at += raw.Length + 1;
    }

    /// <summary>Part of a free text: escaped, neither quoted nor followed by a blank. For values put together from pieces.</summary>
    public void Text(scoped ReadOnlySpan<byte> value) => Escape(value, (byte)' ');

    /// <summary>The quote byte, for values put together from pieces; <paramref name="closing"/> adds the blank behind it.</summary>
    public void QuoteMark(bool closing)
    {
        Span<byte> to = Need(2);
        to[0] = WordReader.Quote;
        to[1] = (byte)' ';
        _at += closing ? 2 : 1;
    }

    private static byte Hex(int digit) => (byte)(digit + (digit < 10 ? '0' : 'A' - 10));

    private void Fixed(double value, int decimals)
    {
        int written = FloatText.WriteFixed(value, decimals, Need(FloatText.MaxLength));
        Blank(written);
    }

    private void Blank(int written)
    {
        // Every Need above asked for the blank too.
        _span[_at + written] = (byte)' ';
        _at += written + 1;
    }

    private void Escape(scoped ReadOnlySpan<byte> value, byte first)
    {
        // In pieces, so that a long text does not ask the output for four times its length at once.
        const int Piece = 256;
        byte last = MungedText.LastPrintable(_era);
        while (!value.IsEmpty)
        {
            ReadOnlySpan<byte> piece = value[..Math.Min(Piece, value.Length)];

            // Not in one statement: asking for room may move the place to add to.
            int written = MungedText.Encode(piece, first, last, Need(piece.Length * MungedText.MaxGrowth));
            _at += written;
            value = value[piece.Length..];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Need(int count)
    {
        if (_span.Length - _at < count)
        {
            Grow(count);
        }

        return _span[_at..];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        Flush();
        _span = _output.GetSpan(Math.Max(count, Step));
    }
}
