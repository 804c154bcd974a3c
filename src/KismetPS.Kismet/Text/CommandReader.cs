namespace KismetPS.Kismet.Text;

/// <summary>Reads lines from clients: <c>!ID COMMAND arguments</c>. For an era not known yet the rules of newcore hold.</summary>
internal static class CommandReader
{
    /// <summary>Reads one line, its end already taken off. The id is told for <see cref="CommandStatus.NoCommand"/> too.</summary>
    public static CommandStatus Read(ReadOnlySpan<byte> line, TextEra era, out Command command)
    {
        command = default;
        if (line is not [(byte)'!', ..])
        {
            return CommandStatus.Ignored;
        }

        return era == TextEra.Stable ? ReadStable(line[1..], out command) : ReadNewcore(line[1..], era, out command);
    }

    /// <summary>
    /// The era of a client by its first command. The stable client starts with <c>!0 ENABLE GPS lat,lon,...</c>, and only stable ones know NETWORK and
    /// CARD; newcore's start with CAPABILITY or end their lists with a comma.
    /// </summary>
    public static TextEra GuessEra(ReadOnlySpan<byte> firstLine)
    {
        if (Read(firstLine, TextEra.Stable, out Command command) != CommandStatus.Ok || command.Id != 0 || !command.Is("ENABLE"u8) ||
            !command.TryReadEnable(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> fields, out _))
        {
            return TextEra.Newcore;
        }

        bool stable = name.SequenceEqual("NETWORK"u8) || name.SequenceEqual("CARD"u8) || (name.SequenceEqual("GPS"u8) && !fields.EndsWith(","u8));
        return stable ? TextEra.Stable : TextEra.Newcore;
    }

    private static CommandStatus ReadStable(ReadOnlySpan<byte> text, out Command command)
    {
        command = default;
        if (!TryScan(ref text, blanksFirst: true, out int id))
        {
            return CommandStatus.Ignored;
        }

        int blank = text.IndexOf((byte)' ');
        if (blank < 0 || blank + 1 == text.Length)
        {
            command = new Command(TextEra.Stable, id, [], []);
            return CommandStatus.NoCommand;
        }

        text = text[(blank + 1)..];
        blank = text.IndexOf((byte)' ');
        command = blank < 0
            ? new Command(TextEra.Stable, id, text, [])
            : new Command(TextEra.Stable, id, text[..blank], text[(blank + 1)..]);
        return CommandStatus.Ok;
    }

    private static CommandStatus ReadNewcore(ReadOnlySpan<byte> text, TextEra era, out Command command)
    {
        command = default;
        WordReader words = new(text);
        if (!words.TryRead(out Word first) || !words.TryRead(out Word name))
        {
            return CommandStatus.Ignored;
        }

        ReadOnlySpan<byte> number = first.Value;
        if (!TryScan(ref number, blanksFirst: false, out int id))
        {
            return CommandStatus.Ignored;
        }

        command = new Command(era, id, name.Value, words.Rest);
        return CommandStatus.Ok;
    }

    /// <summary>scanf's %u and %d: a sign, digits as far as they go, cut to 32 bits; past 64 bits strtol's limits.</summary>
    private static bool TryScan(ref ReadOnlySpan<byte> text, bool blanksFirst, out int value)
    {
        value = 0;
        ReadOnlySpan<byte> from = blanksFirst ? text.TrimStart(" \t"u8) : text;
        bool negative = from is [(byte)'-', ..];
        if (from is [(byte)'-' or (byte)'+', ..])
        {
            from = from[1..];
        }

        int digits = 0;
        ulong sum = 0;
        bool over = false;
        while (digits < from.Length && (uint)(from[digits] - '0') <= 9)
        {
            uint digit = (uint)(from[digits] - '0');
            over |= sum > (ulong.MaxValue - digit) / 10;
            sum = (sum * 10) + digit;
            digits++;
        }

        if (digits == 0)
        {
            return false;
        }

        ulong limit = blanksFirst ? ulong.MaxValue : long.MaxValue;
        if (over || sum > limit)
        {
            sum = limit;
        }

        value = unchecked((int)(negative ? 0 - sum : sum));
        text = from[digits..];
        return true;
    }
}
