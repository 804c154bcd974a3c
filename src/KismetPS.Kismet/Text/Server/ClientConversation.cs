using System.Text;
using KismetPS.Kismet.Text.Values;

namespace KismetPS.Kismet.Text.Server;

/// <summary>
/// One client of the text server, without a socket: bytes in by <see cref="Receive"/>, bytes out by <see cref="TryTake"/>, each by one thread at a time.
/// What it gets of the ticks waits in a bounded queue; when that is full the rest is dropped and counted, and once it has read what was there it is
/// told and gets a fresh dump. Its own commands never cost others anything.
/// </summary>
internal sealed class ClientConversation
{
    // Beyond this many answers and dumps nobody reads, no more commands are taken.
    private const int MaxReplies = 64;
    private const int MaxReplyBytes = 64 * 1024;

    private readonly TextHub _hub;
    private readonly LineFramer _framer;
    private readonly BatchWriter _replies = new();
    private readonly Queue<Item> _queue = new();
    private readonly LineGroup?[] _enabled = new LineGroup?[Enum.GetValues<SentenceKind>().Length];
    private OutputBatch? _current;
    private int _part;
    private long _pending;
    private int _waitingReplies;
    private int _waitingReplyBytes;
    private bool _lagging;
    private bool _ended;
    private long _linesSent;
    private long _bytesSent;
    private long _dropped;
    private long _toldDropped;
    private long _commandErrors;

    internal ClientConversation(TextHub hub, int id)
    {
        _hub = hub;
        _framer = new LineFramer(hub.Options.LineCap);
        Id = id;
        Era = hub.Options.Era;
    }

    /// <summary>Number of the client.</summary>
    public int Id { get; }

    /// <summary>Dialect spoken; Unknown until the first command.</summary>
    public TextEra Era { get; private set; }

    /// <summary>Called, on any thread, when there is something to take.</summary>
    public Action? OutputReady { get; set; }

    /// <summary>Lines handed out by <see cref="TryTake"/>.</summary>
    public long LinesSent => Interlocked.Read(ref _linesSent);

    /// <summary>Bytes handed out.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>Lines that did not fit.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Commands read.</summary>
    public long Commands { get; private set; }

    /// <summary>Commands answered with an error, lines that are no command, and lines over the cap.</summary>
    public long Errors => _commandErrors + _framer.LongLines;

    /// <summary>Bytes that wait.</summary>
    public long Queued
    {
        get
        {
            lock (_queue)
            {
                return _pending;
            }
        }
    }

    /// <summary>Whether commands may go on coming: false while answers wait that the client does not read.</summary>
    public bool WantsInput
    {
        get
        {
            lock (_queue)
            {
                return _waitingReplies < MaxReplies && _waitingReplyBytes < MaxReplyBytes;
            }
        }
    }

    private TextEra Spoken => Era == TextEra.Stable ? TextEra.Stable : TextEra.Newcore;

    /// <summary>What it asked for: names of sentences with the number of their fields, those every client has left out.</summary>
    public IReadOnlyList<(string Name, int Fields)> Enabled()
    {
        lock (_hub.Gate)
        {
            return [.. _enabled.OfType<LineGroup>().Where(static g => !ServerCatalog.IsRequired(g.Sentence.Kind)).Select(static g => (g.Sentence.Definition.Name, g.Selection.Count))];
        }
    }

    /// <summary>Takes bytes from the client.</summary>
    public void Receive(ReadOnlySpan<byte> bytes)
    {
        while (_framer.TryRead(ref bytes, out ReadOnlySpan<byte> line))
        {
            lock (_hub.Gate)
            {
                if (_ended)
                {
                    return;
                }

                OnLine(line);
            }
        }
    }

