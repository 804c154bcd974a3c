using Xunit;

namespace KismetPS.Export.Tests.Delivery;

/// <summary>A test that mounts a small file system of its own; skipped where that is not allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = OperatingSystem.IsLinux() && Environment.UserName == "root" ? null : "A small disk can be mounted by root on Linux only.";
}
