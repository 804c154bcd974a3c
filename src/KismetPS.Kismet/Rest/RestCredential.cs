using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Security;
using System.Text;
using KismetPS.Kismet.Connections;

namespace KismetPS.Kismet.Rest;

/// <summary>
/// What proves to the server who asks. It is sent in headers only, since addresses end up in logs, and taken out of everything the server or a proxy
/// says back before a user sees it.
/// </summary>
internal sealed class RestCredential
{
    private readonly string? _header;
    private readonly string? _value;
    private readonly string[] _secrets;

    private RestCredential(string? header, string? value, params string[] secrets)
    {
        _header = header;
        _value = value;
        
        // As it was sent, and as it stands in an address.
        _secrets = [.. secrets.Concat(secrets.Select(Uri.EscapeDataString)).Where(static s => s.Length >= 4).Distinct()];
    }

    /// <summary>Whether there is anything to prove.</summary>
    public bool IsGiven => _header is not null;

    /// <summary>Whether it is a key rather than a user.</summary>
    public bool IsKey => _header == "Cookie";

    /// <summary>Of the options: a key, else user and password, else nothing.</summary>
    public static RestCredential Of(KismetConnectionOptions options)
    {
        if (options.ApiKey is { Length: > 0 } key)
        {
            string text = Plain(key);
            return new RestCredential("Cookie", "KISMET=" + text, text);
        }

        if (options.Credential is NetworkCredential credential)
        {
            // The server compares the scheme by its letters: "basic" is refused.
            string pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.UserName}:{credential.Password}"));
            return new RestCredential("Authorization", "Basic " + pair, pair, credential.Password);
        }

        return new RestCredential(null, null);
    }

    /// <summary>Puts it on a request.</summary>
    public void Apply(HttpRequestHeaders headers)
    {
        if (_header is not null)
        {
            headers.TryAddWithoutValidation(_header, _value);
        }
    }

    /// <summary>Puts it on a WebSocket's request.</summary>
    public void Apply(System.Net.WebSockets.ClientWebSocketOptions options)
    {
        if (_header is not null)
        {
            options.SetRequestHeader(_header, _value);
        }
    }

    /// <summary>Text without what must not be seen, safe for a terminal and cut at a length.</summary>
    public string Scrub(string text)
    {
        foreach (string secret in _secrets)
        {
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        }

        text = Wireless.SsidText.ToDisplay(Encoding.UTF8.GetBytes(text.ReplaceLineEndings(" ").Trim()));
        return text.Length > 300 ? text[..300] + "…" : text;
    }

    /// <summary>Text as a secret.</summary>
    public static SecureString Secret(string text)
    {
        SecureString secret = new();
        foreach (char c in text)
        {
            secret.AppendChar(c);
        }

        secret.MakeReadOnly();
        return secret;
    }

    private static string Plain(SecureString secret)
    {
        nint memory = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return Marshal.PtrToStringUni(memory)!;
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(memory);
        }
    }
}