    /// <summary>The next bytes for the client, valid for good; false if there are none now.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> bytes)
    {
        while (true)
        {
            if (_current is { } batch)
            {
                if (_part < batch.Parts.Length)
                {
                    bytes = batch.Parts[_part++];
                    Interlocked.Add(ref _bytesSent, bytes.Length);
                    return true;
                }

                _current = null;
            }

            OutputWalk? walk = null;
            lock (_queue)
            {
                if (_queue.TryPeek(out Item item))
                {
                    walk = item.Walk;
                    if (item.Batch is not null)
                    {
                        _queue.Dequeue();
                        _pending -= item.Batch.Length;
                        _waitingReplies -= item.IsReply ? 1 : 0;
                        _waitingReplyBytes -= item.IsReply ? item.Batch.Length : 0;
                        Hand(item.Batch);
                    }
                }
                else if (!_lagging)
                {
                    bytes = default;
                    return false;
                }
            }

            if (walk is not null)
            {
                OutputBatch? page = _hub.NextPage(walk, out bool more);
                if (page is not null)
                {
                    Hand(page);
                }

                if (!more)
                {
                    EndWalk(walk);
                }
            }
            else if (_current is null)
            {
                _hub.Recover(this);
            }
        }
    }

    /// <summary>Gives it lines that others get too; drops them when too many wait. Under the hub's gate.</summary>
    internal void Offer(OutputBatch batch)
    {
        lock (_queue)
        {
            if (_lagging)
            {
                _dropped += batch.Lines;
                return;
            }

            if (_pending + batch.Length > _hub.Options.QueueBytes)
            {
                Shed(batch);
                return;
            }

            _queue.Enqueue(new Item(batch, null, false));
            _pending += batch.Length;
        }

        OutputReady?.Invoke();
    }

    /// <summary>Gives it lines of its own that are never dropped: there are no more of them than commands. Under the hub's gate.</summary>
    internal void Reply(OutputBatch batch)
    {
        lock (_queue)
        {
            _queue.Enqueue(new Item(batch, null, true));
            _pending += batch.Length;
            _waitingReplies++;
            _waitingReplyBytes += batch.Length;
        }

        OutputReady?.Invoke();
    }

    /// <summary>Starts a dump. Under the hub's gate.</summary>
    internal void Walk(OutputWalk walk)
    {
        lock (_queue)
        {
            _queue.Enqueue(new Item(null, walk, true));
            _waitingReplies++;
        }

        OutputReady?.Invoke();
    }

    /// <summary>Lines were dropped and it has read all that waited: from here on it takes part again. Gives what it missed. Under the hub's gate.</summary>
    internal long EndLag()
    {
        lock (_queue)
        {
            _lagging = false;
            long missed = _dropped - _toldDropped;
            _toldDropped = _dropped;
            return missed;
        }
    }

    /// <summary>The group it is in for a sentence. Under the hub's gate.</summary>
    internal LineGroup? GroupOf(SentenceKind kind) => _enabled[(int)kind];

    /// <summary>Sends the greeting and what every client has on. Under the hub's gate.</summary>
    internal void Greet()
    {
        ServerCatalog catalog = ServerCatalog.Of(Spoken);
        JoinRequired(catalog);
        SentenceWriter writer = new(_replies, Spoken);
        ServerLines.Greeting(ref writer, Spoken, _hub.Options);
        writer.Raw("PROTOCOLS"u8, catalog.Protocols);
        Send(ref writer, 2);
    }

    /// <summary>Answers a command that took its time: null when it was carried out, else why not. Under the hub's gate.</summary>
    internal void Answer(int id, string? problem)
    {
        if (_ended)
        {
            return;
        }

        if (problem is null)
        {
            Acknowledge(id);
        }
        else
        {
            Refuse(id, problem);
        }
    }

    /// <summary>Leaves all groups. Under the hub's gate.</summary>
    internal void Leave()
    {
        _ended = true;
        for (int kind = 0; kind < _enabled.Length; kind++)
        {
            Join((SentenceKind)kind, null);
        }
    }

    private void OnLine(ReadOnlySpan<byte> line)
    {
        if (Era == TextEra.Unknown && line is [(byte)'!', ..])
        {
            Choose(CommandReader.GuessEra(line));
        }

        CommandStatus status = CommandReader.Read(line, Spoken, out Command command);
        switch (status)
        {
            case CommandStatus.Ok:
                Commands++;
                OnCommand(command);
                break;
            case CommandStatus.NoCommand:
                Fail(command, CommandError.InvalidCommand);
                break;
            default:
                _commandErrors++;
                break;
        }
    }

