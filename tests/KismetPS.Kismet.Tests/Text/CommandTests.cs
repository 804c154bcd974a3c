using System.Buffers;
using System.Text;
using KismetPS.Kismet.Text;
using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Kismet.Tests.Text;

public sealed class CommandTests
{
    // 2005-03-malformed and 2005-07-nul-and-id0, with what the servers answered where that is not a dump.
    [Theory]
    [InlineData("!2 ENABLE INFO networks,packets,", "*ERROR: 2 Unknown field '' for protocol INFO\n*ERROR: 2 Unknown command 'ENABLE'\n")]
    [InlineData("!3 ENABLE INFO Networks", "*ERROR: 3 Unknown field 'Networks' for protocol INFO\n*ERROR: 3 Unknown command 'ENABLE'\n")]
    [InlineData("!4 ENABLE INFO networks, packets", "*ERROR: 4 Unknown field ' packets' for protocol INFO\n*ERROR: 4 Unknown command 'ENABLE'\n")]
    [InlineData("!8 CAPABILITY INFO ", "*ERROR: 8 Unknown protocol INFO \n*ERROR: 8 Unknown command 'CAPABILITY'\n")]
    [InlineData("!9 capability INFO", "*ERROR: 9 Unknown command 'capability'\n")]
    [InlineData("!9 ENABLE info *", "*ERROR: 9 Unknown protocol info\n*ERROR: 9 Unknown command 'ENABLE'\n")]
    [InlineData("!99999999999 NOSUCH", "*ERROR: 1215752191 Unknown command 'NOSUCH'\n")]
    [InlineData("! 13 ENABLE INFO *", "*ACK: 13\n")]
    [InlineData("!0 ENABLE INFO *", "")]
    [InlineData("!1  X", "*ERROR: 1 Unknown command ''\n")]
    public void Stable_answers(string line, string reply) => Assert.Equal(reply, Answer(Lines.Bytes(line), TextEra.Stable, SentenceCatalog.Find("2005-08-R1")!));

    // 2016-04-malformed.
    [Theory]
    [InlineData("!99 capability bssid,", "*ERROR: 99 \u0001Unknown protocol: 'bssid,'\u0001 \n")]
    [InlineData("!1 REMOVE", "*ERROR: 1 \u0001Illegal remove request\u0001 \n")]
    [InlineData("!1 ENABLE INFO networks,,packets", "*ERROR: 1 \u0001Unknown field \u0001 \n")]
    [InlineData("!1 enable info NETWORKS,packets,", "*ACK: 1 \u0001OK\u0001 \n")]
    [InlineData("!0 ENABLE \u0001INFO\u0001 \u0001*\u0001", "*ACK: 0 \u0001OK\u0001 \n")]
    [InlineData("!+7 ENABLE INFO *x", "*ACK: 7 \u0001OK\u0001 \n")]
    public void Newcore_answers(string line, string reply) => Assert.Equal(reply, Answer(Lines.Bytes(line), TextEra.Newcore, SentenceCatalog.Find("2016-07-R1")!));

