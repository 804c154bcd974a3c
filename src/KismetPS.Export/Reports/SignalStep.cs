namespace KismetPS.Export.Reports;

/// <summary>What was read of a signal within one step of time.</summary>
/// <param name="Slot">Number of the step: its begin divided by its length.</param>
/// <param name="Min">Weakest, dBm.</param>
/// <param name="Max">Strongest, dBm.</param>
/// <param name="Sum">Sum of the readings, dBm.</param>
/// <param name="Count">Readings.</param>
internal readonly record struct SignalStep(long Slot, short Min, short Max, long Sum, long Count)
{
    /// <summary>Mean of the dBm values.</summary>
    public double Mean => (double)Sum / Count;

    /// <summary>Both together, in the place of this.</summary>
    public SignalStep With(SignalStep other) =>
        new(Slot, Math.Min(Min, other.Min), Math.Max(Max, other.Max), Sum + other.Sum, Count + other.Count);
}
