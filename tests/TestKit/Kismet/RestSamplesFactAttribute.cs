using Xunit;

namespace KismetPS.TestKit;

/// <summary>A test over <see cref="RestSamples"/>; skipped with the reason where they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RestSamplesFactAttribute : FactAttribute
{
    public RestSamplesFactAttribute() => Skip = RestSamples.Folder is null ? "No recorded answers of a Kismet HTTP server: reference/kismet-rest beside the captures." : null;
}