    // Recorded commands and the recorded answers: ACK and ERROR byte for byte, in order. What is left out:
    // CR LF behind LF in one stable write (!18, !19), where the server glued two commands into one and echoed the LF;
    // commands sent after ERROR and ACK were switched off;
    // commands other than CAPABILITY, ENABLE and REMOVE, whose answers depend on what the server has.
    [KismetReferenceTheory]
    [InlineData("2005-01-greeting-capability.txt")]
    [InlineData("2005-03-malformed.txt")]
    [InlineData("2008-01-greeting.txt")]
    [InlineData("2016-02-capability.txt")]
    [InlineData("2016-03-enable-star.txt")]
    [InlineData("2016-04-malformed.txt")]
    [InlineData("2016-05-live-enable-star.txt")]
    public void Recorded_commands_get_their_recorded_answers(string file)
    {
        // The PLUGIN sentence was off in the recordings.
        TextEra era = Lines.Era(file);
        SentenceCatalog full = Lines.Catalog(file);
        SentenceCatalog catalog = new(full.Release, era, full.Sentences.Where(static s => s.Name is not ("PLUGIN" or "DEVTAG")));
        IReadOnlyList<TranscriptLine> lines = KismetReference.Transcript(file);
        bool repliesOff = false;
        StringBuilder answers = new();
        foreach (byte[] line in Lines.Framed([.. lines.Where(static l => !l.FromServer).SelectMany(static l => l.Bytes)]))
        {
            repliesOff |= Lines.Text(line) == "!22 REMOVE ACK" && era == TextEra.Stable;
            if (!repliesOff && !(era == TextEra.Stable && Lines.Text(line) is "!18 CAPABILITY INFO" or "!19 CAPABILITY GPS"))
            {
                answers.Append(Answer(line, era, catalog));
            }
        }

        string recorded = string.Concat(lines.Where(static l => l.FromServer).Select(static l => Lines.Text(l.Bytes))
            .Where(static l => l.StartsWith("*ACK", StringComparison.Ordinal) || l.StartsWith("*ERROR", StringComparison.Ordinal))
            .Where(l => era == TextEra.Newcore || !l.StartsWith("*ERROR: 18 ", StringComparison.Ordinal)));
        if (file == "2016-02-capability.txt")
        {
            Assert.EndsWith("*ACK: 0 \u0001OK\u0001 \n*ACK: 99 \u0001OK\u0001 \n", recorded);
        }

        Assert.Equal(recorded, answers.ToString());
    }

    [KismetReferenceFact]
    public void Every_recorded_command_reads()
    {
        int commands = 0;
        foreach ((string file, bool fromServer, byte[] bytes) in Lines.Recorded())
        {
            foreach (byte[] line in fromServer ? [] : Lines.Framed(bytes))
            {
                CommandStatus status = CommandReader.Read(line, Lines.Era(file), out Command command);
                if (!file.Contains("malformed", StringComparison.Ordinal))
                {
                    Assert.Equal(CommandStatus.Ok, status);
                    Assert.True(command.Name.Length > 0);
                }

                commands++;
            }
        }

        Assert.True(commands > 200);
    }

    [Theory]
    [InlineData("!0 ENABLE GPS lat,lon,alt,spd,heading,fix", TextEra.Stable)]
    [InlineData("!0 ENABLE NETWORK bssid,type,wep,signal,maxrate,channel,ssid", TextEra.Stable)]
    [InlineData("!0 ENABLE GPS lat,lon,", TextEra.Newcore)]
    [InlineData("!0 ENABLE BSSID bssid,channel", TextEra.Newcore)]
    [InlineData("!1 CAPABILITY KISMET", TextEra.Newcore)]
    [InlineData("hello", TextEra.Newcore)]
    [InlineData("", TextEra.Newcore)]
    public void The_era_of_a_client_by_its_first_command(string line, TextEra era) => Assert.Equal(era, CommandReader.GuessEra(Lines.Bytes(line)));

    [KismetReferenceFact]
    public void The_era_of_the_real_clients()
    {
        foreach ((string file, bool fromServer, byte[] bytes) in Lines.Recorded())
        {
            if (!fromServer && file.EndsWith(".pcap", StringComparison.Ordinal))
            {
                Assert.Equal(Lines.Era(file), CommandReader.GuessEra(Lines.Framed(bytes)[0]));
            }
        }
    }

