using System.Text;
using KismetPS.Export.Formats;
using KismetPS.Tracking;

namespace KismetPS.Export.Receive;

/// <summary>
/// Syslog (RFC 5424) as our senders write it: fields in structured data, or CEF as the message. What the sender showed as <c>\xNN</c> (bytes that
/// act on a log) stays as shown: it cannot be told from a text that has those characters.
/// </summary>
internal static class SyslogMessage
{
    private const string Element = "[kismetps@";
    private const string Cef = "CEF:0|KismetPS|KismetPS|";

    /// <summary>Reads one message; never throws.</summary>
    public static ReceivedMessage Read(string text)
    {
        ReadOnlySpan<char> rest = text;
        int end = rest.IndexOf('>');
        if (end is < 2 or > 4 || rest[1..end].IndexOfAnyExceptInRange('0', '9') >= 0 || !rest[(end + 1)..].StartsWith("1 "))
        {
            return new(ReceivedKind.BadSyslog);
        }

        // Time, host, program, process.
        rest = rest[(end + 3)..];
        for (int i = 0; i < 4; i++)
        {
            if (!TryWord(ref rest, out _))
            {
                return new(ReceivedKind.BadSyslog);
            }
        }

        if (!TryWord(ref rest, out ReadOnlySpan<char> id) || KindOf(id) is not ReceivedKind kind)
        {
            return new(ReceivedKind.BadSyslog);
        }

        var draft = new MessageDraft { Kind = kind };
        bool read = rest.StartsWith(Element) ? StructuredData(rest[Element.Length..], draft) : rest.StartsWith("- " + Cef) && Extension(rest[(2 + Cef.Length)..], draft);
        return read ? draft.Build() : new(ReceivedKind.BadSyslog);
    }

    private static ReceivedKind? KindOf(ReadOnlySpan<char> id) => id switch
    {
        "DEVICE" => ReceivedKind.Device,
        "EXPIRED" => ReceivedKind.Expired,
        "ALERT" => ReceivedKind.Alert,
        _ => null,
    };

    private static bool TryWord(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> word)
    {
        int end = rest.IndexOf(' ');
        word = end < 0 ? default : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return word.Length > 0;
    }

    // 32473 stream="s" sequence="1" name="value"] message
    private static bool StructuredData(ReadOnlySpan<char> rest, MessageDraft draft)
    {
        int at = rest.IndexOfAny(' ', ']');
        if (at < 0)
        {
            return false;
        }

        rest = rest[at..];
        while (rest.Length > 0 && rest[0] == ' ')
        {
            int begin = rest.IndexOf("=\"");
            if (begin < 0)
            {
                return false;
            }

            string name = rest[1..begin].ToString();
            rest = rest[(begin + 2)..];
            int end = UnescapedAt(rest, '"');
            if (end < 0)
            {
                return false;
            }

            Take(name, Unescape(rest[..end]), draft);
            rest = rest[(end + 1)..];
        }

        return rest.Length > 0 && rest[0] == ']';
    }

    private static void Take(string name, string value, MessageDraft draft)
    {
        if (name is "stream")
        {
            draft.TakeStream(value);
        }
        else if (name is "sequence")
        {
            draft.TakeSequence(Number(value));
        }
        else if (MessageFields.OfWire(name) is RecordField<KismetDevice> field && !field.TryParse(value, draft.Values))
        {
            draft.Fail(ReceivedKind.BadData);
        }
    }

    // version|id|name|severity|key=value key=value: a value goes up to the blank before the next key.
    private static bool Extension(ReadOnlySpan<char> rest, MessageDraft draft)
    {
        for (int i = 0; i < 4; i++)
        {
            int bar = UnescapedAt(rest, '|');
            if (bar < 0)
            {
                return false;
            }

            rest = rest[(bar + 1)..];
        }

        int equals = UnescapedAt(rest, '=');
        while (equals > 0)
        {
            string key = rest[..equals].ToString();
            rest = rest[(equals + 1)..];
            equals = UnescapedAt(rest, '=');
            int blank = equals < 0 ? rest.Length : rest[..equals].LastIndexOf(' ');
            if (blank < 0)
            {
                return false;
            }

            TakeCef(key, Unescape(rest[..blank]), draft);
            if (equals >= 0)
            {
                rest = rest[(blank + 1)..];
                equals -= blank + 1;
            }
        }

        return true;
    }

    private static void TakeCef(string key, string value, MessageDraft draft)
    {
        if (key is "kismetStream")
        {
            draft.TakeStream(value);
        }
        else if (key is "externalId")
        {
            draft.TakeSequence(Number(value));
        }
        else if (MessageFields.OfCef(key, out bool isTime) is RecordField<KismetDevice> field)
        {
            // Eleven digits of seconds and three of milliseconds reach the year 5138.
            string text = !isTime ? value : value.Length <= 14 && Number(value) is > 0 and long ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("O") : "?";
            if (!field.TryParse(text, draft.Values))
            {
                draft.Fail(ReceivedKind.BadData);
            }
        }
    }

    private static long Number(string text) =>
        long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long number) ? number : 0;

    private static int UnescapedAt(ReadOnlySpan<char> text, char c)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == c)
            {
                return i;
            }
        }

        return -1;
    }

    private static string Unescape(ReadOnlySpan<char> text)
    {
        if (text.IndexOf('\\') < 0)
        {
            return text.ToString();
        }

        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            // RFC 5424 6.3.3: a backslash before anything else is itself.
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\' or ']' or '=' or '|')
            {
                i++;
            }

            plain.Append(text[i]);
        }

        return plain.ToString();
    }
}
