namespace KismetPS.Wireless.Radio;

/// <summary>Reads the radio header in front of an 802.11 frame, whichever kind it is.</summary>
internal static class RadioHeader
{
    /// <summary>
    /// Reads the header that <paramref name="link"/> promises (<see cref="LinkType.Radiotap"/>, <see cref="LinkType.Ppi"/>,
    /// <see cref="LinkType.Prism"/>, <see cref="LinkType.Avs"/>; none for <see cref="LinkType.Ieee80211"/>), overwriting the facts it
    /// carries in <paramref name="radio"/> and leaving the others. Prism may turn out to be AVS and AVS radiotap: senders mix them up.
    /// </summary>
    /// <returns><see cref="DecodeStatus.Ok"/> with the header's length, or why the bytes cannot be used.</returns>
    public static DecodeStatus TryRead(ReadOnlySpan<byte> packet, LinkType link, ref RadioInfo radio, out int headerLength)
    {
        headerLength = 0;
        return link == LinkType.Ieee80211 ? DecodeStatus.Ok : DecodeStatus.NotWireless; // seam
    }
}