    [Fact]
    public void Commands_are_written_as_the_clients_of_the_era_write_them()
    {
        ArrayBufferWriter<byte> output = new();
        Assert.True(CommandWriter.TryWriteCapability(output, 1, "KISMET"u8));
        Assert.True(CommandWriter.TryWriteEnable(output, 2, TextEra.Newcore, "STATUS"u8, ["text", "flags"]));
        Assert.True(CommandWriter.TryWriteEnable(output, 3, TextEra.Stable, "GPS"u8, ["lat", "lon"]));
        Assert.True(CommandWriter.TryWriteEnable(output, 4, TextEra.Newcore, "INFO"u8, []));
        Assert.True(CommandWriter.TryWriteRemove(output, 5, "TIME"u8));
        Assert.True(CommandWriter.TryWrite(output, 6, "ADDNETTAG 00:0C:41:82:B2:55 0 \u0001my tag\u0001 v"u8));
        Assert.Equal(
            "!1 CAPABILITY KISMET\n!2 ENABLE STATUS text,flags,\n!3 ENABLE GPS lat,lon\n!4 ENABLE INFO *\n!5 REMOVE TIME\n!6 ADDNETTAG 00:0C:41:82:B2:55 0 \u0001my tag\u0001 v\n",
            Lines.Text(output.WrittenSpan));
    }

    [Fact]
    public void What_would_break_the_line_is_not_written()
    {
        ArrayBufferWriter<byte> output = new();
        Assert.False(CommandWriter.TryWrite(output, 1, "X\n!2 SHUTDOWN"u8));
        Assert.False(CommandWriter.TryWrite(output, 1, "X\r"u8));
        Assert.False(CommandWriter.TryWrite(output, 1, "X\0"u8));
        Assert.False(CommandWriter.TryWrite(output, 1, ""u8));
        Assert.False(CommandWriter.TryWrite(output, 1, " X"u8));
        Assert.False(CommandWriter.TryWriteCapability(output, 1, "A B"u8));
        Assert.False(CommandWriter.TryWriteCapability(output, 1, "ABCDEFGHIJKLMNOPQ"u8));
        Assert.False(CommandWriter.TryWriteEnable(output, 1, TextEra.Newcore, "INFO"u8, ["a", "b c"]));
        Assert.False(CommandWriter.TryWriteEnable(output, 1, TextEra.Newcore, "INFO"u8, ["a,b"]));
        Assert.False(CommandWriter.TryWriteEnable(output, 1, TextEra.Newcore, "INFO"u8, [""]));
        Assert.Equal(0, output.WrittenCount);
    }

    [Theory]
    [InlineData("plain", TextEra.Newcore, "plain")]
    [InlineData("my tag", TextEra.Newcore, "\u0001my tag\u0001")]
    [InlineData("", TextEra.Newcore, "\u0001\u0001")]
    [InlineData("my tag", TextEra.Stable, null)]
    [InlineData("a\nb", TextEra.Newcore, null)]
    [InlineData("a\u0001b", TextEra.Newcore, null)]
    public void Arguments_are_quoted_where_the_era_can(string value, TextEra era, string? expected)
    {
        byte[] to = new byte[value.Length + 2];
        Assert.Equal(expected is not null, CommandWriter.TryQuote(Lines.Bytes(value), era, to, out int written));
        Assert.Equal(expected ?? "", Lines.Text(to.AsSpan(0, written)));
    }

    [Fact]
    public void What_the_writer_quotes_the_reader_reads_back()
    {
        ReadOnlySpan<byte> line = "!10 ADDCLITAG 00:0C:41:82:B2:55 00:0C:41:82:B2:55 0 \u0001my tag\u0001 some value here"u8;
        Assert.Equal(CommandStatus.Ok, CommandReader.Read(line, TextEra.Newcore, out Command command));
        Assert.True(command.Is("ADDCLITAG"u8));
        Assert.Equal(7, command.CountArguments());
        for (int i = 0; i < 4; i++)
        {
            Assert.True(command.TryReadArgument(out Word word));
            Assert.Equal(i == 3 ? "my tag" : null, i == 3 ? Lines.Text(word.Value) : null);
        }

        Assert.Equal("some value here", Lines.Text(command.Arguments));
    }

