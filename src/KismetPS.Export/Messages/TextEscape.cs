namespace KismetPS.Export.Messages;

/// <summary>
/// What a text must not contain as it is. Whatever the place, characters that end a line, act on a terminal or change how a line reads
/// (controls, format characters, line separators, private use, unassigned, halves of pairs) never get through.
/// </summary>
internal enum TextEscape
{
    /// <summary>A JSON string: \uXXXX, also for what HTML takes for its own.</summary>
    Json,

    /// <summary>A cell: \xNN for each byte; quoting is the caller's.</summary>
    Cell,

    /// <summary>A field between vertical bars: as a cell, and the bar is \x7C.</summary>
    Bar,

    /// <summary>A value of structured data (RFC 5424 6.3.3): quote, backslash and closing bracket behind a backslash.</summary>
    StructuredData,

    /// <summary>A value of a CEF extension: equals sign and backslash behind a backslash.</summary>
    CefExtension,

    /// <summary>A field of the CEF header: bar and backslash behind a backslash.</summary>
    CefHeader,

    /// <summary>The free text of a syslog message.</summary>
    Plain,
}
