using KismetPS.Capture.Live;
using Xunit;

namespace KismetPS.Capture.Tests.Live;

/// <summary>A test that captures for real; skipped with the reason where library, system or rights are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LiveFactAttribute : FactAttribute
{
    public LiveFactAttribute(LiveNeed need) => Skip =
        !PcapApi.IsInstalled ? "No libpcap here."
        : need == LiveNeed.Library ? null
        : !OperatingSystem.IsLinux() ? "Linux only."
        : need == LiveNeed.LoopbackCapture && !Capabilities.Has(Capabilities.NetRaw) ? "No right to capture (CAP_NET_RAW)."
        : need == LiveNeed.TapDevice && !(Capabilities.Has(Capabilities.NetRaw) && Capabilities.Has(Capabilities.NetAdmin)) ? "No right to make interfaces (CAP_NET_ADMIN, CAP_NET_RAW)."
        : need == LiveNeed.TapDevice && !File.Exists("/dev/net/tun") ? "No /dev/net/tun."
        : null;
}

/// <summary>What a test needs.</summary>
public enum LiveNeed
{
    Library,
    LoopbackCapture,
    TapDevice,
}
