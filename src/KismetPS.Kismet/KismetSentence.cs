using System.Collections.Specialized;
using System.Text;
using KismetPS.Kismet.Text;

namespace KismetPS.Kismet;

/// <summary>One sentence of the text protocol of Kismet servers from 2004 to 2016, as it came.</summary>
public sealed class KismetSentence
{
    private readonly byte[] _bytes;

    internal KismetSentence(byte[] bytes)
    {
        _bytes = bytes;
        Raw = Show(bytes);
    }

    /// <summary>Name of the sentence, such as BSSID.</summary>
    public required string Name { get; init; }

    /// <summary>Dialect it was read in.</summary>
    public TextEra Era { get; init; }

    /// <summary>
    /// Values by field name, in the order of the line: numbers (Int64, Double), Boolean, times (DateTimeOffset, UTC, null for 0), text. Addresses are text
    /// in capitals; text from the air has its octal escapes undone. Words beyond the fields known are <c>word1</c>, <c>word2</c> and so on.
    /// </summary>
    public required OrderedDictionary Fields { get; init; }

    /// <summary>The line, without its end. Bytes that are no printable ASCII, the quotes among them, are shown as <c>\xNN</c>.</summary>
    public string Raw { get; }

    /// <summary>When it was received (UTC).</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Number of the session, 0 if none.</summary>
    public int SessionId { get; init; }

    /// <summary>A copy of the line's bytes.</summary>
    public byte[] GetBytes() => (byte[])_bytes.Clone();

    /// <summary>The line.</summary>
    public override string ToString() => Raw;

    private static string Show(byte[] bytes)
    {
        if (!bytes.AsSpan().ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            return Encoding.ASCII.GetString(bytes);
        }

        StringBuilder text = new(bytes.Length + 32);
        foreach (byte b in bytes)
        {
            _ = b is >= (byte)' ' and <= (byte)'~' ? text.Append((char)b) : text.Append("\\x").Append(b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
