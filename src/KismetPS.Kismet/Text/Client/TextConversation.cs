using System.Buffers;
using System.Text;
using KismetPS.Capture;

namespace KismetPS.Kismet.Text.Client;

/// <summary>
/// The client's side of a conversation with a text server of either era, without a socket: bytes in, commands out. It listens to the greeting, asks what
/// every sentence offers (CAPABILITY), then asks for all of it (ENABLE), networks before their names and clients, and gives what comes to the
/// <see cref="TextWorld"/>. One thread at a time, the gate of the tables held while bytes are fed.
/// </summary>
internal sealed class TextConversation(TextWorld world, bool everything)
{
    // What listens may be anything: so much of it before the greeting is enough to know.
    private const int MaxBeforeGreeting = 4096;
    private const int MaxSentences = 256;
    private const int MaxPending = 1024;

    private static readonly TimeSpan CapabilityTime = TimeSpan.FromSeconds(5);

    // Answers to commands and what every server sends unasked.
    private static readonly string[] Required = ["KISMET", "ERROR", "ACK", "PROTOCOLS", "CAPABILITY", "TERMINATE", "TIME"];

    // Networks first: what is told of a name or a client whose network is not known yet would be worth less.
    private static readonly string[] First = ["BSSID", "NETWORK", "SSID", "CLIENT", "BSSIDSRC", "CLISRC", "SOURCE", "CARD"];

    // One for every packet heard, or for every string in one: asked for by those who want the sentences themselves.
    private static readonly string[] Floods = ["PACKET", "STRING"];

    private readonly LineFramer _framer = new();
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly Dictionary<string, TextSubscription> _subscriptions = [];
    private readonly Dictionary<int, string> _own = [];
    private readonly Dictionary<int, PendingCommand> _pending = [];
    private readonly List<string> _listed = [];
    private readonly Dictionary<string, SentenceDefinition> _offered = [];
    private SentenceQueue[] _queues = [];
    private int _lastId;
    private int _before;
    private int _awaited;
    private DateTimeOffset _askedAt;
    private TextSubscription? _last;
    private TextEra _readAs;

    /// <summary>Where it stands.</summary>
    public TextPhase Phase { get; private set; }

    /// <summary>Whether the server said that it goes.</summary>
    public bool Terminated { get; private set; }

    /// <summary>Why the server takes no connection from here, in its words; null where it did not say.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Whether the server started anew since the last greeting.</summary>
    public bool Restarted { get; private set; }

    /// <summary>Lines and bytes read.</summary>
    public (long Lines, long LongLines, long NulBytes) Counters => (_framer.Lines, _framer.LongLines, _framer.NulBytes);

    /// <summary>Bytes read on all connections.</summary>
    public long Bytes { get; private set; }

    /// <summary>Sentences being received.</summary>
    public IReadOnlyCollection<string> Subscribed => _subscriptions.Keys;

    /// <summary>Sentences the server offers, as far as it has told their fields.</summary>
    public IReadOnlyList<SentenceDefinition> Offered => [.. _offered.Values];

    /// <summary>What is to be sent. Call <see cref="Sent"/> when it was.</summary>
    public ReadOnlyMemory<byte> Output => _output.WrittenMemory;

    /// <summary>The output was sent.</summary>
    public void Sent() => _output.ResetWrittenCount();

    /// <summary>A new connection begins; commands without answer fail.</summary>
    public void Begin()
    {
        _framer.Reset();
        _output.ResetWrittenCount();
        _subscriptions.Clear();
        _own.Clear();
        _listed.Clear();
        _offered.Clear();
        _last = null;
        _before = 0;
        _awaited = 0;
        Phase = TextPhase.Greeting;
        Terminated = false;
        Refusal = null;
        Restarted = false;
        _readAs = TextEra.Unknown;
        Abandon(new KismetException(KismetErrorId.ConnectionLost, "The connection ended before the server answered.", "Send the command again."));
    }

    /// <summary>All commands without answer fail with this.</summary>
    public void Abandon(KismetException failure)
    {
        foreach (PendingCommand pending in _pending.Values)
        {
            pending.Fail(failure);
        }

        _pending.Clear();
    }

    /// <summary>Takes what came.</summary>
    public void Feed(ReadOnlySpan<byte> bytes, DateTimeOffset now)
    {
        Bytes += bytes.Length;
        if (Phase == TextPhase.Greeting)
        {
            _before += bytes.Length;
        }

        while (_framer.TryRead(ref bytes, out ReadOnlySpan<byte> line))
        {
            Take(line, now);
            if (Phase == TextPhase.NotKismet)
            {
                return;
            }
        }

        if (Phase == TextPhase.Greeting && _before > MaxBeforeGreeting && world.Server.Greeting is null)
        {
            Phase = TextPhase.NotKismet;
        }

        Tick(now);
    }

