using System.Diagnostics;
using KismetPS.Bench.Experiments;

namespace KismetPS.Bench.Goals;

/// <summary>bench/run --goals: all six, each as a ratio or rate of this run.</summary>
internal static class GoalRun
{
    /// <summary>Measures them and prints their lines once more together at the end.</summary>
    /// <param name="folder">Where the built peers and the staged module lie and the corpora go.</param>
    /// <param name="options">How often, how long.</param>
    /// <param name="only">Numbers of the goals wanted; empty: all.</param>
    public static void Run(string folder, Options options, IReadOnlyCollection<int> only)
    {
        long start = Stopwatch.GetTimestamp();
        Lab lab = new(folder, options);
        GoalLab goals = new(folder, lab);
        Experiments.Bench.PrintGround(lab, goals.Absent());
        (string What, Func<IEnumerable<Part>> Measure)[] all =
        [
            ("receive", new ReceiveGoal(lab).Measure),
            ("decode", new DecodeGoal(lab).Measure),
            ("decode and track", new TrackGoal(goals).Measure),
            ("capture files", new FileGoal(goals).Measure),
            ("into the pipeline", new PipelineGoal(goals).Measure),
            ("growth", new GrowthGoal(goals).Measure),
        ];
        List<string> lines = [];
        for (int i = 0; i < all.Length; i++)
        {
            if (only.Count == 0 || only.Contains(i + 1))
            {
                lines.Add(Goal.Run(i + 1, all[i].What, all[i].Measure));
            }
        }

        Console.WriteLine();
        Console.WriteLine($"{lines.Count(static l => l.EndsWith("ok", StringComparison.Ordinal))} of {lines.Count} goals reached, {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s, load at the end {Experiments.Bench.Load()}.");
    }
}
