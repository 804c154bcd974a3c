namespace KismetPS.Kismet.Text;

/// <summary>A client's command as a server of its era reads it.</summary>
internal ref struct Command
{
    private readonly TextEra _era;

    public Command(TextEra era, int id, ReadOnlySpan<byte> name, ReadOnlySpan<byte> arguments)
    {
        _era = era;
        Id = id;
        Name = name;
        Arguments = arguments;
    }

    /// <summary>The number the answer carries; wrapped to 32 bits as both eras do.</summary>
    public int Id { get; }

    /// <summary>The command word as sent; compare it with <see cref="Is"/>.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>Everything behind the command word and its blank.</summary>
    public ReadOnlySpan<byte> Arguments { get; private set; }

    /// <summary>Whether the command is this one: case counts in stable, not in newcore. The name asked for is upper case.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name) => EraText.Equals(Name, name, _era);

    /// <summary>The next argument: up to a blank, in newcore outside quotes; false when none is left.</summary>
    public bool TryReadArgument(out Word argument)
    {
        if (_era == TextEra.Stable)
        {
            // Quotes mean nothing here, and a blank at the end of the line belongs to what is read last.
            if (Arguments.IsEmpty)
            {
                argument = default;
                return false;
            }

            int blank = Arguments.IndexOf((byte)' ');
            argument = new Word(blank < 0 ? Arguments : Arguments[..blank], WordMarks.None);
            Arguments = blank < 0 ? [] : Arguments[(blank + 1)..];
            return true;
        }

        WordReader words = new(Arguments);
        bool found = words.TryRead(out argument);
        Arguments = words.Rest;
        return found;
    }

    /// <summary>How many arguments are left.</summary>
    public readonly int CountArguments()
    {
        Command rest = this;
        int count = 0;
        while (rest.TryReadArgument(out _))
        {
            count++;
        }

        return count;
    }

    /// <summary>
    /// Reads the arguments of CAPABILITY or REMOVE: the sentence's name. False with the error to answer.
    /// Stable takes the rest of the line for the name, a blank at its end too; newcore wants exactly one word.
    /// </summary>
    public bool TryReadSentenceName(out ReadOnlySpan<byte> name, out CommandError error)
    {
        name = [];
        if (_era == TextEra.Stable)
        {
            name = Arguments;
            error = name.IsEmpty ? CommandError.UnknownCommand : CommandError.None;
            return error == CommandError.None;
        }

        error = Is("REMOVE"u8) ? CommandError.IllegalRemove : CommandError.IllegalCapability;
        if (CountArguments() != 1)
        {
            return false;
        }

        TryReadArgument(out Word word);
        name = word.Value;
        error = CommandError.None;
        return true;
    }

    /// <summary>
    /// Reads the arguments of ENABLE: the sentence's name and the list of fields. False with the error to answer.
    /// Stable takes the rest of the line for the list; newcore its first word, ignoring what follows.
    /// </summary>
    public bool TryReadEnable(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> fields, out CommandError error)
    {
        name = [];
        fields = [];
        if (_era == TextEra.Stable)
        {
            if (Arguments.IsEmpty)
            {
                error = CommandError.UnknownCommand;
                return false;
            }

            TryReadArgument(out Word first);
            name = first.Value;
            fields = Arguments;
            error = fields.IsEmpty ? CommandError.InvalidEnable : CommandError.None;
            return error == CommandError.None;
        }

        if (!TryReadArgument(out Word word) || !TryReadArgument(out Word list))
        {
            error = CommandError.IllegalEnable;
            return false;
        }

        name = word.Value;
        fields = list.Value;
        error = CommandError.None;
        return true;
    }
}
