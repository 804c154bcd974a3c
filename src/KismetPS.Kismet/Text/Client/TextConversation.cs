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

    private static readonly TimeSpan CapabilityTime = TimeSpan.FromSeconds(5);

    private readonly LineFramer _framer = new();
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly Dictionary<int, string> _own = [];
    private readonly TextSubscriptions _subscriptions = new();
    private int _lastId;
    private int _before;
    private int _awaited;
    private DateTimeOffset _askedAt;
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

    /// <summary>Sentences the server offers, as far as it has told their fields.</summary>
    public IReadOnlyList<SentenceDefinition> Offered => _subscriptions.Offered;

    /// <summary>Those who want the sentences themselves.</summary>
    public SentenceFeed Feeds { get; } = new(world.SessionId);

    /// <summary>Commands of users without answer.</summary>
    public PendingCommands Pending { get; } = new();

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
        _before = 0;
        _awaited = 0;
        Phase = TextPhase.Greeting;
        Terminated = false;
        Refusal = null;
        Restarted = false;
        _readAs = TextEra.Unknown;
        Pending.Abandon(new KismetException(KismetErrorId.ConnectionLost, "The connection ended before the server answered.", "Send the command again."));
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

    /// <summary>Puts a user's command into the output. The text is the command word and its arguments in their wire form.</summary>
    public PendingCommand Send(ReadOnlySpan<byte> text)
    {
        string shown = new KismetSentence(text.ToArray()) { Name = "", Fields = [] }.Raw;
        int blank = text.IndexOf((byte)' ');
        string word = Encoding.ASCII.GetString(blank < 0 ? text : text[..blank]).ToUpperInvariant();
        string[] arguments = blank < 0 ? [] : Encoding.ASCII.GetString(text[(blank + 1)..]).Split(' ');
        _subscriptions.Check(word, arguments, shown);
        Pending.CheckRoom();
        int id = NextId();
        PendingCommand pending = new(id, shown, world.SessionId)
        {
            // Newcore sends it before the acknowledgement.
            Expects = word == "CAPABILITY" && world.Era == TextEra.Stable ? "CAPABILITY" : word == "SHUTDOWN" ? "TERMINATE" : null,
            Enables = word == "ENABLE" && arguments.Length > 0 ? arguments[0].ToUpperInvariant() : null,
        };
        if (!CommandWriter.TryWrite(_output, id, text))
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, $"'{shown}' cannot be sent as one line.", "A command holds no control characters and begins with its name.");
        }

        _subscriptions.TakeCommand(word, arguments, world.Era);
        Pending.Add(pending);
        return pending;
    }

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

        TextSubscription? subscription = _subscriptions.Find(sentence.Name);

        // The greeting itself tells how it is to be read.
        bool greets = Phase == TextPhase.Greeting;
        if (Feeds.IsWanted && !greets)
        {
            Feeds.Offer(line, sentence, _readAs, subscription, now);
        }

        if (subscription is not null && Phase != TextPhase.Greeting)
        {
            world.Take(sentence, subscription, now);
            if (Pending.Any && subscription.Kind == TextKind.Message)
            {
                Pending.TakeLine(line);
            }
        }
        else
        {
            TakeOwn(line, sentence, now);
        }

        if (Feeds.IsWanted && greets)
        {
            Feeds.Offer(line, sentence, _readAs, subscription, now);
        }
    }

    // What belongs to the conversation itself.
    private void TakeOwn(ReadOnlySpan<byte> line, SentenceReader sentence, DateTimeOffset now)
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
            TakeProtocols(ref sentence, now);
        }
        else if (sentence.Name.SequenceEqual("CAPABILITY"u8))
        {
            TakeCapability(line, ref sentence);
        }
        else if (sentence.Name.SequenceEqual("TERMINATE"u8))
        {
            Terminated = true;
            Pending.TakeEnd();
        }
        else if (sentence.Name.SequenceEqual("ACK"u8) || sentence.Name.SequenceEqual("ERROR"u8))
        {
            world.Drop(TextDropReason.BadKey);
        }
        else if (sentence.Name.SequenceEqual("WEPKEY"u8) || sentence.Name.SequenceEqual("PLUGIN"u8))
        {
            Pending.TakeLine(line);
        }
        else if (!sentence.Name.SequenceEqual("TIME"u8))
        {
            world.Drop(TextDropReason.NotAskedFor);
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

    private void TakeProtocols(ref SentenceReader sentence, DateTimeOffset now)
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
        while (!list.IsEmpty)
        {
            int comma = list.IndexOf((byte)',');
            ReadOnlySpan<byte> name = comma < 0 ? list : list[..comma];
            list = comma < 0 ? [] : list[(comma + 1)..];
            Ask(name);
        }

        _askedAt = now;
        Phase = TextPhase.Listing;
        if (_awaited == 0)
        {
            Enable();
        }
    }

    // What the fields of a sentence are.
    private void Ask(ReadOnlySpan<byte> sentence)
    {
        string name = Encoding.ASCII.GetString(sentence);
        int id = NextId();
        if (_subscriptions.CanList(name) && CommandWriter.TryWriteCapability(_output, id, sentence))
        {
            _subscriptions.List(name);
            _own.Add(id, name);
            _awaited++;
        }
    }

    private void TakeCapability(ReadOnlySpan<byte> line, ref SentenceReader sentence)
    {
        Pending.TakeLine(line);
        if (!sentence.TryRead(out Word word) || !SentenceDefinition.TryParse(word.Value, out SentenceDefinition? definition))
        {
            world.Drop(TextDropReason.BadValue);
            return;
        }

        if (Phase == TextPhase.Listing && _subscriptions.TryOffer(definition!) && --_awaited == 0)
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

            if (Phase == TextPhase.Listing && !reply.IsAck && !_subscriptions.IsOffered(sentence) && --_awaited == 0)
            {
                // It lists what it cannot say of what it is.
                Enable();
            }
            else if (Phase == TextPhase.Enabling)
            {
                if (!reply.IsAck)
                {
                    _subscriptions.Remove(sentence);
                }

                Phase = _own.Count == 0 ? TextPhase.Running : Phase;
            }

            return;
        }

        if (Pending.TakeReply(reply)?.Enables is { } refused)
        {
            _subscriptions.Remove(refused);
        }
    }

    private void Enable()
    {
        Phase = TextPhase.Enabling;
        _own.Clear();
        foreach ((SentenceDefinition sentence, TextSubscription subscription) in _subscriptions.Wanted(world.Era, world.Server.Greeting?.Release, everything))
        {
            int id = NextId();
            if (subscription.Names.Length > 0 && CommandWriter.TryWriteEnable(_output, id, world.Era, sentence.NameBytes, subscription.Names))
            {
                _subscriptions.Add(subscription);
                _own[id] = sentence.Name;
            }
        }

        _subscriptions.Add(TextSubscription.Of("TIME", ["timesec"], world.Era));
        Phase = _own.Count == 0 ? TextPhase.Running : TextPhase.Enabling;
    }

    private int NextId() => _lastId = _lastId >= CommandWriter.MaxId ? 1 : _lastId + 1;
}
