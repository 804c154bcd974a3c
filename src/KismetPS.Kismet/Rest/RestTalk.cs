using System.Text;
using KismetPS.Capture;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Rest;

/// <summary>What a server said last to its users, each once however it came. From any thread.</summary>
internal sealed class RestTalk
{
    private const int MaxMessages = 50;

    private readonly object _gate = new();
    private readonly LinkedList<RestMessage> _messages = [];

    /// <summary>Time of the latest, seconds since 1970.</summary>
    public long LastSeconds
    {
        get
        {
            lock (_gate)
            {
                return _messages.Last?.Value.Seconds ?? 0;
            }
        }
    }

    /// <summary>Takes a message; false where it is none.</summary>
    public bool Take(ReadOnlySpan<byte> record)
    {
        if (RestMessage.Read(record) is not { } message)
        {
            return false;
        }

        lock (_gate)
        {
            // What is asked for by time comes again; records compare by their values.
            if (!_messages.Contains(message))
            {
                LinkedListNode<RestMessage>? after = _messages.Last;
                while (after is not null && after.Value.Seconds > message.Seconds)
                {
                    after = after.Previous;
                }

                _ = after is null ? _messages.AddFirst(message) : _messages.AddAfter(after, message);
                if (_messages.Count > MaxMessages)
                {
                    _messages.RemoveFirst();
                }
            }
        }

        return true;
    }

    /// <summary>The server was started again.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _messages.Clear();
        }
    }

    /// <summary>The messages, oldest first.</summary>
    public DetailList<KismetServerMessage> ToList()
    {
        lock (_gate)
        {
            return _messages.Count == 0 ? DetailList<KismetServerMessage>.Empty : new([.. _messages.Select(static m => new KismetServerMessage
            {
                Time = RestText.Time(m.Seconds),
                Text = SsidText.ToDisplay(Encoding.UTF8.GetBytes(m.Text)),
                IsError = m.IsError,
            })]);
        }
    }
}
