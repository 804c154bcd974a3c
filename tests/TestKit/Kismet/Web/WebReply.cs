#nullable enable

using System;
using System.Collections.Generic;
using System.Net.WebSockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace KismetPS.TestKit.Web;

/// <summary>What is answered to one request, and how it goes wrong.</summary>
public sealed class WebReply
{
    /// <summary>Status; 0 closes the connection without a reply.</summary>
    public int Status { get; set; } = 200;

    /// <summary>Body.</summary>
    public byte[] Body { get; set; } = Array.Empty<byte>();

    /// <summary>How often the body is sent, one after the other.</summary>
    public int Times { get; set; } = 1;

    /// <summary>Content type. The real server says JSON even of error text.</summary>
    public string ContentType { get; set; } = "application/json";

    /// <summary>Further headers.</summary>
    public Dictionary<string, string> Headers { get; } = new();

    /// <summary>Bytes of the body after which the connection is cut; -1: none.</summary>
    public int CutAfter { get; set; } = -1;

    /// <summary>Waits before the status line.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Waits between two pieces.</summary>
    public TimeSpan Pause { get; set; }

    /// <summary>Packs the body where the client takes it.</summary>
    public bool Gzip { get; set; }

    /// <summary>Takes the connection over as a WebSocket instead.</summary>
    public Func<WebSocket, CancellationToken, Task>? Socket { get; set; }

    /// <summary>JSON, or anything else under its name.</summary>
    public static WebReply Json(string text, int status = 200) => new() { Status = status, Body = Encoding.UTF8.GetBytes(text) };

    /// <summary>The real server's words for an error: text that says it is JSON.</summary>
    public static WebReply Error(string text, int status = 500) => Json("ERROR: " + text, status);

    /// <summary>A web page.</summary>
    public static WebReply Html(int status, string text = "") => new()
    {
        Status = status,
        ContentType = "text/html",
        Body = Encoding.UTF8.GetBytes($"<html><head><title>{status}</title></head><body><h1>{status}</h1>{text}</body></html>"),
    };

    /// <summary>No reply: the connection is closed.</summary>
    public static WebReply None() => new() { Status = 0 };

    /// <summary>A redirect.</summary>
    public static WebReply Redirect(string where)
    {
        WebReply reply = Html(302);
        reply.Headers["Location"] = where;
        return reply;
    }
}
