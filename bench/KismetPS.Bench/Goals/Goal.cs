namespace KismetPS.Bench.Goals;

/// <summary>One of the six goals: its parts, of which the one furthest from its target speaks for all.</summary>
internal static class Goal
{
    /// <summary>Measures and prints the parts, and last the line of the goal. A part that cannot be measured is short, not left out.</summary>
    public static string Run(int number, string what, Func<IEnumerable<Part>> measure)
    {
        Console.WriteLine();
        Console.WriteLine($"Goal {number}: {what}");
        List<Part> parts = [];
        try
        {
            foreach (Part part in measure())
            {
                parts.Add(part);
                Console.WriteLine($"  {part.What}: {part.ValueText} ({part.TargetText}){(part.IsReached ? "" : " short")}{(part.Details.Length > 0 ? "; " + part.Details : "")}");
            }
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or IOException)
        {
            // One goal that cannot be measured is said so; the others still are.
            Console.WriteLine($"  not measured: {e.Message}");
            parts.Add(new Part(what, double.NaN, 0, AtMost: false, static v => $"{v}"));
        }

        Part worst = parts.MinBy(static p => p.Margin)!;
        string line = $"GOAL {number} {worst.ValueText} {worst.TargetText} {(parts.TrueForAll(static p => p.IsReached) ? "ok" : "short")}";
        Console.WriteLine(line);
        return line;
    }
}
