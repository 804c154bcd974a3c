using System.Text;
using KismetPS.Kismet.Text.Values;
using KismetPS.Tracking;

namespace KismetPS.Kismet.Text.Server;

/// <summary>
/// The text server without sockets and clock: sessions on one side, conversations on the other. <see cref="Tick"/> once a second takes what changed
/// out of the sessions, prints each changed object once for every group of clients that asked for the same fields, and hands the same bytes to all.
/// </summary>
internal sealed class TextHub : IDisposable
{
    private const int AlertBacklog = 50;
    private const int MaxNewNetworks = 16;

    private readonly HubSession[] _sessions;
    private readonly WireModel _model;
    private readonly WireTraffic _traffic;
    private readonly LinePrinter _printer;
    private readonly List<ClientConversation> _conversations = [];
    private readonly Queue<KismetAlert> _alerts = new();
    private readonly List<WireSource> _sources = [];
    private readonly SourceOrders _orders = new();
    private int _ticks;
    private bool _first = true;

    /// <summary>Subscribes to the sessions; what they know comes with the first tick.</summary>
    public TextHub(IReadOnlyList<DeviceSession> sessions, TextHubOptions options)
    {
        Options = options;
        _sessions = [.. sessions.Select(static (s, i) => new HubSession(s, i))];
        _model = new WireModel(_sessions.Length);
        _traffic = new WireTraffic(_model);
        _printer = new LinePrinter(_model, (session, sensor) => _sessions[session].UuidOf(sensor));
    }

    /// <summary>Options.</summary>
    public TextHubOptions Options { get; }

    /// <summary>Whoever reads or changes what the hub holds has it.</summary>
    internal object Gate { get; } = new();

    /// <summary>Clients by what they asked for. Under the gate.</summary>
    internal LineGroups Groups { get; } = new();

    /// <summary>The sources told of in the last tick. Under the gate.</summary>
    internal IReadOnlyList<WireSource> Sources => _sources;

    /// <summary>Networks, clients of networks, and distinct lists of fields asked for.</summary>
    public (int Networks, int Clients, int Groups) Counts
    {
        get
        {
            lock (Gate)
            {
                return (_model.Networks, _model.Clients, Groups.Count);
            }
        }
    }

    /// <summary>A line that says why a connection ends before it began. Newcore's form: a client that is not known yet is greeted in it too.</summary>
    public static byte[] Refusal(string reason)
    {
        BatchWriter output = new();
        SentenceWriter writer = new(output, TextEra.Newcore);
        ReplyWriter.Error(ref writer, TextEra.Newcore, 0, Encoding.ASCII.GetBytes(reason));
        writer.Flush();
        return output.Take()!.Parts[0].ToArray();
    }

    /// <summary>A client: it is greeted at once.</summary>
    public ClientConversation Connect()
    {
        lock (Gate)
        {
            ClientConversation conversation = new(this, Options.Numbers.Next());
            _conversations.Add(conversation);
            conversation.Greet();
            return conversation;
        }
    }

    /// <summary>A client is gone.</summary>
    public void Disconnect(ClientConversation conversation)
    {
        lock (Gate)
        {
            conversation.Leave();
            _conversations.Remove(conversation);
        }
    }

    /// <summary>A second has passed.</summary>
    public void Tick(DateTimeOffset now)
    {
        // Outside the gate: the tables of the sessions have gates of their own, and clients need not wait for them.
        foreach (HubSession session in _sessions)
        {
            session.Read();
        }

        lock (Gate)
        {
            TakeChanges();
            _ticks++;
            bool channels = _ticks % 2 == 0 && Groups.Any(SentenceKind.Channel);
            WireTotals totals = _traffic.Sum(_sessions, _sources, Groups.Any(SentenceKind.Info), channels);
            WireTick tick = new(now, totals, _sources, channels ? _traffic.Channels : null);
            foreach (LineGroup group in Groups.InOrder())
            {
                Send(group, _printer.Tick(group, tick));
            }

            TellNew();
            Groups.TrimPages();
        }

        PollAlerts();
    }

    /// <summary>Tells alerts that came since the last call.</summary>
    public void PollAlerts()
    {
        foreach (HubSession session in _sessions)
        {
            IReadOnlyList<KismetAlert> alerts = session.ReadAlerts();
            if (alerts.Count == 0)
            {
                continue;
            }

            lock (Gate)
            {
                foreach (KismetAlert alert in alerts)
                {
                    _alerts.Enqueue(alert);
                    if (_alerts.Count > AlertBacklog)
                    {
                        _alerts.Dequeue();
                    }
                }

                foreach (LineGroup group in Groups.Of(SentenceKind.Alert))
                {
                    Send(group, _printer.Alerts(group, alerts));
                }
            }
        }
    }

