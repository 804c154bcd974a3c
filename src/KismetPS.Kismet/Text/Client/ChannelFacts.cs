namespace KismetPS.Kismet.Text.Client;

/// <summary>
/// What CHANNEL tells of one channel. Servers of 2016 compute the channel of any frequency as (MHz - 5000) / 5, or - 2407 below 2484 MHz, so that a
/// damaged radio header makes numbers such as 1466 or -421 (BSSID.channel too): no channels, and counted as BadValue.
/// </summary>
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
        TextField.Channel => word.TryNumber(1, 1000, ref Channel),
        TextField.Packets => word.TryCount(ref Packets),
        TextField.PacketsDelta => word.TryCount(ref PacketsDelta),
        TextField.Bytes => word.TryCount(ref Bytes),
        TextField.Networks => word.TryNumber(0, int.MaxValue, ref Networks),
        TextField.ActiveNetworks => word.TryNumber(0, int.MaxValue, ref ActiveNetworks),
        TextField.MaxSignalDbm => word.TryDbm(ref SignalMax),
        TextField.MaxNoiseDbm => word.TryDbm(ref NoiseMax),
        _ => true,
    };
}
