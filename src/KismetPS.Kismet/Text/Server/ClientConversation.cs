namespace KismetPS.Kismet.Text.Server;

/// <summary>
/// One client of the text server, without a socket: bytes in by <see cref="Receive"/>, bytes out by <see cref="TryTake"/>, each by one thread at a time.
/// What it gets of the ticks waits in a bounded queue; once it has read all that was there before lines were dropped it is told and gets a fresh dump.
/// Its own commands never cost others anything.
/// </summary>
internal sealed class ClientConversation
{
    private readonly TextHub _hub;
    private readonly LineFramer _framer;
    private readonly ClientQueue _queue;
    private readonly ClientGroups _groups;
    private readonly ClientAnswers _answers;
    private OutputBatch? _current;
    private int _part;
    private bool _ended;
    private long _linesSent;
    private long _bytesSent;

    internal ClientConversation(TextHub hub, int id)
    {
        _hub = hub;
        _framer = new LineFramer(hub.Options.LineCap);
        _queue = new ClientQueue(hub.Options.QueueBytes);
        _groups = new ClientGroups(hub.Groups, this);
        _answers = new ClientAnswers(_groups, Reply);
        Id = id;
        Speak(hub.Options.Era);
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
    public long Dropped => _queue.Dropped;

    /// <summary>Commands read.</summary>
    public long Commands { get; private set; }

    /// <summary>Commands answered with an error, lines that are no command, and lines over the cap.</summary>
    public long Errors => _answers.Errors + _framer.LongLines;

    /// <summary>Bytes that wait.</summary>
    public long Queued => _queue.Bytes;

    /// <summary>Whether commands may go on coming: false while answers wait that the client does not read.</summary>
    public bool WantsInput => _queue.WantsCommands;

    // Newcore's where it is not known yet.
    private TextEra Spoken => _answers.Era;

    /// <summary>What it asked for: names of sentences with the number of their fields, those every client has left out.</summary>
    public IReadOnlyList<(string Name, int Fields)> Enabled()
    {
        lock (_hub.Gate)
        {
            return _groups.Asked();
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
            if (_current is { } current)
            {
                if (_part < current.Parts.Length)
                {
                    bytes = current.Parts[_part++];
                    Interlocked.Add(ref _bytesSent, bytes.Length);
                    return true;
                }

                _current = null;
            }

            switch (_queue.Next(out OutputBatch? batch, out OutputWalk? walk))
            {
                case ClientQueueState.Lines:
                    Hand(batch);
                    break;
                case ClientQueueState.Dump:
                    Hand(_hub.NextPage(walk!, out bool more));
                    if (!more)
                    {
                        _queue.EndDump(walk!);
                    }

                    break;
                case ClientQueueState.CaughtUp:
                    _hub.Recover(this);
                    break;
                default:
                    bytes = default;
                    return false;
            }
        }
    }

    /// <summary>Gives it lines that others get too; drops them when too many wait. Under the hub's gate.</summary>
    internal void Offer(OutputBatch batch)
    {
        if (_queue.TryAdd(batch))
        {
            OutputReady?.Invoke();
        }
    }

    /// <summary>Gives it lines of its own that are never dropped: there are no more of them than commands. Under the hub's gate.</summary>
    internal void Reply(OutputBatch batch)
    {
        _queue.AddReply(batch);
        OutputReady?.Invoke();
    }

    /// <summary>Starts a dump. Under the hub's gate.</summary>
    internal void Walk(OutputWalk walk)
    {
        _queue.AddDump(walk);
        OutputReady?.Invoke();
    }

    /// <summary>Lines were dropped and it has read all that waited: from here on it takes part again. Gives what it missed. Under the hub's gate.</summary>
    internal long EndLag() => _queue.EndLag();

    /// <summary>The group it is in for a sentence. Under the hub's gate.</summary>
    internal LineGroup? GroupOf(SentenceKind kind) => _groups[kind];

    /// <summary>Sends the greeting and what every client has on. Under the hub's gate.</summary>
    internal void Greet()
    {
        ServerCatalog catalog = ServerCatalog.Of(Spoken);
        _groups.JoinRequired(catalog);
        _answers.Greet(_hub.Options, catalog);
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
            _answers.Acknowledge(id);
        }
        else
        {
            _answers.Refuse(id, problem);
        }
    }