    /// <summary>Tells all who want messages.</summary>
    public void Post(string text, MessageFlags flags)
    {
        lock (Gate)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            foreach (LineGroup group in Groups.Of(SentenceKind.Status))
            {
                Send(group, _printer.Status(group, bytes, flags));
            }
        }
    }

    /// <summary>Says good-bye to all.</summary>
    public void Terminate()
    {
        lock (Gate)
        {
            foreach (LineGroup group in Groups.Of(SentenceKind.Terminate))
            {
                OutputBatch? batch = _printer.Terminate(group);
                foreach (ClientConversation member in group.Members)
                {
                    // As an answer, so that a full queue does not cost it.
                    member.Reply(batch!);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (HubSession session in _sessions)
        {
            session.Dispose();
        }
    }

    /// <summary>Gives a client what is known of what it asked for. Under the gate.</summary>
    internal void Dump(ClientConversation conversation, LineGroup group)
    {
        OutputBatch? batch = null;
        switch (group.Sentence.Kind)
        {
            case SentenceKind.Network or SentenceKind.Bssid or SentenceKind.Ssid or SentenceKind.Client or SentenceKind.BssidSrc or SentenceKind.CliSrc
                or SentenceKind.NetTag or SentenceKind.CliTag:
                conversation.Walk(new OutputWalk(group, _model.Version));
                return;
            case SentenceKind.Source:
                batch = _printer.Sources(group, _sources);
                break;
            case SentenceKind.Alert:
                batch = _printer.Alerts(group, _alerts);
                break;
        }

        if (batch is not null)
        {
            conversation.Reply(batch);
        }
    }

    /// <summary>The next page of a dump; null where it has none of these lines.</summary>
    internal OutputBatch? NextPage(OutputWalk walk, out bool more)
    {
        lock (Gate)
        {
            int page = walk.Page++;
            more = walk.Page < _model.Pages;
            return page < _model.Pages ? _printer.Page(walk.Group, page, walk.Until) : null;
        }
    }

    /// <summary>A client that lagged has caught up with its queue: it is told, and everything it wants is dumped anew.</summary>
    internal void Recover(ClientConversation conversation)
    {
        lock (Gate)
        {
            long missed = conversation.EndLag();
            if (conversation.GroupOf(SentenceKind.Status) is { } status)
            {
                byte[] text = Encoding.ASCII.GetBytes(string.Create(
                    System.Globalization.CultureInfo.InvariantCulture, $"This client reads too slowly: {missed} lines were dropped, all that is known follows anew"));
                conversation.Reply(_printer.Status(status, text, MessageFlags.Error)!);
            }

            foreach (SentenceKind kind in Enum.GetValues<SentenceKind>())
            {
                if (conversation.GroupOf(kind) is { } group)
                {
                    Dump(conversation, group);
                }
            }
        }
    }

    /// <summary>A client that may has ended the server. Under the gate.</summary>
    internal void BeginShutdown()
    {
        Post("Received SHUTDOWN command", MessageFlags.Fatal);
        Options.Shutdown?.Invoke();
    }

    /// <summary>A client that may wants something of sources; it is answered when that is done. False when too much is under way. Under the gate.</summary>
    internal bool TryOrder(ClientConversation conversation, int id, SourceOrder order) => _orders.TryTake(order, problem =>
    {
        lock (Gate)
        {
            if (problem is null && order.Change is null)
            {
                Removed(order.Sources[0]);
            }

            conversation.Answer(id, problem);
        }
    });

    private void Removed(WireSource source)
    {
        if (source.Remote is null)
        {
            _sessions.First(s => s.Session == source.Session).IsRemoved = true;
            Post($"Source {source.Uuid:D} was removed by a client: '{source.Session.Name}' has ended", MessageFlags.Info);
        }
    }

    private void TakeChanges()
    {
        _model.Begin();
        _sources.Clear();
        foreach (HubSession session in _sessions)
        {
            foreach (KismetDeviceChange change in session.Devices)
            {
                _model.Apply(session.Index, change);
            }

            foreach (KismetNetwork network in session.Networks)
            {
                _model.Apply(session.Index, network);
            }

            if (!session.IsRemoved && session.Remote is { } remote)
            {
                WireSource.AddOf(session.Session, session.Statistic!, remote, _sources);
            }
        }

        _model.End();
    }

    private void TellNew()
    {
        // Not of all that was known before the first client could come.
        if (_first || !Groups.Any(SentenceKind.Status))
        {
            _first = false;
            return;
        }

        int count = 0;
        foreach (WireDevice device in _model.Changed)
        {
            if (device.IsNetwork && device.IsKnown && device.Added == _model.Version && ++count <= MaxNewNetworks)
            {
                Post($"Found new network \"{device.CurrentName?.Text}\" bssid {device.Address} {device.Device.Security.Text} channel {device.Device.Channel ?? 0}", MessageFlags.Info);
            }
        }

        if (count > MaxNewNetworks)
        {
            Post($"Found {count - MaxNewNetworks} more networks", MessageFlags.Info);
        }
    }

    private static void Send(LineGroup group, OutputBatch? batch)
    {
        if (batch is null)
        {
            return;
        }

        foreach (ClientConversation member in group.Members)
        {
            member.Offer(batch);
        }
    }
}
