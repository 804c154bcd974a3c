namespace KismetPS.Kismet;

/// <summary>What a server answered to a command it took. A refusal is an error instead.</summary>
public sealed class KismetCommandReply
{
    /// <summary>The command as it was sent, without its number.</summary>
    public required string Command { get; init; }

    /// <summary>Its number on the connection; of an HTTP server the status.</summary>
    public int Id { get; init; }

    /// <summary>The server's text: the acknowledgement, or the body where it is no JSON.</summary>
    public string? Text { get; init; }

    /// <summary>Lines the server sent because of it, before the acknowledgement; empty where there were none.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>JSON body of an HTTP answer, null where there was none.</summary>
    public string? Json { get; init; }

    /// <summary>Time from sending to the answer.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Number of the session.</summary>
    public int SessionId { get; init; }

    /// <summary>The server's text.</summary>
    public override string ToString() => Text ?? Json ?? "OK";
}
