using System.Text;
using KismetPS.Kismet.Text;
using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Kismet.Tests.Text;

/// <summary>Lines of the recordings, and small ways to say what the tests say often.</summary>
internal static class Lines
{
    /// <summary>Text as bytes; \u0001 is the quote.</summary>
    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>The words of a line that must be a sentence.</summary>
    public static List<string> Words(string line, TextEra era = TextEra.Newcore)
    {
        Assert.Equal(SentenceStatus.Ok, SentenceReader.Read(Bytes(line), era, out SentenceReader sentence));
        List<string> words = [];
        while (sentence.TryRead(out Word word))
        {
            words.Add(Text(word.Value));
        }

        return words;
    }

    /// <summary>The lines of a stream through a framer.</summary>
    public static List<byte[]> Framed(ReadOnlySpan<byte> bytes)
    {
        LineFramer framer = new();
        List<byte[]> lines = [];
        while (framer.TryRead(ref bytes, out ReadOnlySpan<byte> line))
        {
            lines.Add(line.ToArray());
        }

        return lines;
    }

    /// <summary>The era of a transcript or capture by its name.</summary>
    public static TextEra Era(string file) => file.Contains("2016", StringComparison.Ordinal) ? TextEra.Newcore : TextEra.Stable;

    /// <summary>The release that was recorded.</summary>
    public static SentenceCatalog Catalog(string file) =>
        SentenceCatalog.Find(file.Contains("2016", StringComparison.Ordinal) ? "2016-07-R1" : file.Contains("2008", StringComparison.Ordinal) ? "2008-05-R1" : "2005-08-R1")!;

    /// <summary>All that was recorded, each as one stream per direction: file, from the server or to it, bytes.</summary>
    public static IEnumerable<(string File, bool FromServer, byte[] Bytes)> Recorded()
    {
        foreach (string file in KismetReference.Transcripts)
        {
            IReadOnlyList<TranscriptLine> lines = KismetReference.Transcript(file);
            yield return (file, false, [.. lines.Where(static l => !l.FromServer).SelectMany(static l => l.Bytes)]);
            yield return (file, true, [.. lines.Where(static l => l.FromServer).SelectMany(static l => l.Bytes)]);
        }

        foreach (string file in new[] { "client2005-server2005.pcap", "client2016-panels.pcap" })
        {
            foreach (TcpStream stream in KismetReference.Streams(file))
            {
                yield return (file, stream.SourcePort == 2501, stream.Bytes);
            }
        }
    }
}
