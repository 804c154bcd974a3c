using Xunit;

namespace KismetPS.Export.Tests.Delivery;

/// <summary>A test with a real program of the system; skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(string program) => Skip = Find(program) is null ? $"{program} is not installed." : null;

    /// <summary>Path of a program, null where there is none.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin").Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
