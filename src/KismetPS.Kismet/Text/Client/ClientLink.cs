using KismetPS.Wireless;

namespace KismetPS.Kismet.Text.Client;

/// <summary>What CLIENT tells of a device in one network.</summary>
internal sealed class ClientLink
{
    public required MacAddress Bssid { get; init; }

    public HeardFacts Facts;

    public Values.ClientType Type { get; set; }
}
