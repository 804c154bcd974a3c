using Xunit;

namespace KismetPS.TestKit;

/// <summary>A test that asks tshark; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TsharkFactAttribute : FactAttribute
{
    public TsharkFactAttribute() => Skip = Tshark.SkipReason;
}