    /// <summary>Leaves all groups. Under the hub's gate.</summary>
    internal void Leave()
    {
        _ended = true;
        _groups.LeaveAll();
    }

    private void Hand(OutputBatch? batch)
    {
        _current = batch;
        _part = 0;
        Interlocked.Add(ref _linesSent, batch?.Lines ?? 0);
    }

    private void Speak(TextEra era)
    {
        Era = era;
        _answers.Era = era == TextEra.Stable ? TextEra.Stable : TextEra.Newcore;
    }

    private void OnLine(ReadOnlySpan<byte> line)
    {
        if (Era == TextEra.Unknown && line is [(byte)'!', ..])
        {
            Choose(CommandReader.GuessEra(line));
        }

        switch (CommandReader.Read(line, Spoken, out Command command))
        {
            case CommandStatus.Ok:
                Commands++;
                OnCommand(command);
                break;
            case CommandStatus.NoCommand:
                _answers.Fail(command, CommandError.InvalidCommand);
                break;
            default:
                _answers.CountError();
                break;
        }
    }

    // The greeting went out before anything was known. A client of the stable era needs the form it reads, so it gets one more.
    private void Choose(TextEra era)
    {
        Speak(era);
        if (era == TextEra.Stable)
        {
            _groups.JoinRequired(ServerCatalog.Of(era));
            _answers.Greet(_hub.Options, catalog: null);
        }
    }

    private void OnCommand(scoped in Command received)
    {
        Command command = received;
        if (command.Is("CAPABILITY"u8))
        {
            if (TryReadSentence(ref command, out ServedSentence? sentence))
            {
                _answers.Capability(command.Id, sentence!.Definition);
            }
        }
        else if (command.Is("ENABLE"u8))
        {
            OnEnable(command);
        }
        else if (command.Is("REMOVE"u8))
        {
            if (TryReadSentence(ref command, out ServedSentence? sentence))
            {
                _groups.Leave(sentence!.Kind);
                _answers.Acknowledge(command.Id);
            }
        }
        else
        {
            OnOther(command);
        }
    }

    // The one argument of CAPABILITY and REMOVE; what is wrong with it is answered.
    private bool TryReadSentence(scoped ref Command command, out ServedSentence? sentence)
    {
        sentence = null;
        if (!command.TryReadSentenceName(out ReadOnlySpan<byte> name, out CommandError error))
        {
            _answers.Fail(command, error);
            return false;
        }

        return TryFind(command, name, out sentence);
    }

    private bool TryFind(scoped in Command command, scoped ReadOnlySpan<byte> name, out ServedSentence? sentence)
    {
        if (ServerCatalog.Of(Spoken).TryGet(name, out sentence))
        {
            return true;
        }

        _answers.Fail(command, CommandError.UnknownProtocol, name);
        return false;
    }

    private void OnEnable(scoped Command command)
    {
        if (!command.TryReadEnable(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> fields, out CommandError error))
        {
            _answers.Fail(command, error);
        }
        else if (TryFind(command, name, out ServedSentence? sentence))
        {
            if (FieldSelection.TryParse(sentence!.Definition, fields, Spoken, out FieldSelection? selection, out ReadOnlySpan<byte> unknown))
            {
                _hub.Dump(this, _groups.Join(sentence, selection!));
                _answers.Acknowledge(command.Id);
            }
            else
            {
                _answers.Fail(command, CommandError.UnknownField, name, unknown);
            }
        }
    }

    private void OnOther(scoped Command command)
    {
        ControlAnswer answer = ControlCommands.Judge(command, Spoken, _hub.Options, _hub.Sources);
        switch (answer.Kind)
        {
            case ControlAnswerKind.Unknown:
                _answers.Fail(command, CommandError.UnknownCommand);
                break;
            case ControlAnswerKind.Shutdown:
                _hub.BeginShutdown();
                break;
            case ControlAnswerKind.Ordered:
                if (!_hub.TryOrder(this, command.Id, answer.Order!))
                {
                    _answers.Refuse(command.Id, "Too many commands for sources are under way");
                }

                break;
            default:
                _answers.Refuse(command.Id, answer.Text);
                break;
        }
    }
}
