using System.Text;

namespace KismetPS.Kismet.Text;

/// <summary>Reads KISMET, the sentence every server starts with, and PROTOCOLS, the one behind it.</summary>
internal static class GreetingReader
{
    // Clients of the time took 24 to 128 characters of each; no honest server has more.
    private const int MaxText = 256;

    /// <summary>Reads either form of KISMET; false when the sentence is another or is too short to have a name.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out KismetGreeting? greeting)
    {
        greeting = null;

        // Stable's rules hold for both: only its servers cut quoted words, and newcore's well-formed ones read the same.
        if (SentenceReader.Read(line, TextEra.Stable, out SentenceReader sentence) != SentenceStatus.Ok || !sentence.Name.SequenceEqual("KISMET"u8) ||
            !sentence.TryRead(out _) || !sentence.TryRead(out Word start) || !sentence.TryRead(out Word name))
        {
            return false;
        }

        DateTimeOffset? started = start.TryGetInt64(out long seconds) && seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        string serverName = Text(name);
        if (!sentence.TryRead(out Word fourth))
        {
            return false;
        }

        if (fourth.IsQuoted)
        {
            int? user = sentence.TryRead(out Word uid) && uid.TryGetInt32(out int id) ? id : null;
            greeting = new KismetGreeting(TextEra.Newcore, serverName, started, null, fourth.IsEmpty ? "" : Text(fourth), user);
            return true;
        }

        string? release = sentence.TryRead(out _) && sentence.TryRead(out Word version) && !version.IsEmpty ? Text(version) : null;
        greeting = new KismetGreeting(TextEra.Stable, serverName, started, release, null, null);
        return true;
    }

    /// <summary>
    /// The era by the sentences a server lists: one that speaks both has the networks of newcore, which tell more, behind a greeting of stable.
    /// Unknown when the list has neither.
    /// </summary>
    public static TextEra EraOfProtocols(ReadOnlySpan<byte> list)
    {
        bool network = false;
        while (!list.IsEmpty)
        {
            int comma = list.IndexOf((byte)',');
            ReadOnlySpan<byte> name = comma < 0 ? list : list[..comma];
            list = comma < 0 ? [] : list[(comma + 1)..];
            if (name.SequenceEqual("BSSID"u8))
            {
                return TextEra.Newcore;
            }

            network |= name.SequenceEqual("NETWORK"u8);
        }

        return network ? TextEra.Stable : TextEra.Unknown;
    }

    private static string Text(Word word)
    {
        ReadOnlySpan<byte> value = word.Value;
        return Encoding.Latin1.GetString(value[..Math.Min(value.Length, MaxText)]);
    }
}
