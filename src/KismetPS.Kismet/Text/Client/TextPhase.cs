namespace KismetPS.Kismet.Text.Client;

/// <summary>Where a conversation with a text server stands.</summary>
internal enum TextPhase
{
    /// <summary>KISMET and PROTOCOLS have not both come.</summary>
    Greeting = 0,

    /// <summary>Asked what its sentences offer.</summary>
    Listing,

    /// <summary>Asked for the sentences; not all answers have come.</summary>
    Enabling,

    /// <summary>Everything that was asked for comes.</summary>
    Running,

    /// <summary>What answers is no Kismet server of this protocol.</summary>
    NotKismet,
}