    // The greeting went out before anything was known. A client of the stable era needs the form it reads, so it gets one more.
    private void Choose(TextEra era)
    {
        Era = era;
        if (era != TextEra.Stable)
        {
            return;
        }

        JoinRequired(ServerCatalog.Of(era));
        SentenceWriter writer = new(_replies, era);
        ServerLines.Greeting(ref writer, era, _hub.Options);
        Send(ref writer, 1);
    }

    private void JoinRequired(ServerCatalog catalog)
    {
        for (SentenceKind kind = 0; ServerCatalog.IsRequired(kind); kind++)
        {
            Join(kind, _hub.GroupOf(catalog[kind], FieldSelection.All(catalog[kind].Definition)));
        }
    }

    private void Join(SentenceKind kind, LineGroup? group)
    {
        ref LineGroup? slot = ref _enabled[(int)kind];
        if (slot is not null)
        {
            slot.Members.Remove(this);
            _hub.Release(slot);
        }

        slot = group;
        group?.Members.Add(this);
    }

    private void OnCommand(scoped in Command received)
    {
        Command command = received;
        if (command.Is("CAPABILITY"u8))
        {
            OnCapability(command);
        }
        else if (command.Is("ENABLE"u8))
        {
            OnEnable(command);
        }
        else if (command.Is("REMOVE"u8))
        {
            OnRemove(command);
        }
        else
        {
            OnOther(command);
        }
    }

    private void OnCapability(scoped Command command)
    {
        if (!command.TryReadSentenceName(out ReadOnlySpan<byte> name, out CommandError error))
        {
            Fail(command, error);
            return;
        }

        if (!ServerCatalog.Of(Spoken).TryGet(name, out ServedSentence? sentence))
        {
            Fail(command, CommandError.UnknownProtocol, name);
            return;
        }

        // Stable acknowledges first, newcore last.
        if (Spoken == TextEra.Stable)
        {
            Acknowledge(command.Id);
        }

        if (_enabled[(int)SentenceKind.Capability] is not null)
        {
            SentenceWriter writer = new(_replies, Spoken);
            writer.Raw("CAPABILITY"u8, Encoding.ASCII.GetBytes(sentence.Definition.ToString()));
            Send(ref writer, 1);
        }

        if (Spoken != TextEra.Stable)
        {
            Acknowledge(command.Id);
        }
    }

    private void OnEnable(scoped Command command)
    {
        if (!command.TryReadEnable(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> fields, out CommandError error))
        {
            Fail(command, error);
            return;
        }

        if (!ServerCatalog.Of(Spoken).TryGet(name, out ServedSentence? sentence))
        {
            Fail(command, CommandError.UnknownProtocol, name);
            return;
        }

        if (!FieldSelection.TryParse(sentence.Definition, fields, Spoken, out FieldSelection? selection, out ReadOnlySpan<byte> unknown))
        {
            Fail(command, CommandError.UnknownField, name, unknown);
            return;
        }

        LineGroup group = _hub.GroupOf(sentence, selection!);
        Join(sentence.Kind, group);
        _hub.Dump(this, group);
        Acknowledge(command.Id);
    }

    private void OnRemove(scoped Command command)
    {
        if (!command.TryReadSentenceName(out ReadOnlySpan<byte> name, out CommandError error))
        {
            Fail(command, error);
            return;
        }

        if (!ServerCatalog.Of(Spoken).TryGet(name, out ServedSentence? sentence))
        {
            Fail(command, CommandError.UnknownProtocol, name);
            return;
        }

        Join(sentence.Kind, null);
        Acknowledge(command.Id);
    }

