using Xunit;

namespace KismetPS.TestKit;

/// <summary>A test over <see cref="KismetReference"/>; skipped with the reason where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KismetReferenceFactAttribute : FactAttribute
{
    public KismetReferenceFactAttribute() => Skip = KismetReference.SkipReason;
}
