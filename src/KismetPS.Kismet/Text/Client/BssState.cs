using KismetPS.Wireless;

namespace KismetPS.Kismet.Text.Client;

/// <summary>What is known of a network: of its BSSID.</summary>
internal sealed class BssState
{
    public HeardFacts Facts;

    public Values.NetworkType Type { get; set; }

    public List<SsidFacts> Ssids { get; } = [];

    /// <summary>What a server of ours tags its network with, where Kismet has no field for it.</summary>
    public TagFacts? Tags { get; set; }

    public HashSet<MacAddress> Clients { get; } = [];

    /// <summary>The name of newest news among those advertised, null while there is none.</summary>
    public SsidFacts? Current
    {
        get
        {
            SsidFacts? current = null;
            foreach (SsidFacts ssid in Ssids)
            {
                if (!ssid.IsProbe && ssid.Row is not null && (current is null || ssid.Last >= current.Last))
                {
                    current = ssid;
                }
            }

            return current;
        }
    }

    /// <summary>The name of a sum; null if it is not known.</summary>
    public SsidFacts? Of(long checksum)
    {
        foreach (SsidFacts ssid in Ssids)
        {
            if (ssid.Checksum == checksum)
            {
                return ssid;
            }
        }

        return null;
    }

    /// <summary>Beacons that hide the name: those of a name learnt otherwise, if there is just one.</summary>
    public SsidFacts? Nameless => Ssids.Find(static s => !s.IsProbe && s.Name.Length == 0);
}
