namespace KismetPS.Wireless.Radio;

/// <summary>Reads the radio header in front of an 802.11 frame, whichever kind it is.</summary>
internal static class RadioHeader
{
    /// <summary>
    /// Reads the header that <paramref name="link"/> promises (<see cref="LinkType.Radiotap"/>, <see cref="LinkType.Ppi"/>,
    /// <see cref="LinkType.Prism"/>, <see cref="LinkType.Avs"/>; none for <see cref="LinkType.Ieee80211"/>), overwriting the facts it
    /// carries in <paramref name="radio"/> and leaving the others. Prism may turn out to be AVS and AVS radiotap: senders mix them up.
    /// </summary>
    /// <returns>
    /// <see cref="DecodeStatus.Ok"/> with the header's length, which is never beyond the packet, or why the bytes cannot be used; then
    /// <paramref name="radio"/> is as it was and <paramref name="headerLength"/> 0.
    /// </returns>
    public static DecodeStatus TryRead(ReadOnlySpan<byte> packet, LinkType link, ref RadioInfo radio, out int headerLength)
    {
        headerLength = 0;
        switch (link)
        {
            case LinkType.Ieee80211:
                return packet.IsEmpty ? DecodeStatus.Empty : DecodeStatus.Ok;
            case LinkType.Radiotap:
                return RadiotapReader.TryRead(packet, ref radio, out headerLength);
            case LinkType.Prism:
                return AvsReader.HasMagic(packet)
                    ? AvsReader.TryRead(packet, ref radio, out headerLength)
                    : PrismReader.TryRead(packet, ref radio, out headerLength);
            case LinkType.Avs:
                // TZSP gives AVS the number that link types give radiotap (127), so some send radiotap under it. The first byte tells:
                // 0x80 of the AVS magic against radiotap's version 0.
                return packet.Length > 0 && packet[0] == 0
                    ? RadiotapReader.TryRead(packet, ref radio, out headerLength)
                    : AvsReader.TryRead(packet, ref radio, out headerLength);
            case LinkType.Ppi:
                return PpiReader.TryRead(packet, ref radio, out headerLength);
            default:
                return DecodeStatus.NotWireless;
        }
    }
}
