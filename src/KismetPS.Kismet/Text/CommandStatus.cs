namespace KismetPS.Kismet.Text;

/// <summary>What a server of an era makes of a line from a client.</summary>
internal enum CommandStatus
{
    /// <summary>A command, known or not.</summary>
    Ok = 0,

    /// <summary>Not a command: no exclamation mark, no number, in newcore no command word. The servers say nothing to it.</summary>
    Ignored,

    /// <summary>A number without a command, which stable answers with <see cref="CommandError.InvalidCommand"/>.</summary>
    NoCommand,
}
