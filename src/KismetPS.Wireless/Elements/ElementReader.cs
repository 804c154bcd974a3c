using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;
using KismetPS.Wireless.Security;

namespace KismetPS.Wireless.Elements;

/// <summary>Reads the elements of a management frame into facts.</summary>
internal static class ElementReader
{
    private const int MaxSsidLength = 32;

    /// <summary>
    /// Overwrites <paramref name="facts"/> with what the elements of <paramref name="frame"/> (the 802.11 frame without radio header and FCS)
    /// say; the encryption set takes the privacy bit of <paramref name="header"/> in. Nothing is read past a truncated element.
    /// </summary>
    public static void Read(ReadOnlySpan<byte> frame, in FrameFacts header, ref ElementFacts facts)
    {
        facts = default;
        if (!header.Has(FrameParts.Elements))
        {
            return;
        }

        // Places are kept in 16 bits; a frame beyond that is no 802.11 frame that was ever sent.
        int end = Math.Min(Math.Min(header.ElementsOffset + header.ElementsLength, frame.Length), ushort.MaxValue);
        if (header.ElementsOffset > end)
        {
            return;
        }

        ElementNotes notes = default;
        ReadOnlySpan<byte> readable = frame[..end];
        if (!Walk(readable, header.ElementsOffset, ref notes, ref facts) || header.CutLength > 0)
        {
            facts.Parts |= ElementParts.Truncated;
        }

        Conclude(readable, header.Subtype, ref notes.Phy, ref facts);
        facts.Security.Encryption = EncryptionRule.Of(in header, in facts, notes.SecuritySeen);
    }

    /// <summary>
    /// Goes through the elements from <paramref name="start"/>; false where bytes are left. A method by itself, with no more in hand than it needs: where the next
    /// element starts is known when this one's length is, and the walk is as quick as that stays in registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Walk(ReadOnlySpan<byte> frame, int start, ref ElementNotes notes, ref ElementFacts facts)
    {
        int end = frame.Length;
        ReadOnlySpan<byte> rest = frame[start..];
        while (rest.Length >= 2)
        {
            byte id = rest[0];
            int length = rest[1];
            ReadOnlySpan<byte> behind = rest[2..];
            if ((uint)length > (uint)behind.Length)
            {
                break;
            }

            int offset = end - behind.Length;
            ReadOnlySpan<byte> payload = behind[..length];
            rest = behind[length..];
            switch (id)
            {
                case ElementId.Ssid:
                    Ssid(payload, offset, ref facts);
                    break;

                case ElementId.SupportedRates:
                case ElementId.ExtendedRates:
                    notes.Phy.Rates.Add(behind, length);
                    break;

                case ElementId.DsParameter:
                    if (payload.Length >= 1 && notes.Phy.DsChannel == 0)
                    {
                        notes.Phy.DsChannel = payload[0];
                    }

                    break;

                case ElementId.Country:
                    if (payload.Length >= 3 && char.IsAsciiLetter((char)payload[0]) && char.IsAsciiLetter((char)payload[1]))
                    {
                        facts.Country = (ushort)(((payload[0] & 0xDF) << 8) | (payload[1] & 0xDF));
                        facts.Parts |= ElementParts.Country;
                    }

                    break;

                case ElementId.BssLoad:
                    if (payload.Length >= 4)
                    {
                        facts.QbssStations = BinaryPrimitives.ReadUInt16LittleEndian(payload);
                        facts.QbssUtilization = payload[2];
                        facts.Parts |= ElementParts.Qbss;
                    }

                    break;

                case ElementId.ChannelSwitch:
                    if (payload.Length >= 3)
                    {
                        ChannelSwitch(payload[1], payload[2], ref facts);
                    }

                    break;

                case ElementId.ExtendedChannelSwitch:
                    if (payload.Length >= 4)
                    {
                        ChannelSwitch(payload[2], payload[3], ref facts);
                    }

                    break;

                case ElementId.HtCapabilities:
                    notes.Phy.HtCapabilities = Range(offset, payload.Length);
                    facts.Parts |= ElementParts.Ht;
                    break;

                case ElementId.HtOperation:
                    OperationReader.Ht(payload, ref notes.Phy);
                    facts.Parts |= ElementParts.Ht;
                    break;

                case ElementId.Rsn:
                    notes.SecuritySeen = true;
                    if (!facts.Has(ElementParts.Rsn) && RsnReader.TryRead(payload, ref facts.Security))
                    {
                        facts.Parts |= ElementParts.Rsn;
                    }

                    break;

                case ElementId.RsnExtension:
                    // Bit 5 of the first octet; the low four bits are the element's own length (9.4.2.241).
                    facts.Security.SaeHashToElement = payload.Length >= 1 && (payload[0] & 0x20) != 0;
                    break;

                case ElementId.MobilityDomain:
                    facts.Parts |= ElementParts.FastTransition;
                    break;

                case ElementId.RmEnabledCapabilities:
                    facts.Parts |= ElementParts.RadioMeasurement;
                    break;

                case ElementId.MultipleBssid:
                    // Its profiles hold SSIDs and security of other BSSIDs: they are not walked into here.
                    if (payload.Length >= 1)
                    {
                        facts.MaxBssidIndicator = payload[0];
                        facts.Parts |= ElementParts.MultipleBssid;
                    }

                    break;

                case ElementId.MeshId:
                    if (payload.Length <= MaxSsidLength)
                    {
                        facts.MeshId = Range(offset, payload.Length);
                        facts.Parts |= ElementParts.MeshId;
                    }

                    break;

                case ElementId.CiscoCcx:
                    CiscoName(payload, offset, ref facts);
                    break;

                case ElementId.VhtCapabilities:
                    notes.Phy.VhtCapabilities = Range(offset, payload.Length);
                    facts.Parts |= ElementParts.Vht;
                    break;

                case ElementId.VhtOperation:
                    if (payload.Length >= 3)
                    {
                        notes.Phy.VhtWidth = OperationReader.VhtWidth(payload[0], payload[1], payload[2]);
                    }

                    facts.Parts |= ElementParts.Vht;
                    break;

                case ElementId.ReducedNeighborReport:
                    if (facts.ReducedNeighborReport.IsEmpty)
                    {
                        facts.ReducedNeighborReport = Range(offset, payload.Length);
                    }

                    facts.NeighborCount = (byte)Math.Min(byte.MaxValue, facts.NeighborCount + RnrReader.Count(payload));
                    facts.Parts |= ElementParts.ReducedNeighbors;
                    break;

                case ElementId.Vendor:
                    Vendor(payload, offset, ref notes, ref facts);
                    break;

                case ElementId.Extension:
                    Extension(payload, offset, ref notes.Phy, ref facts);
                    break;
            }
        }

        return rest.IsEmpty;
    }

