using System.Text;
using System.Text.Json;

namespace KismetPS.Export.Transports;

/// <summary>The first message of a connection where a token was given: <c>{"type":"hello","token":"…"}</c>, framed like all others.</summary>
internal static class HelloMessage
{
    public static byte[] Make(string token) => Encoding.UTF8.GetBytes($"{{\"type\":\"hello\",\"token\":\"{JsonEncodedText.Encode(token)}\"}}");
}
