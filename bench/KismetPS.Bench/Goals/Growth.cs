using System.Globalization;
using KismetPS.Bench.Experiments;
using KismetPS.Bench.Peers;
using KismetPS.Bench.Report;

namespace KismetPS.Bench.Goals;

/// <summary>The cost of a frame as one thing grows.</summary>
/// <param name="what">What grows, in words.</param>
/// <param name="axis">What the measuring process calls it.</param>
/// <param name="sizes">How many of it.</param>
/// <param name="corpus">Frames for a size.</param>
/// <param name="others">Frames of other devices that are known too; null: there are none.</param>
/// <param name="judged">Whether it has to be flat; else it tells only.</param>
/// <param name="judgedFrom">The smallest size that is judged: below it there is a quicker way that only few of it allow.</param>
/// <param name="perOne">Whether the cost is that of each one beyond none, which is the first size.</param>
internal sealed class Growth(string what, string axis, int[] sizes, Func<int, string> corpus, Func<int, string>? others, bool judged, int judgedFrom = 0, bool perOne = false)
{
    private readonly double[] _ns = new double[sizes.Length];

    /// <summary>What grows.</summary>
    public string What => what;

    /// <summary>Whether it has to be flat.</summary>
    public bool IsJudged => judged;

    /// <summary>Sizes and what a frame costs at each, ns.</summary>
    public IReadOnlyList<(int Size, double Ns)> Points
    {
        get
        {
            List<(int Size, double Ns)> points = [];
            for (int i = perOne ? 1 : 0; i < sizes.Length; i++)
            {
                points.Add((sizes[i], perOne ? (_ns[i] - _ns[0]) / sizes[i] : _ns[i]));
            }

            return points;
        }
    }

    /// <summary>How many times as much a size costs as a smaller one, at most.</summary>
    public double Flatness
    {
        get
        {
            double least = double.MaxValue;
            double worst = 0;
            foreach ((_, double ns) in Points.Where(p => p.Size >= judgedFrom))
            {
                least = Math.Min(least, ns);
                worst = Math.Max(worst, ns / least);
            }

            return worst;
        }
    }

    /// <summary>What is judged, in words.</summary>
    public string Judged => judgedFrom == 0 ? what : string.Create(CultureInfo.InvariantCulture, $"{what}, from {judgedFrom} on");

    /// <summary>What is measured, in the order of the table.</summary>
    public static IEnumerable<Growth> All(GoalLab goals)
    {
        int[] devices = [1_000, 10_000, 100_000, 1_000_000];
        string corpus = goals.Lab.CorpusPath;
        yield return new Growth("devices known, the same 1,000 heard", "known", devices, _ => goals.Devices(devices[0]), goals.Devices, judged: true);
        yield return new Growth("devices, all heard in no order", "devices", devices, goals.Devices, null, judged: false);
        yield return new Growth("sensors, each device heard by one", "sensors", [1, 4, 16, 64, 256], _ => goals.Devices(10_000), null, judged: true, judgedFrom: 4);
        yield return new Growth("sensors, each device heard by all", "ears", [1, 4, 16, 64], _ => goals.Devices(1_000), null, judged: false);
        yield return new Growth("listeners, each with tables of its own", "listeners", [1, 2, 4, 8], _ => corpus, null, judged: true);
        yield return new Growth("subscribers to frames, for each", "subscribers", [0, 4, 8, 16], _ => corpus, null, judged: true, perOne: true);
    }

    /// <summary>Measures each size so often, in turn; the fastest few milliseconds count: whatever a neighbour does adds to it.</summary>
    public void Measure(int rounds)
    {
        Array.Fill(_ns, double.MaxValue);
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < sizes.Length; i++)
            {
                string[] words = ["grow", axis, sizes[i].ToString(CultureInfo.InvariantCulture), corpus(sizes[i]), "0.4", .. others is null ? (string[])[] : [others(sizes[i])]];
                _ns[i] = Math.Min(_ns[i], Worker.Run(Lab.Self(words))["fastest_ps"] / 1000.0);
            }
        }
    }

    /// <summary>One line of the table.</summary>
    public string ToLine() => $"{what}: {string.Join(", ", Points.Select(static p => $"{p.Size.ToString("N0", CultureInfo.InvariantCulture)}: {Units.Ns(p.Ns)}"))}";
}
