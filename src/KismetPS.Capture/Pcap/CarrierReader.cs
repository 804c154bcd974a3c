using System.Buffers.Binary;
using KismetPS.Wireless;

namespace KismetPS.Capture.Pcap;

/// <summary>
/// Finds the UDP datagram to the TZSP port inside a packet of an IP-carrying link: Ethernet with VLAN tags, PPPoE or SNAP, Linux cooked
/// capture, raw IP; IPv4 and IPv6 with extension headers. Fragments are told apart, not put together.
/// </summary>
internal static class CarrierReader
{
    /// <summary>LINKTYPE_NULL: loopback of BSD and macOS, four bytes of address family in the order of the machine that captured.</summary>
    public const LinkType Null = (LinkType)0;

    /// <summary>LINKTYPE_LOOP: the same of OpenBSD, in network order.</summary>
    public const LinkType Loop = (LinkType)108;

    private const int MaxTags = 8;
    private const byte ProtocolUdp = 17;

    /// <summary>Looks into one packet.</summary>
    public static CarrierStatus TryRead(ReadOnlySpan<byte> packet, LinkType link, int port, out CarriedMessage carried)
    {
        carried = default;
        switch (link)
        {
            case LinkType.Ethernet:
                return packet.Length >= 14 ? FromEtherType(U16(packet[12..]), packet[14..], port, ref carried) : CarrierStatus.Other;
            case LinkType.LinuxSll:
                return packet.Length >= 16 ? FromEtherType(U16(packet[14..]), packet[16..], port, ref carried) : CarrierStatus.Other;
            case LinkType.LinuxSll2:
                return packet.Length >= 20 ? FromEtherType(U16(packet), packet[20..], port, ref carried) : CarrierStatus.Other;
            case LinkType.RawIP or LinkType.IPv4 or LinkType.IPv6:
                return FromIP(packet, port, ref carried);

            // The family's number differs from system to system; the packet itself says which IP it is.
            case Null or Loop:
                return packet.Length >= 4 ? FromIP(packet[4..], port, ref carried) : CarrierStatus.Other;
            default:
                return CarrierStatus.Other;
        }
    }

    private static CarrierStatus FromEtherType(int type, ReadOnlySpan<byte> rest, int port, ref CarriedMessage carried)
    {
        for (int i = 0; i < MaxTags; i++)
        {
            switch (type)
            {
                case 0x0800 or 0x86DD:
                    return FromIP(rest, port, ref carried);

                // 802.1Q, 802.1ad and the old Q-in-Q number: tag control, then the next type.
                case 0x8100 or 0x88A8 or 0x9100 when rest.Length >= 4:
                    type = U16(rest[2..]);
                    rest = rest[4..];
                    continue;

                // PPPoE session (RFC 2516): version and type, code, session, length, then the PPP protocol.
                case 0x8864 when rest.Length >= 8:
                    return U16(rest[6..]) is 0x0021 or 0x0057 ? FromIP(rest[8..], port, ref carried) : CarrierStatus.Other;

                // A length instead of a type: IEEE 802.3 with LLC and SNAP, the type follows the OUI.
                case < 0x0600 when rest.Length >= 8 && rest[0] == 0xAA && rest[1] == 0xAA && rest[2] == 3:
                    type = U16(rest[6..]);
                    rest = rest[8..];
                    continue;

                default:
                    return CarrierStatus.Other;
            }
        }

        return CarrierStatus.Other;
    }

    private static CarrierStatus FromIP(ReadOnlySpan<byte> ip, int port, ref CarriedMessage carried) =>
        ip.IsEmpty ? CarrierStatus.Other
        : (ip[0] >> 4) switch
        {
            4 => FromIPv4(ip, port, ref carried),
            6 => FromIPv6(ip, port, ref carried),
            _ => CarrierStatus.Other,
        };

    private static CarrierStatus FromIPv4(ReadOnlySpan<byte> ip, int port, ref CarriedMessage carried)
    {
        int header = (ip[0] & 0xF) * 4;
        if (header < 20 || ip.Length < header || ip[9] != ProtocolUdp)
        {
            return CarrierStatus.Other;
        }

        carried.SourceAddress = ip.Slice(12, 4);
        carried.DestinationAddress = ip.Slice(16, 4);
        int fragment = U16(ip[6..]);
        int total = U16(ip[2..]);
        // Zero: captured before the card's segmentation offload wrote it. Shorter than what is there: Ethernet padding behind.
        ReadOnlySpan<byte> payload = total > header && total < ip.Length ? ip[header..total] : ip[header..];
        return FromUdp(payload, (fragment & 0x1FFF) != 0, (fragment & 0x2000) != 0, port, ref carried);
    }

    private static CarrierStatus FromIPv6(ReadOnlySpan<byte> ip, int port, ref CarriedMessage carried)
    {
        const int Header = 40;
        if (ip.Length < Header)
        {
            return CarrierStatus.Other;
        }

        carried.SourceAddress = ip.Slice(8, 16);
        carried.DestinationAddress = ip.Slice(24, 16);
        int length = U16(ip[4..]);
        ReadOnlySpan<byte> rest = length > 0 && Header + length < ip.Length ? ip.Slice(Header, length) : ip[Header..];
        int next = ip[6];
        bool later = false;
        bool more = false;
        for (int i = 0; i < MaxTags; i++)
        {
            if (next == ProtocolUdp)
            {
                return FromUdp(rest, later, more, port, ref carried);
            }

            // What follows the fragment header of a later piece is not a header.
            if (later || rest.Length < 8)
            {
                return CarrierStatus.Other;
            }

            int size;
            switch (next)
            {
                // Hop-by-hop, routing and destination options (RFC 8200 clause 4): length in 8-byte units after the first.
                case 0 or 43 or 60:
                    size = (rest[1] + 1) * 8;
                    break;
                case 44:
                    int field = U16(rest[2..]);
                    later = (field & 0xFFF8) != 0;
                    more = (field & 1) != 0;
                    size = 8;
                    break;

                // Authentication header (RFC 4302): length in 4-byte units less two.
                case 51:
                    size = (rest[1] + 2) * 4;
                    break;
                default:
                    return CarrierStatus.Other;
            }

            if (rest.Length < size)
            {
                return CarrierStatus.Other;
            }

            next = rest[0];
            rest = rest[size..];
        }

        return CarrierStatus.Other;
    }

    private static CarrierStatus FromUdp(ReadOnlySpan<byte> udp, bool laterFragment, bool moreFragments, int port, ref CarriedMessage carried)
    {
        const int Header = 8;
        if (laterFragment)
        {
            // Without its first piece nobody can tell the port.
            return CarrierStatus.Fragment;
        }

        if (udp.Length < Header || U16(udp[2..]) != port)
        {
            return CarrierStatus.Other;
        }

        if (moreFragments)
        {
            return CarrierStatus.Fragment;
        }

        carried.SourcePort = (ushort)U16(udp);
        int length = U16(udp[4..]);
        if (length < Header)
        {
            // Zero where it is too long to say (RFC 2675); anything below the header's size says nothing.
            length = udp.Length;
        }

        carried.Message = udp[Header..Math.Min(length, udp.Length)];
        carried.Missing = Math.Max(length - udp.Length, 0);
        return CarrierStatus.Message;
    }

    private static int U16(ReadOnlySpan<byte> at) => BinaryPrimitives.ReadUInt16BigEndian(at);
}
