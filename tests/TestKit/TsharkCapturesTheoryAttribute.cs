using Xunit;

namespace KismetPS.TestKit;

/// <summary>A table test that needs the captures and asks tshark; skipped with the reason where either is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TsharkCapturesTheoryAttribute : TheoryAttribute
{
    public TsharkCapturesTheoryAttribute() => Skip = OracleCaptures.SkipReason ?? Tshark.SkipReason;
}
