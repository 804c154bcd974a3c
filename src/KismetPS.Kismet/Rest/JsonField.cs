using System.Buffers;
using System.Text;
using System.Text.Json;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Rest;

/// <summary>
/// Values of a server's JSON at a reader that stands on them. The server writes 0 for whatever a device does not have, whatever its type: 0 where text,
/// a list or an object belongs is nothing. Anything else of a wrong type is nothing too, and told to the caller. No duplicate name can disturb.
/// </summary>
internal static class JsonField
{
    /// <summary>Text; <paramref name="old"/> is given back where it is the same, so that nothing is allocated. Empty text is null.</summary>
    public static string? Text(ref Utf8JsonReader reader, string? old, ref int wrong)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            if (reader.ValueSpan.IsEmpty)
            {
                return null;
            }

            return old is not null && Same(ref reader, old) ? old : Encoding.UTF8.GetString(Bytes(ref reader));
        }

        Absent(ref reader, ref wrong);
        return null;
    }

    /// <summary>A network name as users see names of networks. The server has escaped what it took for unprintable, and quotes and backslashes.</summary>
    public static string? Name(ref Utf8JsonReader reader, ref int wrong, string? old = null)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            // Most names are plain and stay what they were: they are shown as they are written.
            if (old is not null && Same(ref reader, old) && !old.AsSpan().ContainsAnyExceptInRange(' ', '~') && !old.Contains('\\', StringComparison.Ordinal))
            {
                return old;
            }

            byte[] bytes = Bytes(ref reader);
            return SsidText.ToDisplay(bytes.AsSpan(0, Unescape(bytes)));
        }

        Absent(ref reader, ref wrong);
        return null;
    }

    /// <summary>A number; one with a fraction is cut, text is nothing.</summary>
    public static long Number(ref Utf8JsonReader reader, ref int wrong)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt64(out long value) ? value
                : reader.TryGetDouble(out double fraction) && Math.Abs(fraction) < 9e18 ? (long)fraction
                : 0;
        }

        if (reader.TokenType is JsonTokenType.True)
        {
            return 1;
        }

        Absent(ref reader, ref wrong);
        return 0;
    }

    /// <summary>A number with a fraction.</summary>
    public static double Fraction(ref Utf8JsonReader reader, ref int wrong)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetDouble(out double value) && double.IsFinite(value) ? value : 0;
        }

        Absent(ref reader, ref wrong);
        return 0;
    }

    /// <summary>An address; false for anything else, and for the zero address that stands for none.</summary>
    public static bool TryAddress(ref Utf8JsonReader reader, out MacAddress address)
    {
        address = default;
        Span<char> text = stackalloc char[24];
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || reader.ValueSpan.Length > text.Length)
        {
            reader.Skip();
            return false;
        }

        int length = Encoding.ASCII.GetChars(reader.ValueSpan, text);
        return MacAddress.TryParse(text[..length], null, out address) && !address.IsZero;
    }

    /// <summary>A place as <c>[longitude, latitude]</c>; 0, 0 is none.</summary>
    public static bool TryPlace(ref Utf8JsonReader reader, out double latitude, out double longitude, ref int wrong)
    {
        latitude = longitude = 0;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Absent(ref reader, ref wrong);
            return false;
        }

        int count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            double value = Fraction(ref reader, ref wrong);
            (longitude, latitude) = count++ switch { 0 => (value, latitude), 1 => (longitude, value), _ => (longitude, latitude) };
        }

        return count >= 2 && (latitude != 0 || longitude != 0) && Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180;
    }

    /// <summary>Passes what is no value of the kind wanted.</summary>
    public static void Absent(ref Utf8JsonReader reader, ref int wrong)
    {
        bool nothing = reader.TokenType is JsonTokenType.Null or JsonTokenType.False
            || (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long value) && value == 0)
            || (reader.TokenType == JsonTokenType.String && reader.ValueSpan.IsEmpty);
        if (!nothing)
        {
            wrong++;
        }

        reader.Skip();
    }

    /// <summary>The string's bytes. The reader's own way throws on bytes that are no UTF-8.</summary>
    public static byte[] Bytes(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> raw = reader.ValueSpan;
        if (!reader.ValueIsEscaped)
        {
            return raw.ToArray();
        }

        ArrayBufferWriter<byte> bytes = new(raw.Length);
        while (!raw.IsEmpty)
        {
            int slash = raw.IndexOf((byte)'\\');
            int plain = slash < 0 ? raw.Length : slash;
            bytes.Write(raw[..plain]);
            raw = raw[plain..];
            if (!raw.IsEmpty)
            {
                raw = raw[Escape(raw, bytes)..];
            }
        }

        return bytes.WrittenSpan.ToArray();
    }

    // The reader has checked the form of escapes, not that surrogates come in pairs.
    private static int Escape(ReadOnlySpan<byte> raw, ArrayBufferWriter<byte> bytes)
    {
        if (raw[1] != 'u')
        {
            bytes.Write([raw[1] switch { (byte)'n' => (byte)'\n', (byte)'r' => (byte)'\r', (byte)'t' => (byte)'\t', (byte)'b' => (byte)'\b', (byte)'f' => (byte)'\f', byte b => b }]);
            return 2;
        }

        int used = 6;
        char first = Unit(raw);
        Rune rune = Rune.ReplacementChar;
        if (char.IsHighSurrogate(first) && raw.Length >= 12 && raw[6] == '\\' && raw[7] == 'u' && Rune.TryCreate(first, Unit(raw[6..]), out Rune pair))
        {
            (rune, used) = (pair, 12);
        }
        else if (Rune.TryCreate(first, out Rune single))
        {
            rune = single;
        }

        Span<byte> utf8 = stackalloc byte[4];
        bytes.Write(utf8[..rune.EncodeToUtf8(utf8)]);
        return used;
    }

    private static char Unit(ReadOnlySpan<byte> escape) =>
        System.Buffers.Text.Utf8Parser.TryParse(escape.Slice(2, 4), out ushort unit, out _, 'x') ? (char)unit : '\uFFFD';

    private static bool Same(ref Utf8JsonReader reader, string old)
    {
        if (reader.ValueIsEscaped)
        {
            return false;
        }

        Span<char> text = stackalloc char[256];
        return reader.ValueSpan.Length <= text.Length && text[..Encoding.UTF8.GetChars(reader.ValueSpan, text)].SequenceEqual(old);
    }

    // Three octal digits after a backslash (all releases), \" and \\ (since 2020, where the escapes of JSON are written twice). In place.
    private static int Unescape(Span<byte> bytes)
    {
        int slash = bytes.IndexOf((byte)'\\');
        if (slash < 0)
        {
            return bytes.Length;
        }

        int to = slash;
        for (int from = slash; from < bytes.Length; from++)
        {
            byte b = bytes[from];
            if (b == '\\' && from + 3 < bytes.Length && Octal(bytes[from + 1], 3) && Octal(bytes[from + 2], 7) && Octal(bytes[from + 3], 7))
            {
                b = (byte)(((bytes[from + 1] - '0') << 6) | ((bytes[from + 2] - '0') << 3) | (bytes[from + 3] - '0'));
                from += 3;
            }
            else if (b == '\\' && from + 1 < bytes.Length && bytes[from + 1] is (byte)'"' or (byte)'\\')
            {
                b = bytes[++from];
            }

            bytes[to++] = b;
        }

        return to;
    }

    private static bool Octal(byte b, int highest) => (uint)(b - '0') <= (uint)highest;
}
