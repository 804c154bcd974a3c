using System.Management.Automation;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Get-KismetDevice: the devices heard, as they are known now.</summary>
[Cmdlet(VerbsCommon.Get, "KismetDevice")]
[OutputType(typeof(KismetDevice))]
public sealed class GetKismetDeviceCommand : GetSnapshotCommand
{
    private protected override IEnumerable<(string Address, object Snapshot)> Read(DeviceSession session, DeviceFilter filter) =>
        session.GetDevices(filter).Select(static d => (d.MacAddress, (object)d));
}
