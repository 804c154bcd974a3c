namespace KismetPS.Kismet.Text.Server;

/// <summary>What to do about a command.</summary>
internal enum ControlAnswerKind
{
    /// <summary>No such command.</summary>
    Unknown,

    /// <summary>Known, and answered with an error.</summary>
    Refused,

    /// <summary>The server is to end.</summary>
    Shutdown,

    /// <summary>Sources are to be changed; the answer comes when they are.</summary>
    Ordered,
}