    /// <summary>What only time brings: a server that never answers a question is asked for what is known of its release.</summary>
    public void Tick(DateTimeOffset now)
    {
        if (Phase == TextPhase.Listing && now - _askedAt > CapabilityTime)
        {
            Enable();
        }
    }

    /// <summary>A subscription to raw sentences.</summary>
    public SentenceQueue OpenSentences(int capacity, Action<SentenceQueue> closed)
    {
        SentenceQueue queue = new(capacity, closed);
        _queues = [.. _queues, queue];
        return queue;
    }

    /// <summary>Ends a subscription.</summary>
    public void CloseSentences(SentenceQueue queue) => _queues = [.. _queues.Where(q => q != queue)];

    /// <summary>No more sentences will come.</summary>
    public void CompleteSentences()
    {
        foreach (SentenceQueue queue in _queues)
        {
            queue.Complete();
        }
    }

    /// <summary>Puts a user's command into the output. The text is the command word and its arguments in their wire form.</summary>
    public PendingCommand Send(ReadOnlySpan<byte> text)
    {
        string shown = new KismetSentence(text.ToArray()) { Name = "", Fields = [] }.Raw;
        int blank = text.IndexOf((byte)' ');
        string word = Encoding.ASCII.GetString(blank < 0 ? text : text[..blank]).ToUpperInvariant();
        string[] arguments = blank < 0 ? [] : Encoding.ASCII.GetString(text[(blank + 1)..]).Split(' ');
        CheckSubscription(word, arguments, shown);
        if (_pending.Count >= MaxPending)
        {
            throw new KismetException(KismetErrorId.LimitExceeded, $"{MaxPending} commands wait for their answers already.", "Wait for them, or connect again.");
        }

        int id = NextId();
        PendingCommand pending = new(id, shown, world.SessionId)
        {
            // Newcore sends it before the acknowledgement.
            Expects = word == "CAPABILITY" && world.Era == TextEra.Stable ? "CAPABILITY" : word == "SHUTDOWN" ? "TERMINATE" : null,
        };
        if (!CommandWriter.TryWrite(_output, id, text))
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, $"'{shown}' cannot be sent as one line.", "A command holds no control characters and begins with its name.");
        }

        _pending.Add(id, pending);
        return pending;
    }

    /// <summary>Nobody waits for an answer any more.</summary>
    public void Forget(PendingCommand pending) => _pending.Remove(pending.Id);

    private void Take(ReadOnlySpan<byte> line, DateTimeOffset now)
    {
        SentenceStatus status = SentenceReader.Read(line, _readAs == TextEra.Unknown ? TextEra.Stable : _readAs, out SentenceReader sentence);
        if (status != SentenceStatus.Ok)
        {
            world.Drop(status switch
            {
                SentenceStatus.Empty => TextDropReason.Empty,
                SentenceStatus.NoAsterisk => TextDropReason.NoAsterisk,
                SentenceStatus.NoColon => TextDropReason.NoColon,
                _ => TextDropReason.BadName,
            });
            if (Phase == TextPhase.Greeting && status != SentenceStatus.Empty)
            {
                Phase = TextPhase.NotKismet;
            }

            return;
        }

        // Sentences come in runs of one name.
        TextSubscription? subscription = _last;
        if (subscription is null || !sentence.Name.SequenceEqual(subscription.NameBytes))
        {
            subscription = Find(sentence.Name);
            _last = subscription ?? _last;
        }

        // The greeting itself tells how it is to be read.
        bool greets = Phase == TextPhase.Greeting;
        if (_queues.Length > 0 && !greets)
        {
            Emit(line, sentence, subscription, now);
        }

        if (subscription is not null && Phase != TextPhase.Greeting)
        {
            world.Take(sentence, subscription, now);
            if (_pending.Count > 0 && subscription.Kind == TextKind.Message)
            {
                Collect(line);
            }
        }
        else
        {
            TakeOwn(line, sentence);
        }

        if (_queues.Length > 0 && greets)
        {
            Emit(line, sentence, subscription, now);
        }
    }

    private TextSubscription? Find(ReadOnlySpan<byte> name)
    {
        foreach (TextSubscription subscription in _subscriptions.Values)
        {
            if (name.SequenceEqual(subscription.NameBytes))
            {
                return subscription;
            }
        }

        return null;
    }

    private void Emit(ReadOnlySpan<byte> line, SentenceReader sentence, TextSubscription? subscription, DateTimeOffset now)
    {
        if (subscription is null)
        {
            SentenceCatalog.Newest(_readAs).TryGet(sentence.Name, out SentenceDefinition? definition);
            subscription = definition is null ? null : TextSubscription.InOrder(definition.Name, [.. definition.Fields], _readAs);
        }

        KismetSentence made = SentenceValues.Make(line, sentence, _readAs, subscription, now, world.SessionId);
        foreach (SentenceQueue queue in _queues)
        {
            queue.Offer(made);
        }
    }

    // What belongs to the conversation itself.
    private void TakeOwn(ReadOnlySpan<byte> line, SentenceReader sentence)
    {
        if (Reply.TryRead(sentence, out Reply reply))
        {
            TakeReply(reply);
        }
        else if (sentence.Name.SequenceEqual("KISMET"u8))
        {
            TakeGreeting(line);
        }
        else if (sentence.Name.SequenceEqual("PROTOCOLS"u8))
        {
            TakeProtocols(ref sentence);
        }
        else if (sentence.Name.SequenceEqual("CAPABILITY"u8))
        {
            TakeCapability(line, ref sentence);
        }
        else if (sentence.Name.SequenceEqual("TERMINATE"u8))
        {
            Terminated = true;
            TakeEnd();
        }
        else if (sentence.Name.SequenceEqual("ACK"u8) || sentence.Name.SequenceEqual("ERROR"u8))
        {
            world.Drop(TextDropReason.BadKey);
        }
        else if (sentence.Name.SequenceEqual("WEPKEY"u8) || sentence.Name.SequenceEqual("PLUGIN"u8))
        {
            Collect(line);
        }
        else if (!sentence.Name.SequenceEqual("TIME"u8))
        {
            world.Drop(TextDropReason.NotAskedFor);
        }
    }

    // SHUTDOWN has no other answer: the server says that it goes.
    private void TakeEnd()
    {
        foreach (PendingCommand pending in _pending.Values.Where(static p => p.Expects == "TERMINATE").ToArray())
        {
            _pending.Remove(pending.Id);
            pending.Complete();
        }
    }

    private void TakeGreeting(ReadOnlySpan<byte> line)
    {
        if (!GreetingReader.TryRead(line, out KismetGreeting? greeting))
        {
            world.Drop(TextDropReason.WordCount);
            return;
        }

        if (Phase != TextPhase.Greeting)
        {
            return;
        }

        KismetGreeting? before = world.Server.Greeting;
        if (before is not null && before.StartedUtc != greeting!.StartedUtc)
        {
            Restarted = true;
            world.Server.Restart();
            world.Tables.MarkOld();
        }

        world.Server.Greeting = greeting;
        _readAs = greeting!.Era;
        world.Era = greeting.Era;
    }

    private void TakeProtocols(ref SentenceReader sentence)
    {
        if (Phase != TextPhase.Greeting || world.Server.Greeting is not { } greeting || !sentence.TryRead(out Word word))
        {
            return;
        }

        // A server that has the sentences of both is asked for newcore's, which tell more, and then prints as newcore does.
        TextEra era = GreetingReader.EraOfProtocols(word.Value);
        era = era == TextEra.Unknown ? greeting.Era : era;
        world.Era = era;
        _readAs = era;
        ReadOnlySpan<byte> list = word.Value;
        while (!list.IsEmpty && _listed.Count < MaxSentences)
        {
            int comma = list.IndexOf((byte)',');
            ReadOnlySpan<byte> name = comma < 0 ? list : list[..comma];
            list = comma < 0 ? [] : list[(comma + 1)..];
            string text = Encoding.ASCII.GetString(name);
            int id = NextId();
            if (!_listed.Contains(text) && CommandWriter.TryWriteCapability(_output, id, name))
            {
                _listed.Add(text);
                _own.Add(id, text);
                _awaited++;
            }
        }

        _askedAt = DateTimeOffset.UtcNow;
        Phase = TextPhase.Listing;
        _last = null;
        if (_awaited == 0)
        {
            Enable();
        }
    }

    private void TakeCapability(ReadOnlySpan<byte> line, ref SentenceReader sentence)
    {
        Collect(line);
        if (!sentence.TryRead(out Word word) || !SentenceDefinition.TryParse(word.Value, out SentenceDefinition? definition))
        {
            world.Drop(TextDropReason.BadValue);
            return;
        }

        if (Phase == TextPhase.Listing && _listed.Contains(definition!.Name) && _offered.TryAdd(definition.Name, definition) && --_awaited == 0)
        {
            Enable();
        }
    }

    private void TakeReply(in Reply reply)
    {
        if (Phase == TextPhase.Greeting)
        {
            // Nothing was asked yet: it is why the connection is closed next.
            Refusal = reply.IsAck || reply.Text.IsEmpty ? Refusal : UserText.Plain(reply.Text).Trim();
            return;
        }

        if (_own.Remove(reply.Id, out string? sentence))
        {
            if (Phase == TextPhase.Listing && reply.IsAck)
            {
                // How it answers is how it prints, whatever it lists.
                world.Era = _readAs = reply.Text.IsEmpty ? TextEra.Stable : TextEra.Newcore;
            }

            if (Phase == TextPhase.Listing && !reply.IsAck && !_offered.ContainsKey(sentence) && --_awaited == 0)
            {
                // It lists what it cannot say of what it is.
                Enable();
            }
            else if (Phase == TextPhase.Enabling)
            {
                if (!reply.IsAck)
                {
                    _subscriptions.Remove(sentence);
                    _last = null;
                }

                Phase = _own.Count == 0 ? TextPhase.Running : Phase;
            }

            return;
        }

        if (!_pending.TryGetValue(reply.Id, out PendingCommand? pending))
        {
            // The second line of stable's errors, or an answer nobody waits for any more.
            return;
        }

        string text = UserText.Plain(reply.Text);
        if (!reply.IsAck)
        {
            _pending.Remove(reply.Id);
            pending.Fail(new KismetException(KismetErrorId.CommandRefused, text.Length == 0 ? "The server refused the command." : text.TrimEnd(), "These are the server's words; its own messages, Get-KismetServerInfo shows them, may tell more."));
            return;
        }

        pending.Text = text.Length == 0 ? null : text;
        if (pending.Expects is not null)
        {
            pending.Acknowledged = true;
            return;
        }

        _pending.Remove(reply.Id);
        pending.Complete();
    }

    // Lines that come because of a command, as far as that can be told.
    private void Collect(ReadOnlySpan<byte> line)
    {
        PendingCommand? done = null;
        foreach (PendingCommand pending in _pending.Values)
        {
            pending.Add(line);
            done = pending is { Acknowledged: true, Expects: not null } && line.StartsWith("*CAPABILITY"u8) ? pending : done;
        }

        if (done is not null)
        {
            _pending.Remove(done.Id);
            done.Complete();
        }
    }

    private void Enable()
    {
        Phase = TextPhase.Enabling;
        _own.Clear();
        SentenceCatalog? release = world.Server.Greeting?.Release is { } name ? SentenceCatalog.Find(name) : null;
        foreach (string sentence in First.Where(_listed.Contains).Concat(_listed.Except(First)))
        {
            if (Required.Contains(sentence) || (!everything && Floods.Contains(sentence)) || IsOfOtherEra(sentence))
            {
                continue;
            }

            if (!_offered.TryGetValue(sentence, out SentenceDefinition? definition))
            {
                definition = (release ?? SentenceCatalog.Newest(world.Era)).Find(sentence);
            }

            if (definition is null)
            {
                continue;
            }

            TextSubscription subscription = TextSubscription.All(definition, world.Era);
            int id = NextId();
            if (subscription.Names.Length > 0 && CommandWriter.TryWriteEnable(_output, id, world.Era, definition.NameBytes, subscription.Names))
            {
                _subscriptions[sentence] = subscription;
                _own[id] = sentence;
            }
        }

        _subscriptions["TIME"] = TextSubscription.Of("TIME", ["timesec"], world.Era);
        _last = null;
        Phase = _own.Count == 0 ? TextPhase.Running : TextPhase.Enabling;
    }

    // What is received has to be read by the list it was asked for with, so lists change here or not at all.
    private void CheckSubscription(string word, string[] arguments, string shown)
    {
        if (word is not ("ENABLE" or "REMOVE") || arguments.Length == 0)
        {
            return;
        }

        string sentence = arguments[0].ToUpperInvariant();
        if (_subscriptions.TryGetValue(sentence, out TextSubscription? had) && (had.Kind != TextKind.Other || word == "ENABLE"))
        {
            throw new KismetException(
                KismetErrorId.ArgumentInvalid,
                $"'{shown}': the connection itself receives {sentence}, with every field the server has.",
                "Connect-KismetServer -Emit Sentence shows the sentences as they come.");
        }

        if (Required.Contains(sentence))
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, $"'{shown}': the connection needs {sentence}.", "Leave it as it is.");
        }

        if (word == "ENABLE" && arguments.Length > 1 && _offered.TryGetValue(sentence, out SentenceDefinition? definition))
        {
            string[] fields = arguments[1].StartsWith('*') ? [.. definition.Fields] : arguments[1].Split(',', StringSplitOptions.RemoveEmptyEntries);
            _subscriptions[sentence] = TextSubscription.InOrder(sentence, fields, world.Era);
        }
        else if (word == "REMOVE")
        {
            _subscriptions.Remove(sentence);
        }

        _last = null;
    }

    // One that has the sentences of both tells the same twice.
    private bool IsOfOtherEra(string sentence) =>
        SentenceCatalog.Newest(world.Era).Find(sentence) is null &&
        SentenceCatalog.Newest(world.Era == TextEra.Stable ? TextEra.Newcore : TextEra.Stable).Find(sentence) is not null;

    private int NextId() => _lastId = _lastId >= CommandWriter.MaxId ? 1 : _lastId + 1;
}
