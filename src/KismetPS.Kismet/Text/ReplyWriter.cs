using System.Buffers.Text;

namespace KismetPS.Kismet.Text;

/// <summary>ACK and ERROR as the servers of both eras send them.</summary>
internal static class ReplyWriter
{
    // Newcore prints the number into ten bytes.
    private const int NewcoreIdLength = 9;

    /// <summary>The answer to a command served. Stable gives none to number 0; newcore does, whatever its documents say, and its scripts wait for it.</summary>
    public static void Ack(ref SentenceWriter writer, TextEra era, int id)
    {
        if (era == TextEra.Stable)
        {
            if (id != 0)
            {
                writer.Raw("ACK"u8, id);
            }

            return;
        }

        writer.Begin("ACK"u8);
        NewcoreId(ref writer, id);
        writer.Quoted("OK"u8);
        writer.End();
    }

    /// <summary>An error in the server's own words.</summary>
    public static void Error(ref SentenceWriter writer, TextEra era, int id, scoped ReadOnlySpan<byte> text)
    {
        Start(ref writer, era, id);
        writer.Text(text);
        Finish(ref writer, era);
    }

    /// <summary>
    /// A known error as the era words it. <paramref name="sentence"/> is the name asked for, <paramref name="field"/> the field of an unknown field.
    /// In stable the complaints about CAPABILITY, ENABLE and REMOVE come with a second line that calls the command unknown.
    /// </summary>
    public static void Error(ref SentenceWriter writer, TextEra era, scoped in Command command, CommandError error, scoped ReadOnlySpan<byte> sentence = default, scoped ReadOnlySpan<byte> field = default)
    {
        bool stable = era == TextEra.Stable;
        Start(ref writer, era, command.Id);
        switch (error)
        {
            case CommandError.InvalidCommand:
                writer.Text("invalid command"u8);
                break;

            case CommandError.UnknownProtocol when stable:
                writer.Text("Unknown protocol "u8);
                writer.Text(sentence);
                break;

            case CommandError.UnknownProtocol:
                writer.Text("Unknown protocol: '"u8);
                writer.Text(sentence);
                writer.Text("'"u8);
                break;

            case CommandError.UnknownField when stable:
                writer.Text("Unknown field '"u8);
                writer.Text(field);
                writer.Text("' for protocol "u8);
                writer.Text(sentence);
                break;

            case CommandError.UnknownField:
                writer.Text("Unknown field "u8);
                writer.Text(field);
                break;

            case CommandError.InvalidEnable:
                writer.Text("Invalid ENABLE"u8);
                break;

            case CommandError.IllegalEnable:
                writer.Text("Illegal enable request"u8);
                break;

            case CommandError.IllegalCapability:
                writer.Text("Illegal capability request"u8);
                break;

            case CommandError.IllegalRemove:
                writer.Text("Illegal remove request"u8);
                break;

            default:
                if (!stable)
                {
                    writer.Text("NO SUCH COMMAND"u8);
                    break;
                }

                UnknownCommand(ref writer, command);
                break;
        }

        Finish(ref writer, era);
        if (stable && error is CommandError.UnknownProtocol or CommandError.UnknownField or CommandError.InvalidEnable)
        {
            Start(ref writer, era, command.Id);
            UnknownCommand(ref writer, command);
            Finish(ref writer, era);
        }
    }

    private static void UnknownCommand(ref SentenceWriter writer, scoped in Command command)
    {
        writer.Text("Unknown command '"u8);
        writer.Text(command.Name);
        writer.Text("'"u8);
    }

    private static void Start(ref SentenceWriter writer, TextEra era, int id)
    {
        writer.Begin("ERROR"u8);
        if (era == TextEra.Stable)
        {
            writer.Number((long)id);
        }
        else
        {
            NewcoreId(ref writer, id);
            writer.QuoteMark(closing: false);
        }
    }

    private static void Finish(ref SentenceWriter writer, TextEra era)
    {
        if (era != TextEra.Stable)
        {
            writer.QuoteMark(closing: true);
        }

        writer.End();
    }

    private static void NewcoreId(ref SentenceWriter writer, int id)
    {
        Span<byte> text = stackalloc byte[11];
        Utf8Formatter.TryFormat(id, text, out int length);
        writer.Word(text[..Math.Min(length, NewcoreIdLength)]);
    }
}