    private void OnOther(scoped Command command)
    {
        ControlAnswer answer = ControlCommands.Judge(command, Spoken, _hub.Options, _hub.Sources);
        switch (answer.Kind)
        {
            case ControlAnswerKind.Unknown:
                Fail(command, CommandError.UnknownCommand);
                break;
            case ControlAnswerKind.Shutdown:
                _hub.BeginShutdown();
                break;
            case ControlAnswerKind.Ordered:
                if (!_hub.TryOrder(this, command.Id, answer.Order!))
                {
                    Refuse(command.Id, "Too many commands for sources are under way");
                }

                break;
            default:
                Refuse(command.Id, answer.Text);
                break;
        }
    }

    private void Refuse(int id, string reason)
    {
        _commandErrors++;
        SentenceWriter writer = new(_replies, Spoken);
        byte[] text = Encoding.ASCII.GetBytes(reason);
        if (_enabled[(int)SentenceKind.Error] is not null)
        {
            ReplyWriter.Error(ref writer, Spoken, id, text);
            Send(ref writer, 1);
        }

        TellFailure(text);
    }

    private void Acknowledge(int id)
    {
        if (_enabled[(int)SentenceKind.Ack] is not null)
        {
            SentenceWriter writer = new(_replies, Spoken);
            ReplyWriter.Ack(ref writer, Spoken, id);
            Send(ref writer, 1);
        }
    }

    private void Fail(scoped in Command command, CommandError error, scoped ReadOnlySpan<byte> sentence = default, scoped ReadOnlySpan<byte> field = default)
    {
        _commandErrors++;
        SentenceWriter writer = new(_replies, Spoken);
        ReplyWriter.Error(ref writer, Spoken, command, error, sentence, field);
        writer.Flush();
        OutputBatch? batch = _replies.Take();
        if (batch is null)
        {
            return;
        }

        byte[] bytes = batch.Parts.Length == 1 ? batch.Parts[0].ToArray() : [.. batch.Parts.SelectMany(static p => p.ToArray())];
        if (_enabled[(int)SentenceKind.Error] is not null)
        {
            Reply(batch with { Lines = bytes.Count(static b => b == (byte)'\n') });
        }

        // Newcore says so in STATUS too, but of unknown commands it does not. There every client hears of it; here the one whose command it was.
        if (Spoken != TextEra.Stable && error != CommandError.UnknownCommand)
        {
            int open = Array.IndexOf(bytes, WordReader.Quote);
            int close = Array.LastIndexOf(bytes, WordReader.Quote);
            TellFailure(bytes.AsSpan(open + 1, close - open - 1));
        }
    }

    private void TellFailure(scoped ReadOnlySpan<byte> text)
    {
        if (Spoken != TextEra.Stable && _enabled[(int)SentenceKind.Status] is { } status)
        {
            byte[] message = [.. "Failed Kismet client command: "u8, .. text];
            SentenceWriter writer = new(_replies, Spoken);
            ServerLines.Status(ref writer, status, message, MessageFlags.Error);
            Send(ref writer, 1);
        }
    }

    private void Send(ref SentenceWriter writer, int lines)
    {
        writer.Flush();
        _replies.Lines += lines;
        if (_replies.Take() is { } batch)
        {
            Reply(batch);
        }
    }

    private void Hand(OutputBatch batch)
    {
        _current = batch;
        _part = 0;
        Interlocked.Add(ref _linesSent, batch.Lines);
    }

    private void EndWalk(OutputWalk walk)
    {
        lock (_queue)
        {
            if (_queue.TryPeek(out Item item) && ReferenceEquals(item.Walk, walk))
            {
                _queue.Dequeue();
                _waitingReplies--;
            }
        }
    }

    // What waits of the ticks is out of date by the time it could be read; answers and dumps stay, in their order.
    private void Shed(OutputBatch batch)
    {
        _dropped += batch.Lines;
        _lagging = true;
        for (int i = _queue.Count; i > 0; i--)
        {
            Item item = _queue.Dequeue();
            if (item.IsReply)
            {
                _queue.Enqueue(item);
            }
            else
            {
                _dropped += item.Batch!.Lines;
                _pending -= item.Batch.Length;
            }
        }
    }

    private readonly record struct Item(OutputBatch? Batch, OutputWalk? Walk, bool IsReply);
}
