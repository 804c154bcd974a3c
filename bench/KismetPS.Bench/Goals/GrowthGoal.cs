using System.Globalization;
using KismetPS.Bench.Experiments;
using KismetPS.Bench.Peers;
using KismetPS.Bench.Report;

namespace KismetPS.Bench.Goals;

/// <summary>
/// What a frame costs as things grow. Flat is judged by what the program does, apart from the memory it waits for: frames of the same thousand devices
/// with more and more others in the tables. Beside it frames of all devices in no order, whose rise is that of cache misses.
/// </summary>
internal sealed class GrowthGoal(GoalLab goals)
{
    // The noise of a shared machine; a cost that grows with the size would be tens or thousands.
    private const double FlatAim = 1.25;
    private const int Rounds = 2;

    /// <summary>Measures.</summary>
    public IEnumerable<Part> Measure()
    {
        List<Growth> axes = [];
        foreach (Growth axis in Growth.All(goals))
        {
            axes.Add(axis);
            axis.Measure(Rounds);
            Console.WriteLine("  " + axis.ToLine());
            if (axis.IsJudged)
            {
                yield return new Part($"cost by that of a smaller size, {axis.Judged}", axis.Flatness, FlatAim, AtMost: true, Units.Times);
            }
        }

        GrowthFile.Write(goals.GrowthPath, axes);
    }
}
