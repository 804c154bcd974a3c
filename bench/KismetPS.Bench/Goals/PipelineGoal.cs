using System.Globalization;
using KismetPS.Bench.Corpora;
using KismetPS.Bench.Peers;
using KismetPS.Bench.Report;

namespace KismetPS.Bench.Goals;

/// <summary>Objects into a PowerShell pipeline, against tshark's JSON turned into objects there.</summary>
internal sealed class PipelineGoal(GoalLab goals)
{
    private const int Devices = 100_000;
    private const double FramesAim = 500_000;
    private const double DevicesAim = 250_000;
    private const double SnapshotAimMs = 400;
    private const double RatioAim = 50;

    /// <summary>Measures: bench/pipeline.ps1 does, in one pwsh.</summary>
    public IEnumerable<Part> Measure()
    {
        if (goals.PowerShellVersion is null)
        {
            throw new InvalidOperationException("pwsh is absent");
        }

        if (goals.ModulePath is null || goals.Lab.Sender is null)
        {
            throw new InvalidOperationException("the staged module or the C sender is absent");
        }

        string file = goals.FilePath;
        string shortFile = goals.ShortPath;
        int shortFrames = CorpusFiles.Read(goals.Lab.CorpusPath).Count;
        IReadOnlyDictionary<string, long> numbers = Worker.Run(
        [
            "pwsh", "-NoProfile", "-NonInteractive", "-File", "bench/pipeline.ps1",
            "-Module", goals.ModulePath,
            "-Capture", file,
            "-ShortCapture", shortFile,
            "-DeviceCorpus", goals.Devices(Devices),
            "-DeviceCount", Devices.ToString(CultureInfo.InvariantCulture),
            "-Sender", Path.GetFullPath(goals.Lab.Sender),
        ]);
        double framesRate = goals.FileFrames / (numbers["frames_ns"] / 1e9);
        yield return new Part(
            "Frame objects a second, Import-KismetCapture -Emit Frame",
            framesRate,
            FramesAim,
            AtMost: false,
            Units.Rate,
            $"median of {numbers["rounds"]}, pwsh {goals.PowerShellVersion}; fastest {Units.Rate(goals.FileFrames / (numbers["frames_fastest_ns"] / 1e9))}; processor time {Units.Ns((double)numbers["frames_cpu_ns"] / goals.FileFrames)} each");
        yield return new Part(
            "Device objects a second, Watch-KismetDevice -Device -Existing",
            numbers["watch_devices"] / (numbers["watch_ns"] / 1e9),
            DevicesAim,
            AtMost: false,
            Units.Rate,
            $"{numbers["watch_devices"]} devices");
        yield return new Part(
            $"Get-KismetDevice over {numbers["devices"]} devices",
            numbers["devices_ns"] / 1e6,
            SnapshotAimMs,
            AtMost: true,
            static v => Units.Number(v) + " ms",
            $"fastest {Units.Number(numbers["devices_fastest_ns"] / 1e6)} ms; into a variable {Units.Number(numbers["devices_kept_ns"] / 1e6)} ms");
        yield return new Part(
            "Frame objects, by tshark -T ek | ConvertFrom-Json",
            numbers.TryGetValue("ek_ns", out long ek) ? framesRate / (shortFrames / (ek / 1e9)) : double.NaN,
            RatioAim,
            AtMost: false,
            Units.Times,
            ek > 0 ? $"{Units.Rate(shortFrames / (ek / 1e9))} there" : "tshark is absent");
    }
}
