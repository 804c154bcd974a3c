using Xunit;

namespace KismetPS.TestKit;

/// <summary>A table test over the captures of <see cref="OracleCaptures"/>; skipped with the reason where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CapturesTheoryAttribute : TheoryAttribute
{
    public CapturesTheoryAttribute() => Skip = OracleCaptures.SkipReason;
}
