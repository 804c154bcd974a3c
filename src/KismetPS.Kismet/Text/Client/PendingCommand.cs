using System.Diagnostics;
using System.Text;

namespace KismetPS.Kismet.Text.Client;

/// <summary>A command whose answer has not come.</summary>
internal sealed class PendingCommand(int id, string text, int sessionId)
{
    private const int MaxLines = 1000;

    private readonly TaskCompletionSource<KismetCommandReply> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _lines = [];
    private readonly long _sent = Stopwatch.GetTimestamp();

    /// <summary>Its number.</summary>
    public int Id => id;

    /// <summary>The answer; a refusal is a <see cref="Capture.KismetException"/>.</summary>
    public Task<KismetCommandReply> Answer => _answer.Task;

    /// <summary>Name of the sentence its answer is, which stable sends behind the acknowledgement; null: none.</summary>
    public string? Expects { get; init; }

    /// <summary>Name of the sentence it switches on, which is not received after all where the command is refused; null: none.</summary>
    public string? Enables { get; init; }

    /// <summary>Whether it is acknowledged already and only waits for what it <see cref="Expects"/>.</summary>
    public bool Acknowledged { get; set; }

    /// <summary>Words of the acknowledgement.</summary>
    public string? Text { get; set; }

    /// <summary>A line that came because of it.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        if (_lines.Count < MaxLines)
        {
            _lines.Add(new KismetSentence(line.ToArray()) { Name = "", Fields = [] }.Raw);
        }
    }

    /// <summary>Served.</summary>
    public void Complete() => _answer.TrySetResult(new KismetCommandReply
    {
        Command = text,
        Id = id,
        Text = Text,
        Lines = _lines,
        Elapsed = Stopwatch.GetElapsedTime(_sent),
        SessionId = sessionId,
    });

    /// <summary>Not served.</summary>
    public void Fail(Capture.KismetException failure) => _answer.TrySetException(failure);
}
