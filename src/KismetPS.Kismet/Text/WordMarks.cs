namespace KismetPS.Kismet.Text;

/// <summary>How a word stood on its line.</summary>
[Flags]
internal enum WordMarks : byte
{
    None = 0,

    /// <summary>It began with the quote byte 0x01.</summary>
    Quoted = 1,

    /// <summary>Quoted, but the line ended before the closing quote: the word is the rest of the line.</summary>
    Unterminated = 2,

    /// <summary>Quoted, and its end and closing quote were lost in the small buffers of a stable server.</summary>
    Cut = 4,

    /// <summary>Something other than a blank followed the closing quote; it was skipped up to the next blank.</summary>
    Glued = 8,
}
