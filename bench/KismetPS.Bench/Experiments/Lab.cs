using KismetPS.Bench.Corpora;
using KismetPS.Bench.Peers;

namespace KismetPS.Bench.Experiments;

/// <summary>What all experiments share: the corpora as files, the peers there are, how often and how long to measure.</summary>
internal sealed class Lab
{
    /// <summary>Rounds of the corpus in the capture that tshark reads.</summary>
    private const int CaptureRounds = 5;

    private readonly string _folder;

    /// <summary>Writes the corpora into <paramref name="folder"/> (bench/run built the C loops there) and looks for the peers.</summary>
    public Lab(string folder, Options options)
    {
        _folder = folder;
        Options = options;
        Directory.CreateDirectory(folder);
        Corpus corpus = CorpusBuilder.Build();
        Description = corpus.Description;
        CapturedFrames = CaptureRounds * corpus.Count;
        CorpusFiles.Write(corpus, CorpusPath);
        CorpusFiles.WritePcap(corpus, CapturePath, CaptureRounds);
        CorpusFiles.Write(CorpusBuilder.Devices(options.Devices), DevicesPath);
        ParseLoop = Built("parse_loop");
        ReceiveLoop = Built("recv_loop");
        Sender = Built("udp_send");
        TsharkVersion = Worker.FirstLine("tshark", "--version");
        CompilerVersion = Worker.FirstLine("gcc", "--version");
    }

    /// <summary>How often, how long, how much.</summary>
    public Options Options { get; }

    /// <summary>What the corpus was made of.</summary>
    public string Description { get; }

    public string CorpusPath => Path.Combine(_folder, "corpus.bin");

    public string DevicesPath => Path.Combine(_folder, "devices.bin");

    public string CapturePath => Path.Combine(_folder, "corpus.pcap");

    /// <summary>Frames in <see cref="CapturePath"/>.</summary>
    public int CapturedFrames { get; }

    /// <summary>The C loops; null where they could not be built.</summary>
    public string? ParseLoop { get; }

    public string? ReceiveLoop { get; }

    public string? Sender { get; }

    /// <summary>First line of <c>tshark --version</c>, null where it is not installed.</summary>
    public string? TsharkVersion { get; }

    /// <summary>First line of <c>gcc --version</c>.</summary>
    public string? CompilerVersion { get; }

    /// <summary>Peers that are not here, for the reader of the table.</summary>
    public IEnumerable<string> Absent()
    {
        if (ParseLoop is null || ReceiveLoop is null || Sender is null)
        {
            yield return "the C loops (no gcc, or they did not compile); the sender is the managed one, which reaches less";
        }

        if (TsharkVersion is null)
        {
            yield return "tshark (Debian: apt install tshark)";
        }
    }

    /// <summary>The command for a measuring process of ours: this program with other words.</summary>
    public static IReadOnlyList<string> Self(params IReadOnlyList<string> words) =>
        [Environment.ProcessPath!, .. Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Lab).Assembly.Location] : Array.Empty<string>(), .. words];

    private string? Built(string name)
    {
        string path = Path.Combine(_folder, name);
        return File.Exists(path) ? path : null;
    }
}
