using System.Buffers;
using System.Buffers.Text;

namespace KismetPS.Kismet.Text;

/// <summary>Writes commands as the clients of both eras send them. A name, field or argument that would break the line writes nothing and gives false.</summary>
internal static class CommandWriter
{
    /// <summary>The highest number a newcore server gives back whole.</summary>
    public const int MaxId = 999_999_999;

    private const byte Blank = (byte)' ';

    /// <summary>A command with arguments already in their wire form, such as <c>HOPSOURCE uuid LOCK 6</c>; control bytes other than quotes are refused.</summary>
    public static bool TryWrite(IBufferWriter<byte> output, int id, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] == Blank)
        {
            return false;
        }

        foreach (byte b in text)
        {
            if (b < Blank && b != WordReader.Quote)
            {
                return false;
            }
        }

        Span<byte> to = output.GetSpan(text.Length + 14);
        int at = Id(id, to);
        text.CopyTo(to[at..]);
        at += text.Length;
        to[at++] = (byte)'\n';
        output.Advance(at);
        return true;
    }

    /// <summary>CAPABILITY of a sentence.</summary>
    public static bool TryWriteCapability(IBufferWriter<byte> output, int id, ReadOnlySpan<byte> sentence) => TryWriteNamed(output, id, "CAPABILITY "u8, sentence, [], TextEra.Stable);

    /// <summary>REMOVE of a sentence: no more of it.</summary>
    public static bool TryWriteRemove(IBufferWriter<byte> output, int id, ReadOnlySpan<byte> sentence) => TryWriteNamed(output, id, "REMOVE "u8, sentence, [], TextEra.Stable);

    /// <summary>
    /// ENABLE of a sentence with these fields, or with all (<c>*</c>) when there are none. In newcore every name is followed by a comma, as its own client
    /// does; stable would take that for a field without a name.
    /// </summary>
    public static bool TryWriteEnable(IBufferWriter<byte> output, int id, TextEra era, ReadOnlySpan<byte> sentence, ReadOnlySpan<string> fields)
    {
        foreach (string field in fields)
        {
            if (!IsName(field))
            {
                return false;
            }
        }

        return TryWriteNamed(output, id, "ENABLE "u8, sentence, fields.IsEmpty ? ["*"] : fields, era);
    }

    /// <summary>
    /// One argument in its wire form: as it is, or in newcore quoted when it is empty or holds blanks. False when it cannot be sent: control bytes, and
    /// blanks in stable. The destination takes two bytes more than the value.
    /// </summary>
    public static bool TryQuote(ReadOnlySpan<byte> value, TextEra era, Span<byte> destination, out int written)
    {
        written = 0;
        bool quote = value.IsEmpty;
        foreach (byte b in value)
        {
            if (b < Blank)
            {
                return false;
            }

            quote |= b == Blank;
        }

        if (!quote)
        {
            value.CopyTo(destination);
            written = value.Length;
            return true;
        }

        if (era == TextEra.Stable)
        {
            return false;
        }

        destination[0] = WordReader.Quote;
        value.CopyTo(destination[1..]);
        destination[value.Length + 1] = WordReader.Quote;
        written = value.Length + 2;
        return true;
    }

    private static bool TryWriteNamed(IBufferWriter<byte> output, int id, ReadOnlySpan<byte> command, ReadOnlySpan<byte> sentence, ReadOnlySpan<string> fields, TextEra era)
    {
        if (sentence.IsEmpty || sentence.Length > SentenceReader.MaxNameLength || sentence.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            return false;
        }

        int length = 14 + command.Length + sentence.Length + 1;
        foreach (string field in fields)
        {
            length += field.Length + 1;
        }

        Span<byte> to = output.GetSpan(length);
        int at = Id(id, to);
        command.CopyTo(to[at..]);
        at += command.Length;
        sentence.CopyTo(to[at..]);
        at += sentence.Length;
        for (int i = 0; i < fields.Length; i++)
        {
            to[at++] = i == 0 ? Blank : (byte)',';
            at += System.Text.Encoding.ASCII.GetBytes(fields[i], to[at..]);
        }

        if (era != TextEra.Stable && fields is not ["*"])
        {
            to[at++] = (byte)',';
        }

        to[at++] = (byte)'\n';
        output.Advance(at);
        return true;
    }

    private static int Id(int id, Span<byte> to)
    {
        to[0] = (byte)'!';
        Utf8Formatter.TryFormat(id, to[1..], out int length);
        to[length + 1] = Blank;
        return length + 2;
    }

    private static bool IsName(string field)
    {
        foreach (char c in field)
        {
            if (c is <= ' ' or > '~' or ',')
            {
                return false;
            }
        }

        return field.Length > 0;
    }
}
