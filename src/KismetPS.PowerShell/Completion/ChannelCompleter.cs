using System.Globalization;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Completion;

/// <summary>Completes channels on which devices were heard.</summary>
public sealed class ChannelCompleter : LiveCompleter
{
    private protected override IEnumerable<Candidate> Candidates(string word, Predicate<string> fits) => Devices(new DeviceFilter())
        .Where(static d => d.Channel is not null)
        .OrderBy(static d => d.Channel)
        .Select(static d => new Candidate(d.Channel!.Value.ToString(CultureInfo.InvariantCulture), d.FrequencyMHz is int mhz ? $"{mhz} MHz" : null));
}
