namespace KismetPS.Kismet.Text.Server;

/// <summary>What is next in a client's queue.</summary>
internal enum ClientQueueState
{
    /// <summary>Nothing waits.</summary>
    Empty = 0,

    /// <summary>Lines, taken out of the queue.</summary>
    Lines,

    /// <summary>A dump, which stays until its last page is taken.</summary>
    Dump,

    /// <summary>Nothing waits any more, and lines were dropped: the client has caught up.</summary>
    CaughtUp,
}
