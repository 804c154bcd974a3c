using KismetPS.Tracking;

namespace KismetPS.Kismet.Text.Server;

/// <summary>Totals of a network: frames that it and its clients sent in it.</summary>
internal struct WireBss
{
    public long LlcPackets;
    public long DataPackets;
    public long CryptPackets;
    public long Bytes;
    public ulong TimestampUs;

    /// <summary>Of a client, or of a network of which no more is known: its own.</summary>
    public static WireBss Of(KismetDevice device) => new()
    {
        LlcPackets = device.ManagementPackets,
        DataPackets = device.DataPackets,
        CryptPackets = device.EncryptedPackets,
        Bytes = device.Bytes,
    };

    /// <summary>Adds what one session counted in the BSS.</summary>
    public void Add(KismetNetwork network)
    {
        LlcPackets += network.ManagementPackets;
        DataPackets += network.DataPackets;
        CryptPackets += network.EncryptedPackets;
        Bytes += network.Bytes;
        TimestampUs = Math.Max(TimestampUs, network.TimestampUs);
    }
}
