namespace KismetPS.Kismet.Text.Client;

/// <summary>What BSSIDSRC or CLISRC tells of how one source hears.</summary>
internal struct SourceSignal
{
    public Guid Uuid;

    /// <summary>Whether CLISRC told it, which is about the device itself and not about its network.</summary>
    public bool OfClient;

    public long Last;
    public long Packets;
    public short Signal;
    public short SignalMin;
    public short SignalMax;
}
