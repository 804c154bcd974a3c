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

    /// <summary>Takes one value; false when it is none.</summary>
    public bool TrySet(TextField field, scoped in Word word) => field switch
    {
        TextField.Uuid => word.TryGetUuid(out Uuid),
        TextField.LastTime => word.TryCount(ref Last),
        TextField.NumPackets => word.TryCount(ref Packets),
        TextField.SignalDbm => word.TryDbm(ref Signal),
        TextField.MinSignalDbm => word.TryDbm(ref SignalMin),
        TextField.MaxSignalDbm => word.TryDbm(ref SignalMax),
        _ => true,
    };
}
