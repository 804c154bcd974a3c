using Xunit;

namespace KismetPS.TestKit;

/// <summary>A test over the captures of <see cref="OracleCaptures"/>; skipped with the reason where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CapturesFactAttribute : FactAttribute
{
    public CapturesFactAttribute() => Skip = OracleCaptures.SkipReason;
}
