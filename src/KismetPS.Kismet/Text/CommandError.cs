namespace KismetPS.Kismet.Text;

/// <summary>What a server answers to a command it cannot serve; the words are those of the era, see <see cref="ReplyWriter"/>.</summary>
internal enum CommandError
{
    None = 0,

    /// <summary>No such command word. Stable says so too, as a second line, behind every error of CAPABILITY, ENABLE and REMOVE.</summary>
    UnknownCommand,

    /// <summary>Stable: a number and nothing else.</summary>
    InvalidCommand,

    /// <summary>A sentence this server does not have.</summary>
    UnknownProtocol,

    /// <summary>A field the sentence does not have.</summary>
    UnknownField,

    /// <summary>Stable: ENABLE without a list of fields.</summary>
    InvalidEnable,

    /// <summary>Newcore: ENABLE with fewer than two words.</summary>
    IllegalEnable,

    /// <summary>Newcore: CAPABILITY with other than one word.</summary>
    IllegalCapability,

    /// <summary>Newcore: REMOVE with other than one word.</summary>
    IllegalRemove,
}