    [Fact]
    public void Replies_of_both_eras_read()
    {
        Check("*ACK: 1", TextEra.Stable, true, 1, "");
        Check("*ERROR: 2 Unknown field '' for protocol INFO", TextEra.Stable, false, 2, "Unknown field '' for protocol INFO");
        Check("*ACK: -5 \u0001OK\u0001 ", TextEra.Newcore, true, -5, "OK");
        Check("*ERROR: 9 \u0001NO SUCH COMMAND\u0001 ", TextEra.Newcore, false, 9, "NO SUCH COMMAND");
        Check("*ERROR: 9 \u0001NO SUCH COMMAND\u0001 ", TextEra.Unknown, false, 9, "NO SUCH COMMAND");
        SentenceReader.Read("*ERROR: oops"u8, TextEra.Stable, out SentenceReader noNumber);
        Assert.False(Reply.TryRead(noNumber, out _));
        SentenceReader.Read("*TIME: 1"u8, TextEra.Stable, out SentenceReader time);
        Assert.False(Reply.TryRead(time, out _));

        static void Check(string line, TextEra era, bool ack, int id, string text)
        {
            SentenceReader.Read(Lines.Bytes(line), era, out SentenceReader sentence);
            Assert.True(Reply.TryRead(sentence, out Reply reply));
            Assert.Equal((ack, id, text), (reply.IsAck, reply.Id, Lines.Text(reply.Text)));
        }
    }

    [Fact]
    public void An_error_never_spills_onto_a_second_line()
    {
        Random random = new(5);
        for (int round = 0; round < 4_000; round++)
        {
            byte[] line = new byte[random.Next(60)];
            random.NextBytes(line);
            for (int i = 0; i < line.Length; i++)
            {
                ReadOnlySpan<byte> likely = "!0123456789 ENABLECAPITY,*\u0001-"u8;
                line[i] = random.Next(2) == 0 ? line[i] : likely[random.Next(likely.Length)];
            }

            byte[] command = [.. "!1 "u8, .. line.Where(static b => b != '\n')];
            foreach (TextEra era in new[] { TextEra.Stable, TextEra.Newcore })
            {
                CommandReader.GuessEra(line);
                Answer(line, era, SentenceCatalog.Newest(era));
                string answer = Answer(command, era, SentenceCatalog.Newest(era));
                foreach (string reply in answer.Split('\n')[..^1])
                {
                    Assert.Equal(SentenceStatus.Ok, SentenceReader.Read(Lines.Bytes(reply), era, out SentenceReader sentence));
                    Assert.True(Reply.TryRead(sentence, out Reply read));
                    Assert.Equal(1, read.Id);
                }
            }
        }
    }

    /// <summary>Replies of a server that knows only the commands every server knows.</summary>
    private static string Answer(ReadOnlySpan<byte> line, TextEra era, SentenceCatalog catalog)
    {
        ArrayBufferWriter<byte> output = new();
        SentenceWriter writer = new(output, era);
        CommandStatus status = CommandReader.Read(line, era, out Command command);
        if (status == CommandStatus.NoCommand)
        {
            ReplyWriter.Error(ref writer, era, command, CommandError.InvalidCommand);
        }
        else if (status == CommandStatus.Ok)
        {
            CommandError error = CommandError.UnknownCommand;
            ReadOnlySpan<byte> name = [];
            ReadOnlySpan<byte> field = [];
            Command arguments = command;
            if (command.Is("ENABLE"u8))
            {
                if (arguments.TryReadEnable(out name, out ReadOnlySpan<byte> fields, out error))
                {
                    error = !catalog.TryGet(name, out SentenceDefinition? sentence) ? CommandError.UnknownProtocol
                        : FieldSelection.TryParse(sentence, fields, era, out _, out field) ? CommandError.None
                        : CommandError.UnknownField;
                }
            }
            else if ((command.Is("CAPABILITY"u8) || command.Is("REMOVE"u8)) && arguments.TryReadSentenceName(out name, out error))
            {
                error = catalog.TryGet(name, out _) ? CommandError.None : CommandError.UnknownProtocol;
            }

            if (error == CommandError.None)
            {
                ReplyWriter.Ack(ref writer, era, command.Id);
            }
            else
            {
                ReplyWriter.Error(ref writer, era, command, error, name, field);
            }
        }

        writer.Flush();
        return Lines.Text(output.WrittenSpan);
    }
}
