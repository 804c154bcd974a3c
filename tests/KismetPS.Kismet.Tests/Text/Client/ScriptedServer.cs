using System.Net;
using System.Net.Sockets;
using System.Text;
using KismetPS.Kismet.Text;

namespace KismetPS.Kismet.Tests.Text.Client;

/// <summary>
/// A text server over a real socket that says what a real one was recorded to say: it greets, answers CAPABILITY from the release's field lists, and on
/// ENABLE sends the recorded sentences of that name with the fields in the order asked for. Everything leaves in random pieces.
/// </summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener;
    private readonly RecordedConversation? _conversation;
    private readonly SentenceCatalog _catalog;
    private readonly (byte[] Line, SentenceDefinition Fields)[] _recorded;
    private readonly List<string> _commands = [];
    private readonly List<byte[]> _told = [];
    private readonly Random _random = new(20161119);
    private int _connections;
    private volatile TcpClient? _client;

    /// <summary>A server of a release that says these lines, each with all fields in default order.</summary>
    public ScriptedServer(SentenceCatalog catalog, IEnumerable<byte[]> recorded, int port = 0)
        : this(catalog, recorded.Select(line => (line, Fields(catalog, line)!)).Where(static l => l.Item2 is not null), port)
    {
    }

    /// <summary>The server of a recording: its greeting, its words and its answers to commands.</summary>
    public ScriptedServer(RecordedConversation conversation)
        : this(conversation.Catalog, conversation.Sentences) => _conversation = conversation;

    private ScriptedServer(SentenceCatalog catalog, IEnumerable<(byte[] Line, SentenceDefinition Fields)> recorded, int port = 0)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _catalog = catalog;
        _recorded = [.. recorded];
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public int Port { get; }

    /// <summary>Connections taken.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>When the server says it started.</summary>
    public long StartTime { get; set; } = 1795247577;

    /// <summary>Commands received, without their numbers.</summary>
    public IReadOnlyList<string> Commands
    {
        get
        {
            lock (_commands)
            {
                return [.. _commands];
            }
        }
    }

    /// <summary>Recorded lines sent, as they were sent.</summary>
    public IReadOnlyList<byte[]> Told
    {
        get
        {
            lock (_told)
            {
                return [.. _told];
            }
        }
    }

    /// <summary>A field that the server does not have after all.</summary>
    public string? Refuses { get; init; }

    /// <summary>Lines sent before the first ACK of an ENABLE.</summary>
    public List<string> Hostile { get; } = [];

    public void Drop() => _client?.Close();

    /// <summary>Says something unasked.</summary>
    public void Say(string text) => Send(_client!.GetStream(), text);

    public void Dispose()
    {
        _listener.Stop();
        _client?.Close();
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                _client = _listener.AcceptTcpClient();
                Interlocked.Increment(ref _connections);
                try
                {
                    Serve(_client);
                }
                catch (IOException)
                {
                    // The client went, or the test dropped it.
                }
                catch (ObjectDisposedException)
                {
                    // Likewise.
                }
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private void Serve(TcpClient client)
    {
        NetworkStream stream = client.GetStream();
        bool stable = _catalog.Era == TextEra.Stable;
        if (_conversation is { Greeting.Count: > 1 } recorded)
        {
            Send(stream, string.Concat(recorded.Greeting.Take(2).Select(static l => Lines.Text(l) + "\n")));
        }
        else
        {
            Greet(stream, stable);
        }

        Converse(stream, stable);
    }

    private void Greet(NetworkStream stream, bool stable)
    {
        Send(stream, stable ? $"*KISMET: 0.0.0 {StartTime} \u0001old\u0001 20050815211952 0 {_catalog.Release.Replace('-', '.')} \n" : $"*KISMET: 0.0.0 {StartTime} \u0001new\u0001 \u0001\u0001 0 \n");
        Send(stream, "*PROTOCOLS: " + string.Join(',', _catalog.Sentences.Select(static s => s.Name)) + "\n");
    }

    private void Converse(NetworkStream stream, bool stable)
    {
        using StreamReader reader = new(stream, Encoding.Latin1);
        while (reader.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            string id = words[0][1..];
            string command = string.Join(' ', words[1..]);
            lock (_commands)
            {
                _commands.Add(command);
            }

            string ack = stable ? $"*ACK: {id}\n" : $"*ACK: {id} \u0001OK\u0001 \n";
            if (words[1] is not ("CAPABILITY" or "ENABLE" or "REMOVE") && _conversation?.Answers.TryGetValue(command, out List<byte[]>? answers) == true)
            {
                // The answer it gave, to the number it has now.
                Send(stream, string.Concat(answers.Select(a => Renumbered(Lines.Text(a), id) + "\n")));
                continue;
            }

            switch (words[1])
            {
                case "CAPABILITY":
                    SentenceDefinition? offer = _conversation is null ? _catalog.Find(words[2]) : _conversation.Offer(words[2]);
                    string capability = offer is null ? "" : $"*CAPABILITY: {offer}\n";
                    Send(stream, stable ? ack + capability : capability + ack);
                    break;
                case "ENABLE" when words[3] == Refuses:
                    Send(stream, $"*ERROR: {id} \u0001Unknown field {Refuses}\u0001 \n");
                    break;
                case "ENABLE":
                    Send(stream, string.Concat(Hostile.Select(static h => h + "\n")) + Dump(words[2], words[3].Split(',', StringSplitOptions.RemoveEmptyEntries)) + ack);
                    break;
                case "BAD":
                    Send(stream, stable ? $"*ERROR: {id} Unknown command 'BAD'\n*ERROR: {id} Unknown command 'BAD'\n" : $"*ERROR: {id} \u0001NO SUCH COMMAND\u0001 \n");
                    break;
                default:
                    Send(stream, ack);
                    break;
            }
        }
    }

    private static SentenceDefinition? Fields(SentenceCatalog catalog, byte[] line) =>
        SentenceReader.Read(line, catalog.Era, out SentenceReader sentence) == SentenceStatus.Ok && catalog.TryGet(sentence.Name, out SentenceDefinition? definition) ? definition : null;

    private static string Renumbered(string answer, string id)
    {
        int start = answer.IndexOf(' ', StringComparison.Ordinal) + 1;
        int end = answer.IndexOf(' ', start);
        return answer[..start] + id + (end < 0 ? "" : answer[end..]);
    }

    private string Dump(string name, string[] fields)
    {
        StringBuilder text = new();
        foreach ((byte[] line, SentenceDefinition definition) in _recorded)
        {
            if (definition.Name != name || SentenceReader.Read(line, _catalog.Era, out SentenceReader sentence) != SentenceStatus.Ok)
            {
                continue;
            }

            string? told = sentence.IsRaw ? Lines.Text(line) : Reordered(sentence, definition, fields);
            if (told is not null)
            {
                lock (_told)
                {
                    _told.Add(Lines.Bytes(told));
                }

                text.Append(told).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string? Reordered(SentenceReader sentence, SentenceDefinition definition, string[] fields)
    {
        List<string> words = [];
        while (sentence.TryRead(out Word word))
        {
            words.Add(Lines.Text(word.Raw));
        }

        // INFO.signal of stable is one field and three words.
        if (words.Count == definition.Count + 2)
        {
            words = [.. words[..^3], string.Join(' ', words[^3..])];
        }

        return words.Count == definition.Count ? $"*{definition.Name}: {string.Join(' ', fields.Select(f => words[definition.IndexOf(f)]))} " : null;
    }

    private void Send(NetworkStream stream, string text)
    {
        // What the test says and what is answered come whole, one after the other.
        lock (_random)
        {
            byte[] bytes = Lines.Bytes(text);
            for (int at = 0; at < bytes.Length;)
            {
                int length = Math.Min(bytes.Length - at, 1 + _random.Next(1500));
                stream.Write(bytes, at, length);
                at += length;
            }
        }
    }
}
