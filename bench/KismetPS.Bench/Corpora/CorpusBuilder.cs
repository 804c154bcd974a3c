using KismetPS.Capture.Tzsp;
using KismetPS.TestKit;
using KismetPS.Wireless.Frames;

namespace KismetPS.Bench.Corpora;

/// <summary>
/// The corpus of 4,538 messages, always the same: from the wrapped captures so many frames of each kind as the reference figures were taken
/// with, kinds evenly mixed. Without captures, frames built by the test kit in the same mix.
/// </summary>
internal static class CorpusBuilder
{
    // The reference corpus: 3,325 beacons, 546 data, 376 control, the rest other management frames.
    private static readonly (FrameKind Kind, int Count)[] s_mix =
    [
        (FrameKind.Beacon, 3325),
        (FrameKind.Data, 546),
        (FrameKind.Control, 376),
        (FrameKind.OtherManagement, 291),
    ];

    /// <summary>The corpus.</summary>
    public static Corpus Build() => OracleCaptures.Folder is { } folder ? FromCaptures(Path.Combine(folder, "tzsp")) : Generated();

    /// <summary>
    /// A message for each of so many devices (<see cref="GeneratedFrames.Devices"/>), in no order, always the same: devices that came in a row lie in a
    /// row in the tables too, and the processor would guess the next.
    /// </summary>
    public static Corpus Devices(int count)
    {
        Corpus corpus = new() { Description = $"{count} generated frames of as many devices" };
        uint number = 0;
        (byte[] Frame, int Channel)[] frames = [.. GeneratedFrames.Devices(count)];
        new Random(1).Shuffle(frames);
        foreach ((byte[] frame, int channel) in frames)
        {
            corpus.Add(TzspWrap.Frame(frame, number++, channel));
        }

        return corpus;
    }

    private static Corpus FromCaptures(string folder)
    {
        Dictionary<FrameKind, List<byte[]>> found = NewFound();
        int files = 0;
        foreach (string path in Directory.EnumerateFiles(folder, "*.tzsp.pcap").Order(StringComparer.Ordinal))
        {
            // The first is 65,282 frames of one WEP network, the second holds odd messages, not frames.
            if (Path.GetFileName(path) is "aircrack-wep_64_ptw.tzsp.pcap" or "variants.tzsp.pcap")
            {
                continue;
            }

            files++;
            foreach (CapturedPacket packet in PcapFileReader.ReadAll(path))
            {
                // Ethernet, IPv4 without options, UDP.
                byte[] message = packet.Bytes[42..];
                found[KindOf(message)].Add(message);
            }
        }

        Corpus corpus = Mix(found);
        corpus.Description = $"{corpus.Count} real frames in TZSP, 9 tags, mean {corpus.MeanLength:F0} bytes, from {files} captures: "
            + string.Join(", ", s_mix.Select(m => $"{m.Count} {Name(m.Kind)} (of {found[m.Kind].Count} there)"));
        return corpus;
    }

    private static Corpus Generated()
    {
        Dictionary<FrameKind, List<byte[]>> found = NewFound();
        uint number = 0;
        foreach ((byte[] frame, int channel) in GeneratedFrames.Neighbourhood(accessPoints: 40))
        {
            byte[] message = TzspWrap.Frame(frame, number++, channel);
            found[KindOf(message)].Add(message);
        }

        Corpus corpus = Mix(found);
        corpus.Description = $"{corpus.Count} generated frames in TZSP (no captures here), 9 tags, mean {corpus.MeanLength:F0} bytes: "
            + string.Join(", ", s_mix.Select(m => $"{m.Count} {Name(m.Kind)}"));
        return corpus;
    }

    private static Dictionary<FrameKind, List<byte[]>> NewFound() => Enum.GetValues<FrameKind>().ToDictionary(k => k, _ => new List<byte[]>());

    // Of more than wanted, every n-th; of fewer, all over again. The kinds come in turn by their share, so that none stands in a block.
    private static Corpus Mix(Dictionary<FrameKind, List<byte[]>> found)
    {
        List<(double Turn, byte[] Message)> order = [];
        foreach ((FrameKind kind, int count) in s_mix)
        {
            List<byte[]> from = found[kind];
            for (int i = 0; i < count && from.Count > 0; i++)
            {
                int index = from.Count >= count ? (int)((long)i * from.Count / count) : i % from.Count;
                order.Add(((i + 0.5) / count, from[index]));
            }
        }

        Corpus corpus = new();
        foreach ((_, byte[] message) in order.OrderBy(o => o.Turn))
        {
            corpus.Add(message);
        }

        return corpus;
    }

    private static FrameKind KindOf(ReadOnlySpan<byte> message)
    {
        if (TzspReader.Read(message, out TzspFacts facts, out _) != TzspStatus.Frame || message.Length - facts.FrameOffset < 10)
        {
            return FrameKind.Unreadable;
        }

        int control = message[facts.FrameOffset];
        return (FrameType)((control >> 2) & 3) switch
        {
            FrameType.Management => control >> 4 == 8 ? FrameKind.Beacon : FrameKind.OtherManagement,
            FrameType.Control => FrameKind.Control,
            FrameType.Data => FrameKind.Data,
            _ => FrameKind.Unreadable,
        };
    }

    private static string Name(FrameKind kind) => kind switch
    {
        FrameKind.Beacon => "beacons",
        FrameKind.Data => "data",
        FrameKind.Control => "control",
        FrameKind.OtherManagement => "other management",
        _ => "unreadable",
    };
}
