using Xunit;

namespace KismetPS.Capture.Tests.Pcap;

/// <summary>A test that writes to a device that is always full; skipped where the system has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FullDeviceFactAttribute : FactAttribute
{
    public const string Device = "/dev/full";

    public FullDeviceFactAttribute() => Skip = File.Exists(Device) ? null : $"No {Device}.";
}
