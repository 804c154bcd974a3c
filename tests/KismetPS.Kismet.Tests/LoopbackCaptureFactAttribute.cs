using KismetPS.Capture.Live;
using Xunit;

namespace KismetPS.Kismet.Tests;

/// <summary>A test that captures on the loopback; skipped with the reason where library, system or rights are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LoopbackCaptureFactAttribute : FactAttribute
{
    public LoopbackCaptureFactAttribute() => Skip =
        !OperatingSystem.IsLinux() ? "Linux only."
        : !PcapApi.IsInstalled ? "No libpcap here."
        : !Environment.IsPrivilegedProcess ? "Only the superuser captures without further preparation."
        : null;
}
