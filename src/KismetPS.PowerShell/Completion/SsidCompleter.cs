using KismetPS.Tracking;

namespace KismetPS.PowerShell.Completion;

/// <summary>Completes names of networks.</summary>
public sealed class SsidCompleter : LiveCompleter
{
    private protected override IEnumerable<Candidate> Candidates(string word, Predicate<string> fits) => DeviceSessions
        .SelectMany(s => s.GetNetworks(new DeviceFilter { Ssid = Once(fits), First = Enough }))
        .Where(static n => !string.IsNullOrEmpty(n.Ssid))
        .Select(static n => new Candidate(n.Ssid!, $"{n.Bssid} {n.Encryption}", IsPattern: true));
}
