using System.Text;
using KismetPS.Kismet.Text.Values;

namespace KismetPS.Kismet.Text.Server;

/// <summary>The answers to one client's commands, in its dialect and as far as it has the sentences for them on. Under the hub's gate.</summary>
/// <param name="groups">What it has on.</param>
/// <param name="reply">Sends lines to it.</param>
internal sealed class ClientAnswers(ClientGroups groups, Action<OutputBatch> reply)
{
    private readonly BatchWriter _output = new();
    private long _errors;

    /// <summary>The dialect: newcore's or stable's.</summary>
    public TextEra Era { get; set; } = TextEra.Newcore;

    /// <summary>How often it was refused something.</summary>
    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>The greeting, and with it what is served, unless the client knows that already.</summary>
    public void Greet(TextHubOptions options, ServerCatalog? catalog)
    {
        SentenceWriter writer = Begin();
        ServerLines.Greeting(ref writer, Era, options);
        if (catalog is not null)
        {
            writer.Raw("PROTOCOLS"u8, catalog.Protocols);
        }

        Send(ref writer, catalog is null ? 1 : 2);
    }

    /// <summary>What the fields of a sentence are, and that it was served. Stable acknowledges first, newcore last.</summary>
    public void Capability(int id, SentenceDefinition sentence)
    {
        if (Era == TextEra.Stable)
        {
            Acknowledge(id);
        }

        if (groups[SentenceKind.Capability] is not null)
        {
            SentenceWriter writer = Begin();
            writer.Raw("CAPABILITY"u8, Encoding.ASCII.GetBytes(sentence.ToString()));
            Send(ref writer, 1);
        }

        if (Era != TextEra.Stable)
        {
            Acknowledge(id);
        }
    }

    /// <summary>Served.</summary>
    public void Acknowledge(int id)
    {
        if (groups[SentenceKind.Ack] is not null)
        {
            SentenceWriter writer = Begin();
            ReplyWriter.Ack(ref writer, Era, id);
            Send(ref writer, 1);
        }
    }

    /// <summary>Not served, for a reason of this server's own.</summary>
    public void Refuse(int id, string reason)
    {
        CountError();
        byte[] text = Encoding.ASCII.GetBytes(reason);
        if (groups[SentenceKind.Error] is not null)
        {
            SentenceWriter writer = Begin();
            ReplyWriter.Error(ref writer, Era, id, text);
            Send(ref writer, 1);
        }

        TellFailure(text);
    }

    /// <summary>Not served, in the words of the servers of the era.</summary>
    public void Fail(scoped in Command command, CommandError error, scoped ReadOnlySpan<byte> sentence = default, scoped ReadOnlySpan<byte> field = default)
    {
        CountError();
        SentenceWriter writer = Begin();
        ReplyWriter.Error(ref writer, Era, command, error, sentence, field);
        writer.Flush();
        OutputBatch? batch = _output.Take();
        if (batch is null)
        {
            return;
        }

        byte[] bytes = batch.Parts.Length == 1 ? batch.Parts[0].ToArray() : [.. batch.Parts.SelectMany(static p => p.ToArray())];
        if (groups[SentenceKind.Error] is not null)
        {
            reply(batch with { Lines = bytes.Count(static b => b == (byte)'\n') });
        }

        // Newcore says so in STATUS too, but of unknown commands it does not. There every client hears of it; here the one whose command it was.
        if (Era != TextEra.Stable && error != CommandError.UnknownCommand)
        {
            int open = Array.IndexOf(bytes, WordReader.Quote);
            int close = Array.LastIndexOf(bytes, WordReader.Quote);
            TellFailure(bytes.AsSpan(open + 1, close - open - 1));
        }
    }

    /// <summary>Counts a line that was no command; it gets no answer.</summary>
    public void CountError() => Interlocked.Increment(ref _errors);

    private void TellFailure(scoped ReadOnlySpan<byte> text)
    {
        if (Era != TextEra.Stable && groups[SentenceKind.Status] is { } status)
        {
            byte[] message = [.. "Failed Kismet client command: "u8, .. text];
            SentenceWriter writer = Begin();
            ServerLines.Status(ref writer, status, message, MessageFlags.Error);
            Send(ref writer, 1);
        }
    }

    private SentenceWriter Begin() => new(_output, Era);

    private void Send(ref SentenceWriter writer, int lines)
    {
        writer.Flush();
        _output.Lines += lines;
        if (_output.Take() is { } batch)
        {
            reply(batch);
        }
    }
}
