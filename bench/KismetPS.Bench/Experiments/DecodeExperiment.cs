using System.Globalization;
using KismetPS.Bench.Peers;
using KismetPS.Bench.Report;

namespace KismetPS.Bench.Experiments;

/// <summary>Decoding, and decoding with tracking, against the C parse loop and tshark's fields: processor time of a frame, one core.</summary>
internal sealed class DecodeExperiment(Lab lab)
{
    private const double TrackAim = 2e6;

    // What a script would ask tshark for to have about what a device row has.
    private static readonly string[] s_fields =
        ["frame.time_epoch", "tzsp.wlan.signal", "wlan.fc.type_subtype", "wlan.ta", "wlan.ra", "wlan.bssid", "wlan.ssid", "wlan.rsn.akms.type"];

    /// <summary>Measures all in turn, round by round.</summary>
    public IEnumerable<Row> Run()
    {
        Series decode = new();
        Series decodeBytes = new();
        Series track = new();
        Series trackBytes = new();
        Series crowd = new();
        Series crowdBytes = new();
        Series parse = new();
        Series parseCrowd = new();
        Series tshark = new();
        string seconds = lab.Options.Seconds.ToString(CultureInfo.InvariantCulture);
        for (int round = 0; round < lab.Options.Rounds; round++)
        {
            Take(Lab.Self("decode", lab.CorpusPath, seconds), decode, decodeBytes);
            if (lab.ParseLoop is { } loop)
            {
                Take([loop, lab.CorpusPath, seconds], parse, null);
                Take([loop, lab.DevicesPath, seconds], parseCrowd, null);
            }

            Take(Lab.Self("track", lab.CorpusPath, seconds, "1"), track, trackBytes);
            Take(Lab.Self("track", lab.DevicesPath, seconds, "1"), crowd, crowdBytes);
            if (lab.TsharkVersion is not null)
            {
                long before = ChildClock.Ns;
                double wall = Worker.Time(TsharkFields(lab.CapturePath));
                double used = (ChildClock.Ns - before) / 1e9;
                tshark.Add((used > 0 ? used : wall) / lab.CapturedFrames * 1e9);
            }
        }

        yield return Compare("decode", decode, null, "C parse loop", parse);
        yield return Compare("decode", decode, null, "tshark -T fields", tshark);
        yield return Compare("decode and track", track, TrackAim, "tshark -T fields", tshark);
        yield return Compare("decode and track", track, TrackAim, "C parse loop", parse);
        yield return Compare($"decode and track, {lab.Options.Devices / 1000} k devices", crowd, TrackAim, "C parse loop", parseCrowd);
        yield return Bytes("allocated a frame, decode", decodeBytes);
        yield return Bytes("allocated a frame, decode and track", trackBytes);
        yield return Bytes($"allocated a frame, {lab.Options.Devices / 1000} k devices", crowdBytes);
    }

    /// <summary>The command that has tshark print them.</summary>
    public static IReadOnlyList<string> TsharkFields(string file) =>
        ["tshark", "-n", "-r", file, "-T", "fields", .. s_fields.SelectMany(static f => new[] { "-e", f })];

    private static void Take(IReadOnlyList<string> command, Series ns, Series? bytes)
    {
        IReadOnlyDictionary<string, long> numbers = Worker.Run(command);
        ns.Add((double)numbers["cpu_ns"] / numbers["frames"]);
        bytes?.Add((double)numbers["allocated"] / numbers["frames"]);
    }

    private static Row Compare(string what, Series ours, double? aim, string peer, Series theirs) => new()
    {
        What = what,
        Ours = $"{Units.Rate(1e9 / ours.Median)} ({Units.Ns(ours.Median)})",
        Aim = aim is double rate ? $"{Units.Rate(rate)} a core" : "",
        Reached = aim is double least ? 1e9 / ours.Median >= least : null,
        Peer = peer,
        Theirs = theirs.IsEmpty ? "absent" : $"{Units.Rate(1e9 / theirs.Median)} ({Units.Ns(theirs.Median)})",
        Ratio = theirs.IsEmpty ? "" : Units.Times(theirs.Median / ours.Median),
        Noise = theirs.IsEmpty ? Units.Percent(ours.Spread) : $"{Units.Percent(ours.Spread)}, {Units.Percent(theirs.Spread)}",
    };

    private static Row Bytes(string what, Series bytes) => new()
    {
        What = what,
        Ours = $"{Units.Number(bytes.Median, "F3")} bytes",
        Aim = "0 bytes",
        Reached = bytes.Median < 0.001,
    };
}
