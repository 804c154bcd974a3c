namespace KismetPS.Kismet.Rest;

/// <summary>How records lie in an answer; the suffix of the path picks it.</summary>
internal enum JsonAnswerForm
{
    /// <summary><c>.itjson</c>: one record a line, nothing around them.</summary>
    Lines,

    /// <summary><c>.json</c>: an array of records, or an object whose array <c>data</c> has them where a page was asked for.</summary>
    Array,
}
