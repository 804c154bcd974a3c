using Xunit;

namespace KismetPS.TestKit;

/// <summary>A test over the IPv6 loopback; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IPv6FactAttribute : FactAttribute
{
    /// <summary>Looks whether there is one.</summary>
    public IPv6FactAttribute() => Skip = IPv6Loopback.SkipReason;
}
