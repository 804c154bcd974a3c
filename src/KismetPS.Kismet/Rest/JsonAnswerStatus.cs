namespace KismetPS.Kismet.Rest;

/// <summary>What an answer came to when its last byte was read.</summary>
internal enum JsonAnswerStatus
{
    /// <summary>Whole.</summary>
    Complete,

    /// <summary>It ends inside a record or before its array is closed.</summary>
    Truncated,

    /// <summary>It is a web page: a proxy's, or that of another server.</summary>
    Html,

    /// <summary>It is no JSON, or text comes after it: the server puts the error of an answer it has begun at its end.</summary>
    Text,
}
