using Xunit;

namespace KismetPS.Module.Tests;

/// <summary>A test that needs a pwsh with Pester 5; skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PesterFactAttribute : FactAttribute
{
    public PesterFactAttribute() => Skip = PesterHost.SkipReason;
}
