using System.Globalization;
using KismetPS.Bench.Corpora;
using KismetPS.Bench.Experiments;
using KismetPS.Bench.Peers;

namespace KismetPS.Bench.Goals;

/// <summary>What the goals need beside the corpora of the table: more devices, a capture file, the staged module and a pwsh.</summary>
internal sealed class GoalLab
{
    /// <summary>Rounds of the corpus in the capture file.</summary>
    private const int FileRounds = 40;

    private readonly string _folder;
    private string? _file;

    public GoalLab(string folder, Lab lab)
    {
        _folder = folder;
        Lab = lab;
        PowerShellVersion = Worker.FirstLine("pwsh", "-NoProfile", "-NonInteractive", "-Command", "$PSVersionTable.PSVersion.ToString()");
        string module = Path.Combine(folder, "module", "KismetPS", "KismetPS.psd1");
        ModulePath = File.Exists(module) ? Path.GetFullPath(module) : null;
    }

    /// <summary>The corpus and the C loops.</summary>
    public Lab Lab { get; }

    /// <summary>The version of the pwsh on the path, null where there is none.</summary>
    public string? PowerShellVersion { get; }

    /// <summary>Manifest of the module as it was just built.</summary>
    public string? ModulePath { get; }

    /// <summary>Where growth is written to, without extension.</summary>
    public string GrowthPath => Path.Combine(_folder, "growth");

    /// <summary>Frames in <see cref="FilePath"/>.</summary>
    public int FileFrames { get; private set; }

    /// <summary>The corpus, several times over, as pcapng.</summary>
    public string FilePath
    {
        get
        {
            if (_file is null)
            {
                Corpus corpus = CorpusFiles.Read(Lab.CorpusPath);
                _file = Path.Combine(_folder, "corpus.pcapng");
                CorpusFiles.WritePcapNg(corpus, _file, FileRounds);
                FileFrames = corpus.Count * FileRounds;
            }

            return _file;
        }
    }

    /// <summary>The corpus once, as pcap: for a peer that takes long.</summary>
    public string ShortPath
    {
        get
        {
            string path = Path.Combine(_folder, "short.pcap");
            CorpusFiles.WritePcap(CorpusFiles.Read(Lab.CorpusPath), path, 1);
            return path;
        }
    }

    /// <summary>A frame for each of so many devices, in no order.</summary>
    public string Devices(int count)
    {
        string path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"devices-{count}.bin"));
        if (!File.Exists(path) || File.GetLastWriteTimeUtc(path) < File.GetLastWriteTimeUtc(typeof(GoalLab).Assembly.Location))
        {
            CorpusFiles.Write(CorpusBuilder.Devices(count), path);
        }

        return path;
    }

    /// <summary>What is not here, for the reader of the lines.</summary>
    public IEnumerable<string> Absent()
    {
        if (PowerShellVersion is null)
        {
            yield return "pwsh (goal 5 cannot be measured)";
        }

        if (Lab.Options.PacketDotNet is null)
        {
            yield return "PacketDotNet (give its assembly with --packetdotnet)";
        }
    }
}
