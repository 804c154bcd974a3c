using System.Net;
using System.Text;

namespace KismetPS.Kismet.Rest;

/// <summary>An answer that was read whole.</summary>
internal sealed class RestAnswer
{
    public required HttpStatusCode Status { get; init; }

    public required byte[] Body { get; init; }

    public TimeSpan Elapsed { get; init; }

    /// <summary>Where a redirect leads.</summary>
    public Uri? Location { get; init; }

    public bool IsOk => Status == HttpStatusCode.OK;

    /// <summary>Whether the body begins as JSON. The content type says nothing: error text has that of JSON too.</summary>
    public bool IsJson => First is (byte)'{' or (byte)'[';

    /// <summary>Whether it is a web page.</summary>
    public bool IsHtml => First == '<';

    /// <summary>The body as text, without the server's word for errors.</summary>
    public string Text
    {
        get
        {
            string text = Encoding.UTF8.GetString(Body).Trim();
            return text.StartsWith("ERROR: ", StringComparison.Ordinal) ? text["ERROR: ".Length..] : text;
        }
    }

    private byte First
    {
        get
        {
            ReadOnlySpan<byte> text = Body.AsSpan().TrimStart(" \r\n\t"u8);
            return text.IsEmpty ? (byte)0 : text[0];
        }
    }
}
