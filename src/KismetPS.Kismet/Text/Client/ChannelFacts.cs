namespace KismetPS.Kismet.Text.Client;

/// <summary>What CHANNEL tells of one channel.</summary>
internal struct ChannelFacts
{
    public int Channel;
    public long Packets;
    public long PacketsDelta;
    public long Bytes;
    public int Networks;
    public int ActiveNetworks;
    public short SignalMax;
    public short NoiseMax;

    /// <summary>Takes one value; false when it is none.</summary>
    public bool TrySet(TextField field, scoped in Word word) => field switch
    {
        TextField.Channel => HeardFacts.Number(word, 0, 1000, ref Channel),
        TextField.Packets => HeardFacts.Count(word, ref Packets),
        TextField.PacketsDelta => HeardFacts.Count(word, ref PacketsDelta),
        TextField.Bytes => HeardFacts.Count(word, ref Bytes),
        TextField.Networks => HeardFacts.Number(word, 0, int.MaxValue, ref Networks),
        TextField.ActiveNetworks => HeardFacts.Number(word, 0, int.MaxValue, ref ActiveNetworks),
        TextField.MaxSignalDbm => HeardFacts.Dbm(word, ref SignalMax),
        TextField.MaxNoiseDbm => HeardFacts.Dbm(word, ref NoiseMax),
        _ => true,
    };
}
