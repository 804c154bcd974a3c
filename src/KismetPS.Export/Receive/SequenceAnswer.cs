namespace KismetPS.Export.Receive;

/// <summary>What a number says about its message.</summary>
internal enum SequenceAnswer
{
    /// <summary>The next, or one behind a gap.</summary>
    New,

    /// <summary>One that was missing.</summary>
    Late,

    /// <summary>One that was there before.</summary>
    Repeat,
}
