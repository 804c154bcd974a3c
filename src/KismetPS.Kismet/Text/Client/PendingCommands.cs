using KismetPS.Capture;

namespace KismetPS.Kismet.Text.Client;

/// <summary>The commands of users whose answers have not come, by their numbers.</summary>
internal sealed class PendingCommands
{
    private const int MaxPending = 1024;

    private readonly Dictionary<int, PendingCommand> _pending = [];

    /// <summary>Whether any command waits.</summary>
    public bool Any => _pending.Count > 0;

    /// <summary>Refuses one more than may wait.</summary>
    public void CheckRoom()
    {
        if (_pending.Count >= MaxPending)
        {
            throw new KismetException(KismetErrorId.LimitExceeded, $"{MaxPending} commands wait for their answers already.", "Wait for them, or connect again.");
        }
    }

    /// <summary>A command was sent.</summary>
    public void Add(PendingCommand command) => _pending.Add(command.Id, command);

    /// <summary>Nobody waits for an answer any more.</summary>
    public void Forget(PendingCommand command) => _pending.Remove(command.Id);

    /// <summary>All commands without answer fail with this.</summary>
    public void Abandon(KismetException failure)
    {
        foreach (PendingCommand command in _pending.Values)
        {
            command.Fail(failure);
        }

        _pending.Clear();
    }

    /// <summary>
    /// Takes an answer; gives the command if it was refused. One to a number that is not known is the second line of stable's errors, or nobody waits for
    /// it any more.
    /// </summary>
    public PendingCommand? TakeReply(in Reply reply)
    {
        if (!_pending.TryGetValue(reply.Id, out PendingCommand? command))
        {
            return null;
        }

        string text = UserText.Plain(reply.Text);
        if (!reply.IsAck)
        {
            _pending.Remove(reply.Id);
            command.Fail(new KismetException(KismetErrorId.CommandRefused, text.Length == 0 ? "The server refused the command." : text.TrimEnd(), "These are the server's words; its own messages, Get-KismetServerInfo shows them, may tell more."));
            return command;
        }

        command.Text = text.Length == 0 ? null : text;
        if (command.Expects is null)
        {
            Complete(command);
        }
        else
        {
            command.Acknowledged = true;
        }

        return null;
    }

    /// <summary>Takes a line that came because of a command, as far as that can be told.</summary>
    public void TakeLine(ReadOnlySpan<byte> line)
    {
        PendingCommand? done = null;
        foreach (PendingCommand command in _pending.Values)
        {
            command.Add(line);
            done = command is { Acknowledged: true, Expects: not null } && line.StartsWith("*CAPABILITY"u8) ? command : done;
        }

        if (done is not null)
        {
            Complete(done);
        }
    }

    /// <summary>The server said that it goes: SHUTDOWN has no other answer.</summary>
    public void TakeEnd()
    {
        foreach (PendingCommand command in _pending.Values.Where(static p => p.Expects == "TERMINATE").ToArray())
        {
            Complete(command);
        }
    }

    private void Complete(PendingCommand command)
    {
        _pending.Remove(command.Id);
        command.Complete();
    }
}
