using System.Management.Automation;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Input;
using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.PowerShell.Commands;

/// <summary>Get-KismetDevice: the devices heard, as they are known now.</summary>
[Cmdlet(VerbsCommon.Get, "KismetDevice")]
[OutputType(typeof(KismetDevice))]
public sealed class GetKismetDeviceCommand : GetSnapshotCommand
{
    /// <summary>These addresses, in any usual notation.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Bssid")]
    [MacAddressInput]
    [ArgumentCompleter(typeof(MacAddressCompleter))]
    public MacAddress[]? MacAddress { get; set; }

    private protected override MacAddress[]? Addresses => MacAddress;

    private protected override IEnumerable<(string Address, object Snapshot)> Read(DeviceSession session, DeviceFilter filter) =>
        session.GetDevices(filter).Select(static d => (d.MacAddress, (object)d));
}
