using System.Management.Automation;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Get-KismetNetwork: the networks heard, one per BSSID and SSID.</summary>
[Cmdlet(VerbsCommon.Get, "KismetNetwork")]
[OutputType(typeof(KismetNetwork))]
public sealed class GetKismetNetworkCommand : GetSnapshotCommand
{
    private protected override IEnumerable<(string Address, object Snapshot)> Read(DeviceSession session, DeviceFilter filter) =>
        session.GetNetworks(filter).Select(static n => (n.Bssid, (object)n));
}
