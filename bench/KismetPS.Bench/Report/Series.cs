namespace KismetPS.Bench.Report;

/// <summary>The same quantity from several runs.</summary>
internal sealed class Series
{
    private readonly List<double> _values = [];

    /// <summary>Whether there is none: the peer is absent.</summary>
    public bool IsEmpty => _values.Count == 0;

    /// <summary>How many there are.</summary>
    public int Count => _values.Count;

    /// <summary>The middle one, of an even number the mean of the two.</summary>
    public double Median
    {
        get
        {
            double[] sorted = [.. _values.Order()];
            int middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    /// <summary>Smallest.</summary>
    public double Min => _values.Min();

    /// <summary>Largest.</summary>
    public double Max => _values.Max();

    /// <summary>How far the runs lie apart: largest less smallest, as a part of the median.</summary>
    public double Spread => Median == 0 ? 0 : (Max - Min) / Median;

    /// <summary>How many lie above a limit.</summary>
    public int CountAbove(double limit) => _values.Count(v => v > limit);

    /// <summary>Adds a run's.</summary>
    public void Add(double value) => _values.Add(value);
}
