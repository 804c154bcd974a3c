using Xunit;

namespace KismetPS.Tracking.Tests.Sessions;

/// <summary>A test that needs named pipes and the kernel's list of threads; skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Needs Linux: named pipes and /proc/self/task.";
}
