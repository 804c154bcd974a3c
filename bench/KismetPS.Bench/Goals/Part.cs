namespace KismetPS.Bench.Goals;

/// <summary>One thing a goal asks for: what was measured and what it has to be.</summary>
/// <param name="What">In words.</param>
/// <param name="Value">Measured; <see cref="double.NaN"/> where it could not be.</param>
/// <param name="Target">To be reached.</param>
/// <param name="AtMost">Whether less is better.</param>
/// <param name="Unit">How a value is written.</param>
/// <param name="Details">What it was made of.</param>
internal sealed record Part(string What, double Value, double Target, bool AtMost, Func<double, string> Unit, string Details = "")
{
    /// <summary>Whether it is reached.</summary>
    public bool IsReached => AtMost ? Value <= Target : Value >= Target;

    /// <summary>How far it is from its target as a factor; below one: short.</summary>
    public double Margin => double.IsNaN(Value) ? double.NegativeInfinity
        : !AtMost ? Value / Target
        : Value <= 0 ? double.PositiveInfinity
        : Target / Value;

    /// <summary>The value in its unit, in one word.</summary>
    public string ValueText => double.IsNaN(Value) ? "absent" : Unit(Value).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>The target in its unit, in one word.</summary>
    public string TargetText => (AtMost ? "<=" : ">=") + Unit(Target).Replace(" ", "", StringComparison.Ordinal);
}
