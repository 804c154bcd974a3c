using KismetPS.Tracking;

namespace KismetPS.PowerShell.Completion;

/// <summary>Completes MAC addresses of devices.</summary>
public sealed class MacAddressCompleter : LiveCompleter
{
    private protected override IEnumerable<Candidate> Candidates(Predicate<string> fits) =>
        Devices(new DeviceFilter()).Select(static d => new Candidate(d.MacAddress, string.Join(' ', new[] { d.Type.ToString(), d.Ssid, d.Vendor }.Where(static t => !string.IsNullOrEmpty(t)))));
}