    private static void Ssid(ReadOnlySpan<byte> payload, int offset, ref ElementFacts facts)
    {
        // The first one counts: a second one is somebody's mistake or trick.
        if (facts.Has(ElementParts.Ssid | ElementParts.SsidTooLong))
        {
            return;
        }

        if (payload.Length > MaxSsidLength)
        {
            facts.Parts |= ElementParts.SsidTooLong;
            return;
        }

        facts.Ssid = Range(offset, payload.Length);
        bool named = payload.Length != 0 && (payload[0] != 0 || payload.ContainsAnyExcept((byte)0));
        facts.Parts |= named ? ElementParts.Ssid : ElementParts.Ssid | ElementParts.SsidHidden;
    }

    private static void ChannelSwitch(byte channel, byte count, ref ElementFacts facts)
    {
        facts.SwitchChannel = channel;
        facts.SwitchCount = count;
        facts.Parts |= ElementParts.ChannelSwitch;
    }

    /// <summary>Cisco CCX: name of the access point in 16 bytes from offset 10, filled up with NUL.</summary>
    private static void CiscoName(ReadOnlySpan<byte> payload, int offset, ref ElementFacts facts)
    {
        const int NameOffset = 10;
        const int NameLength = 16;
        if (payload.Length < NameOffset + NameLength)
        {
            return;
        }

        int length = payload.Slice(NameOffset, NameLength).IndexOf((byte)0);
        length = length < 0 ? NameLength : length;
        if (length != 0)
        {
            facts.ApName = Range(offset + NameOffset, length);
            facts.Parts |= ElementParts.ApName;
        }
    }

