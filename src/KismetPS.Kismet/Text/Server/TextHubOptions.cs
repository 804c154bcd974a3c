namespace KismetPS.Kismet.Text.Server;

/// <summary>How the text server behaves.</summary>
internal sealed class TextHubOptions
{
    /// <summary>Name shown in the greeting.</summary>
    public string ServerName { get; init; } = "KismetPS";

    /// <summary>When the server started, as the greeting tells.</summary>
    public DateTimeOffset StartTime { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>The dialect of all clients; Unknown: newcore, changed to stable for those whose first command shows it.</summary>
    public TextEra Era { get; init; }

    /// <summary>What stable's greeting calls its version: major.minor.tiny.</summary>
    public string StableVersion { get; init; } = typeof(TextHubOptions).Assembly.GetName().Version!.ToString(3);

    /// <summary>The user the server runs as: 0 makes newcore's client warn.</summary>
    public int UserId { get; init; } = Environment.IsPrivilegedProcess ? 0 : 1;

    /// <summary>Numbers of those who connect.</summary>
    public ClientNumbers Numbers { get; init; } = new();

    /// <summary>Whether clients may do more than look.</summary>
    public bool AllowControl { get; init; }

    /// <summary>Bytes that may wait for one client; more are dropped, and it is told and gets a fresh dump. What is shared counts in full.</summary>
    public int QueueBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Longest command line.</summary>
    public int LineCap { get; init; } = 16 * 1024;

    /// <summary>Ends the server; null: it cannot be ended by clients.</summary>
    public Action? Shutdown { get; init; }
}
