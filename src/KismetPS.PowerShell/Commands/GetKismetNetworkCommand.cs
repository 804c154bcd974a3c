using System.Management.Automation;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Input;
using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.PowerShell.Commands;

/// <summary>Get-KismetNetwork: the networks heard, one per BSSID and SSID.</summary>
[Cmdlet(VerbsCommon.Get, "KismetNetwork")]
[OutputType(typeof(KismetNetwork))]
public sealed class GetKismetNetworkCommand : GetSnapshotCommand
{
    /// <summary>These BSSIDs, in any usual notation. The name binds before the alias: a client brings the BSSID it is associated with, not its own address.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("MacAddress")]
    [MacAddressInput]
    [ArgumentCompleter(typeof(MacAddressCompleter))]
    public MacAddress[]? Bssid { get; set; }

    private protected override MacAddress[]? Addresses => Bssid;

    private protected override IEnumerable<(string Address, object Snapshot)> Read(DeviceSession session, DeviceFilter filter) =>
        session.GetNetworks(filter).Select(static n => (n.Bssid, (object)n));
}
