using Xunit;

namespace KismetPS.Kismet.Tests;

/// <summary>Tests that measure the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}
