using System.Text;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Text.Client;

/// <summary>Texts and times of a server as users see them. Bounded, and nothing of them can act on a terminal.</summary>
internal static class UserText
{
    private const int MaxText = 1024;
    private const long LastSecond = 253_402_300_799;

    /// <summary>Text from the air: escapes undone, then what could act on a terminal escaped in one way. Stable's word for no name is none.</summary>
    public static string Of(ReadOnlySpan<byte> word)
    {
        word = word[..Math.Min(word.Length, MaxText)];
        if (word.SequenceEqual("<no ssid>"u8))
        {
            return "";
        }

        Span<byte> bytes = stackalloc byte[MaxText];
        return SsidText.ToDisplay(bytes[..MungedText.Decode(word, bytes)]);
    }

    /// <summary>The text of before if it is the same.</summary>
    public static string Kept(string? had, ReadOnlySpan<byte> word)
    {
        // What has nothing to undo or to escape is the same without being made.
        if (had is not null && Ascii.Equals(word, had) && !word.Contains((byte)'\\'))
        {
            return had;
        }

        string text = Of(word);
        return text == had ? had : text;
    }

    /// <summary>A name of the server's own: ASCII.</summary>
    public static string Plain(ReadOnlySpan<byte> word) => word.ContainsAnyExceptInRange((byte)' ', (byte)'~')
        ? SsidText.ToDisplay(word[..Math.Min(word.Length, MaxText)])
        : Encoding.ASCII.GetString(word[..Math.Min(word.Length, MaxText)]);

    /// <summary>A time in seconds; null for none.</summary>
    public static DateTimeOffset? Time(long seconds) => seconds is > 0 and <= LastSecond ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
