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
    private const long MaxPageBytes = 64L * 1024 * 1024;

    private readonly HubSession[] _sessions;
    private readonly WireModel _model;
    private readonly Dictionary<(SentenceKind Kind, TextEra Era, FieldSelection Selection), LineGroup> _groups = [];
    private readonly List<ClientConversation> _conversations = [];
    private readonly Queue<KismetAlert> _alerts = new();
    private readonly List<WireSource> _sources = [];
    private readonly SortedDictionary<int, WireChannel> _channels = [];
    private readonly BatchWriter _output = new();
    private readonly SourceOrders _orders = new();
    private long _received;
    private int _ticks;
    private bool _first = true;

    /// <summary>Subscribes to the sessions; what they know comes with the first tick.</summary>
    public TextHub(IReadOnlyList<DeviceSession> sessions, TextHubOptions options)
    {
        Options = options;
        _sessions = [.. sessions.Select(static (s, i) => new HubSession(s, i))];
        _model = new WireModel(_sessions.Length);
    }

    /// <summary>Options.</summary>
    public TextHubOptions Options { get; }

    /// <summary>Whoever reads or changes what the hub holds has it.</summary>
    internal object Gate { get; } = new();

    /// <summary>The sources told of in the last tick. Under the gate.</summary>
    internal IReadOnlyList<WireSource> Sources => _sources;

    /// <summary>Networks, clients of networks, and distinct lists of fields asked for.</summary>
    public (int Networks, int Clients, int Groups) Counts
    {
        get
        {
            lock (Gate)
            {
                return (_model.Networks, _model.Clients, _groups.Count);
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
            WireTotals totals = Totals();
            foreach (LineGroup group in _groups.Values.OrderBy(static g => g.Sentence.Kind).ToArray())
            {
                Offer(group, now, totals);
            }

            TellNew();
            TrimPages();
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

                foreach (LineGroup group in GroupsOf(SentenceKind.Alert))
                {
                    Send(group, Alerts(group, alerts));
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
            foreach (LineGroup group in GroupsOf(SentenceKind.Status))
            {
                SentenceWriter writer = new(_output, group.Sentence.Era);
                Send(group, Take(ref writer, ServerLines.Status(ref writer, group, bytes, flags)));
            }
        }
    }

    /// <summary>Says good-bye to all.</summary>
    public void Terminate()
    {
        lock (Gate)
        {
            foreach (LineGroup group in GroupsOf(SentenceKind.Terminate))
            {
                SentenceWriter writer = new(_output, group.Sentence.Era);
                writer.Raw("TERMINATE"u8, "Kismet server terminating."u8);
                OutputBatch? batch = Take(ref writer, 1);
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

    /// <summary>The group of those who want these fields. Under the gate.</summary>
    internal LineGroup GroupOf(ServedSentence sentence, FieldSelection selection)
    {
        (SentenceKind, TextEra, FieldSelection) key = (sentence.Kind, sentence.Era, selection);
        if (!_groups.TryGetValue(key, out LineGroup? group))
        {
            _groups.Add(key, group = new LineGroup(sentence, selection));
        }

        return group;
    }

    /// <summary>A client left a group. Under the gate.</summary>
    internal void Release(LineGroup group)
    {
        if (group.Members.Count == 0)
        {
            _groups.Remove((group.Sentence.Kind, group.Sentence.Era, group.Selection));
        }
    }

    /// <summary>Gives a client what is known of what it asked for. Under the gate.</summary>
    internal void Dump(ClientConversation conversation, LineGroup group)
    {
        OutputBatch? batch = null;
        SentenceWriter writer = new(_output, group.Sentence.Era);
        switch (group.Sentence.Kind)
        {
            case SentenceKind.Network or SentenceKind.Bssid or SentenceKind.Ssid or SentenceKind.Client or SentenceKind.BssidSrc or SentenceKind.CliSrc
                or SentenceKind.NetTag or SentenceKind.CliTag:
                conversation.Walk(new OutputWalk(group, _model.Version));
                return;
            case SentenceKind.Source:
                batch = Take(ref writer, ServerLines.Sources(ref writer, group, _sources));
                break;
            case SentenceKind.Alert:
                batch = Alerts(group, [.. _alerts]);
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
            return page < _model.Pages ? Page(walk, page) : null;
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
                SentenceWriter writer = new(_output, status.Sentence.Era);
                byte[] text = Encoding.ASCII.GetBytes(string.Create(
                    System.Globalization.CultureInfo.InvariantCulture, $"This client reads too slowly: {missed} lines were dropped, all that is known follows anew"));
                conversation.Reply(Take(ref writer, ServerLines.Status(ref writer, status, text, MessageFlags.Error))!);
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

    private void Offer(LineGroup group, DateTimeOffset now, in WireTotals totals)
    {
        SentenceWriter writer = new(_output, group.Sentence.Era);
        bool newcore = group.Sentence.Era != TextEra.Stable;
        int lines = 0;
        switch (group.Sentence.Kind)
        {
            case SentenceKind.Time:
                writer.Raw("TIME"u8, now.ToUnixTimeSeconds());
                lines = 1;
                break;
            case SentenceKind.Source or SentenceKind.Card:
                lines = ServerLines.Sources(ref writer, group, _sources);
                break;
            case SentenceKind.Info:
                lines = ServerLines.Info(ref writer, group, totals);
                break;
            case SentenceKind.Battery:
                lines = ServerLines.Battery(ref writer, group);
                break;
            case SentenceKind.Gps when !newcore:
                lines = ServerLines.Gps(ref writer, group);
                break;
            case SentenceKind.Channel when _ticks % 2 == 0:
                lines = ServerLines.Channels(ref writer, group, _channels.Values);
                break;
            case SentenceKind.Remove:
                foreach (Wireless.MacAddress bssid in _model.Removed)
                {
                    DeviceLines.Removed(ref writer, group, bssid);
                    lines++;
                }

                break;
            case >= SentenceKind.Network and <= SentenceKind.CliTag:
                bool tags = group.Sentence.Kind is SentenceKind.NetTag or SentenceKind.CliTag;
                foreach (WireDevice device in _model.Changed)
                {
                    // Tags say what hardly ever changes, so they are told when it does.
                    if (device.Added != 0 && (!tags || device.TagsChanged == _model.Version || device.Added == _model.Version))
                    {
                        lines += DeviceLines.Write(ref writer, group, device, UuidOf);
                    }
                }

                break;
        }

        Send(group, Take(ref writer, lines));
    }

    private OutputBatch? Page(OutputWalk walk, int page)
    {
        LineGroup group = walk.Group;
        long version = _model.PageChanged(page);
        if (version <= walk.Until && group.TryGetPage(page, version, out OutputBatch? lines))
        {
            return lines;
        }

        SentenceWriter writer = new(_output, group.Sentence.Era);
        int count = 0;
        foreach (WireDevice? device in _model.Page(page))
        {
            if (device is not null && device.Added != 0 && device.Added <= walk.Until)
            {
                count += DeviceLines.Write(ref writer, group, device, UuidOf);
            }
        }

        lines = Take(ref writer, count);
        if (version <= walk.Until)
        {
            group.KeepPage(page, version, lines);
        }

        return lines;
    }

    // Pages kept for the next client are a convenience; they must not become a second copy of all that is known for every list of fields.
    private void TrimPages()
    {
        if (_groups.Values.Sum(static g => g.PageBytes) > MaxPageBytes)
        {
            foreach (LineGroup group in _groups.Values)
            {
                group.DropPages();
            }
        }
    }

    private OutputBatch? Alerts(LineGroup group, IReadOnlyList<KismetAlert> alerts)
    {
        SentenceWriter writer = new(_output, group.Sentence.Era);
        int lines = 0;
        foreach (KismetAlert alert in alerts)
        {
            lines += ServerLines.Alert(ref writer, group, alert);
        }

        return Take(ref writer, lines);
    }

    private void TellNew()
    {
        // Not of all that was known before the first client could come.
        if (_first || !GroupsOf(SentenceKind.Status).Any())
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

    private WireTotals Totals()
    {
        WireTotals totals = new() { Networks = _model.Networks, Clients = _model.Clients, Sources = _sources.Count, ErrorSources = _sources.Count(static s => s.Problem.Length > 0) };
        long received = 0;
        foreach (HubSession session in _sessions)
        {
            KismetStatistic statistic = session.Statistic!;
            received += statistic.Decoded;
            totals.Packets += statistic.Decoded;
            totals.Noise += statistic.Malformed;
            totals.Dropped += statistic.Dropped;
        }

        totals.Rate = _first ? 0 : Math.Max(0, received - _received);
        _received = received;
        bool channels = _ticks % 2 == 0 && GroupsOf(SentenceKind.Channel).Any();
        if (channels || GroupsOf(SentenceKind.Info).Any())
        {
            Sum(ref totals, channels);
        }

        return totals;
    }

    private void Sum(ref WireTotals totals, bool channels)
    {
        Dictionary<int, (long Packets, long Bytes)> before = _channels.ToDictionary(static c => c.Key, static c => (c.Value.Packets, c.Value.Bytes));
        if (channels)
        {
            _channels.Clear();
        }

        foreach (WireDevice device in _model.All)
        {
            totals.LlcPackets += device.Device.ManagementPackets;
            totals.DataPackets += device.Device.DataPackets;
            totals.Crypt += device.Device.EncryptedPackets;
            if (!channels || device.Device.Channel is not int number)
            {
                continue;
            }

            if (!_channels.TryGetValue(number, out WireChannel? channel))
            {
                _channels.Add(number, channel = new WireChannel(number));
            }

            channel.Packets += device.Device.Packets;
            channel.Bytes += device.Device.Bytes;
            channel.Networks += device.IsNetwork ? 1 : 0;
            channel.ActiveNetworks += device.IsNetwork && device.Changed >= _model.Version - 1 ? 1 : 0;
            channel.MaxSignal = Math.Max(channel.MaxSignal, device.Device.SignalMaxDbm ?? int.MinValue);
            channel.MaxNoise = Math.Max(channel.MaxNoise, device.Device.NoiseDbm ?? int.MinValue);
        }

        foreach (WireChannel channel in channels ? _channels.Values.ToArray() : [])
        {
            (long packets, long bytes) = before.GetValueOrDefault(channel.Number, (channel.Packets, channel.Bytes));
            channel.PacketsDelta = Math.Max(0, channel.Packets - packets);
            channel.BytesDelta = Math.Max(0, channel.Bytes - bytes);
        }
    }

    private Guid UuidOf(int session, string sensor) => _sessions[session].UuidOf(sensor);

    private IEnumerable<LineGroup> GroupsOf(SentenceKind kind) => _groups.Values.Where(g => g.Sentence.Kind == kind);

    private OutputBatch? Take(ref SentenceWriter writer, int lines)
    {
        writer.Flush();
        _output.Lines += lines;
        return _output.Take();
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
