namespace KismetPS.Kismet.Text.Server;

/// <summary>What INFO tells.</summary>
internal struct WireTotals
{
    public int Networks;
    public int Clients;
    public long Packets;
    public long Crypt;
    public long Noise;
    public long Dropped;
    public long Rate;
    public long LlcPackets;
    public long DataPackets;
    public int Sources;
    public int ErrorSources;
}
