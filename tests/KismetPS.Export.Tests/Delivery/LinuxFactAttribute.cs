using Xunit;

namespace KismetPS.Export.Tests.Delivery;

/// <summary>A test of what only Linux lets be done.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "It needs Linux.";
}
