using System.Text;
using KismetPS.Wireless;

namespace KismetPS.Capture.Tzsp;

/// <summary>Text of tags. What sensors send is not trusted: it is escaped here, since it reaches terminals and files.</summary>
internal static class TzspText
{
    /// <summary>Tag 60: six bytes are a MAC address unless all are printable; others text where printable, else hexadecimal. Null if empty.</summary>
    public static string? Serial(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> text = value.TrimEnd((byte)0);
        if (text.IsEmpty)
        {
            return value.Length == MacAddress.Size ? default(MacAddress).ToString() : null;
        }

        if (!IsPrintable(text) || (value.Length == MacAddress.Size && text.Length != value.Length))
        {
            return value.Length == MacAddress.Size ? MacAddress.Read(value).ToString() : Convert.ToHexString(value);
        }

        return Encoding.ASCII.GetString(text);
    }

    /// <summary>Tags 80, 81 and 83: said to be ASCII, read as its superset UTF-8, shown as names from the air are. Null if empty.</summary>
    public static string? Text(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> text = value.TrimEnd((byte)0);
        return text.IsEmpty ? null : SsidText.ToDisplay(text);
    }

    /// <summary>Bytes of a text tag: UTF-8, cut at 255 bytes between characters.</summary>
    public static byte[] Encode(string text)
    {
        Span<byte> utf8 = stackalloc byte[byte.MaxValue];
        Encoding.UTF8.GetEncoder().Convert(text, utf8, flush: true, out _, out int used, out _);
        return utf8[..used].ToArray();
    }

    private static bool IsPrintable(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E) < 0;
}
