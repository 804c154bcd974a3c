using KismetPS.Tracking;

namespace KismetPS.PowerShell.Completion;

/// <summary>Completes vendors of devices.</summary>
public sealed class VendorCompleter : LiveCompleter
{
    private protected override IEnumerable<Candidate> Candidates(string word, Predicate<string> fits) =>
        Devices(new DeviceFilter { Vendor = Once(fits) }).Where(static d => d.Vendor is not null).Select(static d => new Candidate(d.Vendor!, null, IsPattern: true));
}