    private static void Vendor(ReadOnlySpan<byte> payload, int offset, ref ElementNotes notes, ref ElementFacts facts)
    {
        if (payload.Length < 4)
        {
            return;
        }

        ReadOnlySpan<byte> content = payload[4..];
        switch (BinaryPrimitives.ReadUInt32BigEndian(payload))
        {
            case VendorOui.Wpa:
                notes.SecuritySeen = true;
                if (!facts.Has(ElementParts.Wpa) && WpaReader.TryRead(content, ref facts.Security))
                {
                    facts.Parts |= ElementParts.Wpa;
                }

                break;

            case VendorOui.Wmm:
                facts.Parts |= ElementParts.Wmm;
                break;

            case VendorOui.Wps:
                notes.Wps.Read(content, offset + 4, ref facts);
                break;

            case VendorOui.P2P:
                facts.Parts |= ElementParts.P2P;
                break;

            case VendorOui.RsnOverride:
            case VendorOui.RsnOverride2:
                notes.SecuritySeen = true;
                if (RsnReader.TryRead(content, ref facts.Security))
                {
                    facts.Parts |= ElementParts.Rsn;
                }

                break;

            case VendorOui.OweTransition:
                // BSSID, SSID length, SSID, then maybe operating class and channel of the partner.
                if (content.Length < 7 || content[6] > MaxSsidLength || content.Length < 7 + content[6])
                {
                    break;
                }

                facts.OweBssid = MacAddress.Read(content);
                facts.OweSsid = Range(offset + 4 + 7, content[6]);
                facts.Security.OweTransition = true;
                facts.Parts |= ElementParts.OweTransition;
                break;
        }
    }

    private static void Extension(ReadOnlySpan<byte> element, int elementOffset, ref PhyElements phy, ref ElementFacts facts)
    {
        if (element.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<byte> payload = element[1..];
        int offset = elementOffset + 1;
        switch (element[0])
        {
            case ElementId.ExtHeCapabilities:
                phy.HeCapabilities = Range(offset, payload.Length);
                facts.Parts |= ElementParts.He;
                break;

            case ElementId.ExtHeOperation:
                OperationReader.He(payload, ref phy);
                facts.Parts |= ElementParts.He;
                break;

            case ElementId.ExtHe6GhzCapabilities:
                facts.Parts |= ElementParts.He6Ghz;
                break;

            case ElementId.ExtEhtCapabilities:
                phy.EhtCapabilities = Range(offset, payload.Length);
                facts.Parts |= ElementParts.Eht;
                break;

            case ElementId.ExtEhtOperation:
                OperationReader.Eht(payload, ref phy);
                facts.Parts |= ElementParts.Eht;
                break;

            case ElementId.ExtMultiLink:
                if (!facts.Has(ElementParts.MultiLink) && MultiLinkReader.TryReadAddress(payload, out MacAddress address))
                {
                    facts.MldAddress = address;
                    facts.MultiLinkOffset = (ushort)offset;
                    facts.Parts |= ElementParts.MultiLink;
                }

                break;
        }
    }

    private static ByteRange Range(int offset, int length) => new((ushort)offset, (ushort)length);

    /// <summary>What the rates, capability and operation elements come to together.</summary>
    private static void Conclude(ReadOnlySpan<byte> frame, FrameSubtype subtype, ref PhyElements phy, ref ElementFacts facts)
    {
        if (phy.Rates.Highest is byte highest and not 0)
        {
            phy.LegacyRate = highest;
            facts.Parts |= phy.Rates.HasOfdm ? ElementParts.Rates | ElementParts.OfdmRates : ElementParts.Rates;
        }

        if (phy.HeChannel != 0)
        {
            facts.Channel = phy.HeChannel;
            facts.Band = Band.Ghz6;
            facts.Parts |= ElementParts.Channel | ElementParts.He6Ghz;
        }
        else if ((phy.HtChannel | phy.DsChannel) != 0)
        {
            facts.Channel = phy.HtChannel != 0 ? phy.HtChannel : phy.DsChannel;
            facts.Band = WirelessChannel.GuessBand(facts.Channel); // neither element is used in 6 GHz
            facts.Parts |= ElementParts.Channel;
        }
        else if (facts.Has(ElementParts.He6Ghz))
        {
            facts.Band = Band.Ghz6;
        }

        int width = phy.EhtWidth != 0 ? phy.EhtWidth
            : phy.HeWidth != 0 ? phy.HeWidth
            : phy.VhtWidth != 0 ? phy.VhtWidth
            : phy.HtWidth;
        if (width != 0)
        {
            facts.WidthMHz = (ushort)width;
            facts.Parts |= ElementParts.Width;
        }

        bool fromAccessPoint = subtype is FrameSubtype.Beacon or FrameSubtype.ProbeResponse or FrameSubtype.AssociationResponse or FrameSubtype.ReassociationResponse;
        facts.MaxRateKbps = CapabilityRates.Highest(frame, in phy, width, fromAccessPoint);
    }
}
