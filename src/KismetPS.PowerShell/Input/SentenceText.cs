using System.Globalization;
using System.Text;

namespace KismetPS.PowerShell.Input;

/// <summary>Text of a recorded line as the bytes it was.</summary>
internal static class SentenceText
{
    private const char Quote = '\u0001';

    /// <summary>Each character is a byte, or where some are none, the text is UTF-8. Where there is no quote byte, <c>\xNN</c> is one, as KismetSentence.Raw writes it.</summary>
    public static byte[] ToBytes(string line)
    {
        if (line.Contains("\\x", StringComparison.Ordinal) && !line.Contains(Quote, StringComparison.Ordinal))
        {
            line = Unescape(line);
        }

        return line.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF') ? Encoding.UTF8.GetBytes(line) : Encoding.Latin1.GetBytes(line);
    }

    private static string Unescape(string line)
    {
        StringBuilder text = new(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\' && i + 3 < line.Length && line[i + 1] == 'x' && byte.TryParse(line.AsSpan(i + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                text.Append((char)value);
                i += 3;
            }
            else
            {
                text.Append(line[i]);
            }
        }

        return text.ToString();
    }
}
