using System.Buffers;
using System.Text;
using KismetPS.Capture;
using KismetPS.Kismet.RemoteCapture;
using Xunit;

namespace KismetPS.Kismet.Tests.RemoteCapture;

/// <summary>Frames and their contents: byte by byte against what another MessagePack implementation makes of the same fields.</summary>
public sealed class ExternalProtocolTests
{
    private static readonly RemoteSource s_source = new() { Name = "roof", Uuid = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), Version = "1.2" };

    [Fact]
    public void Frames_are_those_of_the_header_file()
    {
        Check(static (w, o) => w.NewSource(o, s_source), "decafbada9a900030000005500130000000000018301d9206b69736d657470733a6e616d653d726f6f662c747970653d7063617066696c6502a87063617066696c6503d92430303131323233332d343435352d363637372d383839392d414142424343444445454646");
        Check(static (w, o) => w.OpenReport(o, 7, s_source, "6"), "decafbada9a900030000005f000d000100000001880107027f03a86b69736d6574707305a13607a84b69736d6574505308d92430303131323233332d343435352d363637372d383839392d41414242434344444545464609b54b69736d657450532073656e6473206672616d65730aa3312e32");
        Check(static (_, o) => ExternalWriter.Pong(o, 9), "decafbada9a90003000000000003000000000009");
        Check(static (w, o) => w.ProbeReport(o, 300), "decafbada9a9000300000005000b0001000000018101cd012c");
        Check(static (w, o) => w.ListReport(o, 5, s_source), "decafbada9a900030000001a000f00010000000182010502918201a86b69736d6574707303a84b69736d65745053");
        Check(static (w, o) => w.ConfigureReport(o, 70000, "11"), "decafbada9a900030000000b00120001000000018201ce0001117002a23131");
        Check(static (w, o) => w.ConfigureReport(o, 1, string.Empty), "decafbada9a900030000000300120001000000018101" + "01");
        Check(static (w, o) => w.Message(o, "hello"), "decafbada9a900030000000a000500000000000182010202a568656c6c6f");
        Check(static (w, o) => w.Shutdown(o, "bye"), "decafbada9a900030000000700040000000000018101a462796500");

        static void Check(Action<ExternalWriter, IBufferWriter<byte>> write, string hex)
        {
            ArrayBufferWriter<byte> output = new();
            write(new ExternalWriter(), output);
            Assert.Equal(hex, Convert.ToHexStringLower(output.WrittenSpan));
        }
    }

    [Fact]
    public void Packets_are_those_of_the_header_file()
    {
        byte[] body = [.. Enumerable.Range(0, 40).Select(static i => (byte)i)];
        byte[] buffer = new byte[ExternalFrame.MaxLength];
        int length = new ExternalWriter().Packet(buffer, new RemotePacket { Seconds = 1_700_000_000, Microseconds = 123_456, Header = new byte[] { 0, 0, 8, 0, 0, 0, 0, 0 }, Frame = body, OriginalLength = 48 });
        Assert.Equal(
            "decafbada9a90003000000460010000000000001810485017f02ce6553f10003ce0001e240043006c4300000080000000000000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2021222324252627",
            Convert.ToHexStringLower(buffer.AsSpan(0, length)));
        length = new ExternalWriter().Packet(buffer, new RemotePacket
        {
            Seconds = 1_700_000_000,
            Microseconds = 123_456,
            Frame = (byte[])[.. body[..4], .. new byte[300]],
            OriginalLength = 2_000_000_000,
            Position = new GeoPosition(-33.856784, 151.215297, 3, 21.5, 1.5, 270),
        });
        Assert.Equal(
            "decafbada9a9000300000181001000000000000182018801cbc040edab191dde3702cb4062e6e3b688bda903ca41ac0000040305ca3fc0000006ca4387000008ce6553f10009ce0001e2400485017f02ce6553f10003ce0001e24004ce7735940006c5013000010203" + new string('0', 600),
            Convert.ToHexStringLower(buffer.AsSpan(0, length)));
    }

    [Fact]
    public void A_frame_longer_than_a_server_takes_is_cut_and_says_so()
    {
        byte[] buffer = new byte[ExternalFrame.MaxLength];
        foreach (int size in new[] { 16_000, 16_290, 16_300, 16_310, 16_320, 16_330, 20_000, 65_535 })
        {
            foreach (GeoPosition? position in new[] { null, new GeoPosition(1, 2, 3, 4, 5, 6) })
            {
                int length = new ExternalWriter().Packet(buffer, new RemotePacket { Seconds = 1, Header = new byte[8], Frame = new byte[size], OriginalLength = size + 8, Position = position });
                Assert.InRange(length, 16_000, ExternalFrame.MaxLength);
                ReadOnlySpan<byte> input = buffer.AsSpan(0, length);
                Assert.Equal(ExternalFrameStatus.Ok, new ExternalFramer().Read(ref input, out ExternalFrame frame));
                Assert.True(ExternalContent.TryFind(frame.Content, 4, out ReadOnlySpan<byte> block));
                Assert.True(ExternalContent.TryReadUnsigned(block, 4, out ulong original));
                Assert.Equal((ulong)size + 8, original);
                Assert.True(ExternalContent.TryFind(block, 6, out ReadOnlySpan<byte> content));
                Assert.True(new MessagePackReader(content).TryReadBytes(out ReadOnlySpan<byte> sent));
                Assert.True(sent.Length == size + 8 || length == ExternalFrame.MaxLength);
            }
        }
    }

    [Fact]
    public void Packets_allocate_nothing()
    {
        ExternalWriter writer = new();
        byte[] buffer = new byte[ExternalFrame.MaxLength];
        byte[] body = new byte[1500];
        GeoPosition position = new(1, 2, 3, 4, 5, 6);
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
            {
                writer.Packet(buffer, new RemotePacket { Seconds = 1, Header = body.AsSpan(0, 8), Frame = body, OriginalLength = 1508, Position = position });
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void Frames_are_found_however_the_stream_is_cut()
    {
        byte[] stream = ServerStream();
        for (int cut = 0; cut <= stream.Length; cut++)
        {
            Assert.Equal(Expected, Read(stream.AsSpan(0, cut), stream.AsSpan(cut)));
        }

        ExternalFramer framer = new();
        List<string> got = [];
        foreach (byte b in stream)
        {
            Take(framer, [b], got);
        }

        Assert.Equal(Expected, got);
        Assert.Equal(Expected, Read(stream, default));
    }

    [Fact]
    public void A_frame_that_ends_early_is_waited_for()
    {
        byte[] stream = ServerStream();
        int first = 20 + 33;
        for (int cut = 0; cut < first; cut++)
        {
            ReadOnlySpan<byte> input = stream.AsSpan(0, cut);
            Assert.Equal(ExternalFrameStatus.More, new ExternalFramer().Read(ref input, out _));
        }
    }

    [Theory]
    [InlineData("2a4b49", (int)ExternalFrameStatus.More)]
    [InlineData("2a4b4953", (int)ExternalFrameStatus.BadSignature)]
    [InlineData("48545450", (int)ExternalFrameStatus.BadSignature)]
    [InlineData("decafbad", (int)ExternalFrameStatus.More)]
    [InlineData("decafbadabcd0002", (int)ExternalFrameStatus.OtherVersion)]
    [InlineData("decafbad01000000", (int)ExternalFrameStatus.OtherVersion)]
    [InlineData("decafbada9a90004", (int)ExternalFrameStatus.OtherVersion)]
    [InlineData("decafbada9a9000300003fec00020000", (int)ExternalFrameStatus.More)]
    [InlineData("decafbada9a9000300003fec0002000000000001", (int)ExternalFrameStatus.TooLong)]
    [InlineData("decafbada9a90003ffffffff0002000000000001", (int)ExternalFrameStatus.TooLong)]
    [InlineData("decafbada9a9000300003feb0002000000000001", (int)ExternalFrameStatus.More)]
    public void What_is_no_frame_is_told_as_soon_as_it_can_be(string hex, int status)
    {
        ExternalFramer framer = new();
        ReadOnlySpan<byte> input = Convert.FromHexString(hex);
        Assert.Equal((ExternalFrameStatus)status, framer.Read(ref input, out _));

        // Lost is lost: what comes after it is in no known place.
        input = ServerStream();
        if ((ExternalFrameStatus)status != ExternalFrameStatus.More)
        {
            Assert.Equal((ExternalFrameStatus)status, framer.Read(ref input, out _));
        }
    }

    [Fact]
    public void Damaged_frames_never_break_the_dialogue()
    {
        Random random = new(5);
        byte[] stream = ServerStream();
        HashSet<RemoteDialogueStatus> seen = [];
        for (int round = 0; round < 5000; round++)
        {
            byte[] bytes = stream.ToArray();
            for (int flips = random.Next(1, 6); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            RemoteDialogue dialogue = new(s_source);
            ArrayBufferWriter<byte> output = new();
            dialogue.Begin(output);
            ExternalFramer framer = new();
            ReadOnlySpan<byte> input = bytes;
            while (framer.Read(ref input, out ExternalFrame frame) == ExternalFrameStatus.Ok)
            {
                seen.Add(dialogue.Take(frame, output));
            }

            // What is answered is whole frames of ours, whatever was said.
            ExternalFramer answers = new();
            input = output.WrittenSpan;
            ExternalFrameStatus status;
            while ((status = answers.Read(ref input, out ExternalFrame answer)) == ExternalFrameStatus.Ok)
            {
                Assert.True(ExternalContent.IsValid(answer.Content));
            }

            Assert.Equal(ExternalFrameStatus.More, status);
            Assert.True(input.IsEmpty);
        }

        Assert.Contains(RemoteDialogueStatus.Malformed, seen);
        Assert.Contains(RemoteDialogueStatus.Ok, seen);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("80", true)]
    [InlineData("8101a161", true)]
    [InlineData("8101a16100", false)]
    [InlineData("8201a161", false)]
    [InlineData("81a16101", false)]
    [InlineData("9101", false)]
    [InlineData("c0", false)]
    public void Content_is_a_whole_map_with_numbers_for_keys(string hex, bool valid) => Assert.Equal(valid, ExternalContent.IsValid(Convert.FromHexString(hex)));

    [Fact]
    public void Fields_are_found_by_number()
    {
        // {2: {1: 5.0, 2: true, 4: 0, 5: ["1", "6", "11"]}}, as a server asked for hopping.
        byte[] content = Convert.FromHexString("81028401ca40a0000002c304000593a131a136a23131");
        Assert.True(ExternalContent.Has(content, 2));
        Assert.False(ExternalContent.Has(content, 1));
        Assert.False(ExternalContent.TryReadText(content, 1, out _));
        Assert.False(ExternalContent.TryReadText(content, 2, out _));
        Assert.True(ExternalContent.TryFind(content, 2, out ReadOnlySpan<byte> hop));
        Assert.True(ExternalContent.TryReadUnsigned(hop, 4, out ulong offset));
        Assert.Equal(0UL, offset);
        for (int cut = 1; cut < content.Length; cut++)
        {
            Assert.False(ExternalContent.IsValid(content.AsSpan(0, cut)));
            Assert.False(ExternalContent.Has(content.AsSpan(0, cut), 2));
        }
    }

    [Theory]
    [InlineData("roof", "kismetps:name=roof,type=pcapfile")]
    [InlineData("a,uuid=1:\"x\\", "kismetps:name=a_uuid_1__x_,type=pcapfile")]
    [InlineData("Küche 2\n", "kismetps:name=Küche_2_,type=pcapfile")]
    public void A_name_cannot_become_an_option(string name, string definition) => Assert.Equal(definition, (s_source with { Name = name }).Definition);

    [Fact]
    public void A_name_has_one_identity_on_one_machine()
    {
        Assert.Equal(RemoteSource.UuidOf("roof"), RemoteSource.UuidOf("roof"));
        Assert.NotEqual(RemoteSource.UuidOf("roof"), RemoteSource.UuidOf("cellar"));
    }

    // What a real server sent a source: open, hop, ping; then words, a channel, and the end.
    private static byte[] ServerStream() => Convert.FromHexString(
        "decafbada9a9000300000021000c0001000000018101be70736b303a6e616d653d70732d77732c747970653d6c696e757877696669"
        + "decafbada9a90003000000160011000100000002" + "81028401ca40a0000002c304000593a131a136a23131"
        + "decafbada9a90003000000000002000100000003"
        + "decafbada9a9000300000007000500010000000482010202a26f6b"
        + "decafbada9a900030000000400110001000000058101a136"
        + "decafbada9a900030000000600040001000000068101a3656e64");

    private static readonly string[] Expected =
    [
        "OpenRequest 1 33", "ConfigureRequest 2 22", "Ping 3 0", "Message 4 7", "ConfigureRequest 5 4", "Shutdown 6 6",
    ];

    private static List<string> Read(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        ExternalFramer framer = new();
        List<string> got = [];
        Take(framer, first, got);
        Take(framer, second, got);
        return got;
    }

    private static void Take(ExternalFramer framer, ReadOnlySpan<byte> input, List<string> got)
    {
        ExternalFrameStatus status;
        while ((status = framer.Read(ref input, out ExternalFrame frame)) == ExternalFrameStatus.Ok)
        {
            got.Add($"{frame.Command} {frame.Sequence} {frame.Content.Length}");
        }

        Assert.Equal(ExternalFrameStatus.More, status);
        Assert.True(input.IsEmpty);
    }

    [Fact]
    public void A_server_is_answered_what_a_source_answers()
    {
        RemoteDialogue dialogue = new(s_source);
        dialogue.HeardOn(6);
        ArrayBufferWriter<byte> output = new();
        dialogue.Begin(output);
        Assert.False(dialogue.IsOpen);
        ExternalFramer framer = new();
        ReadOnlySpan<byte> input = ServerStream();
        List<RemoteDialogueStatus> statuses = [];
        while (framer.Read(ref input, out ExternalFrame frame) == ExternalFrameStatus.Ok)
        {
            statuses.Add(dialogue.Take(frame, output));
        }

        Assert.Equal([.. Enumerable.Repeat(RemoteDialogueStatus.Ok, 5), RemoteDialogueStatus.Ended], statuses);
        Assert.True(dialogue.IsOpen);
        Assert.Equal((1, 2), (dialogue.Pings, dialogue.ChannelRequests));
        Assert.Equal("end", Encoding.ASCII.GetString(dialogue.ServerText!));
        List<string> answers = [];
        Take(new ExternalFramer(), output.WrittenSpan, answers);
        Assert.Equal(
            ["NewSource 1", "OpenReport 2", "Message 3", "ConfigureReport 4", "Pong 3", "ConfigureReport 5"],
            answers.Select(static a => a[..a.LastIndexOf(' ')]));
    }
}
