using Xunit;

namespace KismetPS.TestKit;

/// <summary>A theory over <see cref="KismetReference"/>; skipped with the reason where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KismetReferenceTheoryAttribute : TheoryAttribute
{
    public KismetReferenceTheoryAttribute() => Skip = KismetReference.SkipReason;
}
