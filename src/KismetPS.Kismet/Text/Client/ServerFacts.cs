using KismetPS.Capture;

namespace KismetPS.Kismet.Text.Client;

/// <summary>What is known of a text server itself. Bounded.</summary>
internal sealed class ServerFacts
{
    private const int MaxSources = 256;
    private const int MaxChannels = 512;
    private const int MaxMessages = 50;

    private readonly Dictionary<string, SourceFacts> _sources = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<int, ChannelFacts> _channels = [];
    private readonly Queue<KismetServerMessage> _messages = new();

    public KismetGreeting? Greeting { get; set; }

    public DateTimeOffset? Time { get; set; }

    public ServerTotals Totals { get; set; } = new();

    /// <summary>Whether it was told to pause; a server does not tell.</summary>
    public bool? Paused { get; set; }

    /// <summary>Forgets what a restarted server will tell anew.</summary>
    public void Restart()
    {
        _sources.Clear();
        _channels.Clear();
        Totals = new ServerTotals();
        Time = null;
        Paused = null;
    }

    /// <summary>Takes a source; false when there are too many.</summary>
    public bool TakeSource(string key, SourceFacts facts)
    {
        if (_sources.Count >= MaxSources && !_sources.ContainsKey(key))
        {
            return false;
        }

        _sources[key] = facts;
        return true;
    }

    /// <summary>Forgets a source that was removed.</summary>
    public void RemoveSource(string key) => _sources.Remove(key);

    /// <summary>The sources told within a time: a server tells all each second, and says nothing of one removed.</summary>
    public List<KismetSource> Sources(DateTimeOffset since, int sessionId) =>
        [.. _sources.Where(s => s.Value.Told >= since).Select(s => s.Value.ToSource(s.Key, Paused, sessionId))];

    /// <summary>When a source was told last.</summary>
    public DateTimeOffset LastSource => _sources.Count == 0 ? DateTimeOffset.MinValue : _sources.Values.Max(static s => s.Told);

    /// <summary>Takes the use of a channel; false when there are too many.</summary>
    public bool TakeChannel(in ChannelFacts facts)
    {
        if (_channels.Count >= MaxChannels && !_channels.ContainsKey(facts.Channel))
        {
            return false;
        }

        _channels[facts.Channel] = facts;
        return true;
    }

    /// <summary>Keeps what the server said; the newest fifty.</summary>
    public void AddMessage(KismetServerMessage message)
    {
        if (_messages.Count == MaxMessages)
        {
            _messages.Dequeue();
        }

        _messages.Enqueue(message);
    }

    public DetailList<KismetServerMessage> Messages() => _messages.Count == 0 ? DetailList<KismetServerMessage>.Empty : new([.. _messages]);

    public DetailList<KismetServerChannel> Channels() => _channels.Count == 0
        ? DetailList<KismetServerChannel>.Empty
        : new([.. _channels.Values.Select(static c => new KismetServerChannel
        {
            Channel = c.Channel,
            Packets = c.Packets,
            Bytes = c.Bytes,
            Networks = c.Networks,
            ActiveNetworks = c.ActiveNetworks,
            SignalMaxDbm = c.SignalMax == 0 ? null : c.SignalMax,
            NoiseMaxDbm = c.NoiseMax == 0 ? null : c.NoiseMax,
        })]);
}
