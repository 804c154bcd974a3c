using System.Buffers.Binary;
using KismetPS.Capture.Pcap;
using KismetPS.Wireless;
using Xunit;

namespace KismetPS.Capture.Tests.Pcap;

public class CarrierReaderTests
{
    private const int Port = 37008;

    private static readonly byte[] Message = [1, 0, 0, 18, 1, 0x80, 0, 0, 0];
    private static readonly byte[] Source4 = [192, 0, 2, 7];
    private static readonly byte[] Source6 = [0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9];

    public static TheoryData<string> Found => [.. Table.Where(static r => r.Value.Status == CarrierStatus.Message).Select(static r => r.Key)];

    public static TheoryData<string> NotFound => [.. Table.Where(static r => r.Value.Status != CarrierStatus.Message).Select(static r => r.Key)];

    private static Dictionary<string, (LinkType Link, byte[] Packet, CarrierStatus Status)> Table { get; } = new()
    {
        ["Ethernet, IPv4"] = (LinkType.Ethernet, Ethernet(0x0800, IPv4(Udp())), CarrierStatus.Message),
        ["Ethernet, IPv6"] = (LinkType.Ethernet, Ethernet(0x86DD, IPv6(17, Udp())), CarrierStatus.Message),
        ["Ethernet, padded to 60"] = (LinkType.Ethernet, [.. Ethernet(0x0800, IPv4(Udp())), .. new byte[9]], CarrierStatus.Message),
        ["IPv6, padded"] = (LinkType.Ethernet, [.. Ethernet(0x86DD, IPv6(17, Udp())), .. new byte[9]], CarrierStatus.Message),
        ["802.1Q"] = (LinkType.Ethernet, Ethernet(0x8100, [0, 5, 8, 0, .. IPv4(Udp())]), CarrierStatus.Message),
        ["802.1ad with 802.1Q"] = (LinkType.Ethernet, Ethernet(0x88A8, [0, 5, 0x81, 0, 0, 6, 0x86, 0xDD, .. IPv6(17, Udp())]), CarrierStatus.Message),
        ["old Q-in-Q"] = (LinkType.Ethernet, Ethernet(0x9100, [0, 5, 8, 0, .. IPv4(Udp())]), CarrierStatus.Message),
        ["PPPoE"] = (LinkType.Ethernet, Ethernet(0x8864, [0x11, 0, 0, 1, 0, 50, 0, 0x21, .. IPv4(Udp())]), CarrierStatus.Message),
        ["SNAP"] = (LinkType.Ethernet, Ethernet(60, [0xAA, 0xAA, 3, 0, 0, 0, 8, 0, .. IPv4(Udp())]), CarrierStatus.Message),
        ["SLL"] = (LinkType.LinuxSll, [0, 0, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 8, 0, .. IPv4(Udp())], CarrierStatus.Message),
        ["SLL2"] = (LinkType.LinuxSll2, [0x86, 0xDD, 0, 0, 0, 0, 0, 2, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, .. IPv6(17, Udp())], CarrierStatus.Message),
        ["raw IPv4"] = (LinkType.RawIP, IPv4(Udp()), CarrierStatus.Message),
        ["raw IPv6"] = (LinkType.RawIP, IPv6(17, Udp()), CarrierStatus.Message),
        ["IPv4 link type"] = (LinkType.IPv4, IPv4(Udp()), CarrierStatus.Message),
        ["IPv6 link type"] = (LinkType.IPv6, IPv6(17, Udp()), CarrierStatus.Message),
        ["loopback of macOS"] = (CarrierReader.Null, [30, 0, 0, 0, .. IPv6(17, Udp())], CarrierStatus.Message),
        ["loopback of OpenBSD"] = (CarrierReader.Loop, [0, 0, 0, 2, .. IPv4(Udp())], CarrierStatus.Message),
        ["IPv4 options"] = (LinkType.RawIP, IPv4(Udp(), headerWords: 8), CarrierStatus.Message),
        ["IPv4 length 0 (offload)"] = (LinkType.RawIP, IPv4(Udp(), total: 0), CarrierStatus.Message),
        ["IPv4 don't fragment"] = (LinkType.RawIP, IPv4(Udp(), fragment: 0x4000), CarrierStatus.Message),
        ["IPv6 length 0"] = (LinkType.RawIP, IPv6(17, Udp(), length: 0), CarrierStatus.Message),
        ["IPv6 hop-by-hop, options, routing"] = (LinkType.RawIP, IPv6(0, [60, 0, .. new byte[6], 43, 1, .. new byte[14], 17, 0, .. new byte[6], .. Udp()]), CarrierStatus.Message),
        ["IPv6 authentication header"] = (LinkType.RawIP, IPv6(51, [17, 4, .. new byte[22], .. Udp()]), CarrierStatus.Message),
        ["IPv6 atomic fragment"] = (LinkType.RawIP, IPv6(44, [17, 0, 0, 0, 0, 0, 0, 1, .. Udp()]), CarrierStatus.Message),
        ["UDP length 0"] = (LinkType.RawIP, IPv4(Udp(length: 0)), CarrierStatus.Message),

        ["first IPv4 fragment"] = (LinkType.RawIP, IPv4(Udp(), fragment: 0x2000), CarrierStatus.Fragment),
        ["later IPv4 fragment"] = (LinkType.RawIP, IPv4(new byte[40], fragment: 0x2010), CarrierStatus.Fragment),
        ["last IPv4 fragment"] = (LinkType.RawIP, IPv4(new byte[3], fragment: 0x0010), CarrierStatus.Fragment),
        ["first IPv6 fragment"] = (LinkType.RawIP, IPv6(44, [17, 0, 0, 1, 0, 0, 0, 1, .. Udp()]), CarrierStatus.Fragment),
        ["later IPv6 fragment"] = (LinkType.RawIP, IPv6(44, [17, 0, 0, 0x11, 0, 0, 0, 1, .. new byte[9]]), CarrierStatus.Fragment),

        ["first fragment of another port"] = (LinkType.RawIP, IPv4(Udp(port: 53), fragment: 0x2000), CarrierStatus.Other),
        ["another port"] = (LinkType.RawIP, IPv4(Udp(port: 37009)), CarrierStatus.Other),
        ["from the port, to another"] = (LinkType.RawIP, IPv4([0x90, 0x90, 0, 53, 0, 8, 0, 0]), CarrierStatus.Other),
        ["TCP"] = (LinkType.RawIP, IPv4(Udp(), protocol: 6), CarrierStatus.Other),
        ["TCP over IPv6"] = (LinkType.RawIP, IPv6(6, Udp()), CarrierStatus.Other),
        ["ARP"] = (LinkType.Ethernet, Ethernet(0x0806, new byte[28]), CarrierStatus.Other),
        ["LLC without SNAP"] = (LinkType.Ethernet, Ethernet(38, new byte[38]), CarrierStatus.Other),
        ["LCP in PPPoE"] = (LinkType.Ethernet, Ethernet(0x8864, [0x11, 0, 0, 1, 0, 50, 0xC0, 0x21, .. IPv4(Udp())]), CarrierStatus.Other),
        ["tags without end"] = (LinkType.Ethernet, Ethernet(0x8100, [.. Enumerable.Repeat<byte[]>([0, 1, 0x81, 0], 50).SelectMany(static b => b)]), CarrierStatus.Other),
        ["extension headers without end"] = (LinkType.RawIP, IPv6(0, [.. Enumerable.Repeat<byte[]>([0, 0, 0, 0, 0, 0, 0, 0], 50).SelectMany(static b => b)]), CarrierStatus.Other),
        ["extension header past the end"] = (LinkType.RawIP, IPv6(0, [17, 255, .. new byte[30]]), CarrierStatus.Other),
        ["IPv4 header length below 5"] = (LinkType.RawIP, IPv4(Udp(), headerWords: 5, claimedWords: 4), CarrierStatus.Other),
        ["IPv4 header past the end"] = (LinkType.RawIP, IPv4([], headerWords: 5, claimedWords: 15), CarrierStatus.Other),
        ["IP version 5"] = (LinkType.RawIP, [0x55, .. IPv4(Udp())[1..]], CarrierStatus.Other),
        ["nothing"] = (LinkType.Ethernet, [], CarrierStatus.Other),
        ["loopback, nothing"] = (CarrierReader.Null, [2, 0, 0], CarrierStatus.Other),
        ["raw, nothing"] = (LinkType.RawIP, [], CarrierStatus.Other),
        ["another link type"] = (LinkType.Radiotap, IPv4(Udp()), CarrierStatus.Other),
    };

    [Theory]
    [MemberData(nameof(Found))]
    public void Finds_the_message_and_its_sender(string name)
    {
        (LinkType link, byte[] packet, _) = Table[name];
        Assert.Equal(CarrierStatus.Message, CarrierReader.TryRead(packet, link, Port, out CarriedMessage carried));
        Assert.Equal(Message, carried.Message.ToArray());
        Assert.Equal(0, carried.Missing);
        Assert.Equal(40_000, carried.SourcePort);
        byte[] source = carried.SourceAddress.ToArray();
        Assert.Equal(source.Length == 4 ? Source4 : Source6, source);
    }

    [Theory]
    [MemberData(nameof(NotFound))]
    public void Tells_fragments_and_everything_else_apart(string name)
    {
        (LinkType link, byte[] packet, CarrierStatus status) = Table[name];
        Assert.Equal(status, CarrierReader.TryRead(packet, link, Port, out _));
    }

    [Theory]
    [MemberData(nameof(Found))]
    public void Cut_anywhere_it_says_what_is_missing_or_that_it_is_something_else(string name)
    {
        (LinkType link, byte[] packet, _) = Table[name];
        bool lengthUntold = name.Contains("length 0", StringComparison.Ordinal);
        bool padded = name.Contains("padded", StringComparison.Ordinal);
        for (int cut = 0; cut < packet.Length; cut++)
        {
            if (CarrierReader.TryRead(packet.AsSpan(0, cut), link, Port, out CarriedMessage carried) == CarrierStatus.Message)
            {
                Assert.True(Message.AsSpan().StartsWith(carried.Message));
                Assert.Equal(lengthUntold && name.StartsWith("UDP", StringComparison.Ordinal) ? 0 : Message.Length - carried.Message.Length, carried.Missing);
                Assert.InRange(carried.Message.Length, 0, padded ? Message.Length : Message.Length - 1);
            }
        }
    }

    [Fact]
    public void Random_bytes_are_survived()
    {
        var random = new Random(11);
        LinkType[] links = [LinkType.Ethernet, LinkType.LinuxSll, LinkType.LinuxSll2, LinkType.RawIP];
        byte[][] samples = [.. Table.Values.Select(static v => v.Packet).Where(static p => p.Length > 0)];
        for (int i = 0; i < 100_000; i++)
        {
            byte[] bytes = (byte[])samples[i % samples.Length].Clone();
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            if (CarrierReader.TryRead(bytes, links[random.Next(links.Length)], Port, out CarriedMessage carried) == CarrierStatus.Message)
            {
                Assert.InRange(carried.Message.Length, 0, bytes.Length - 28);
                Assert.True(carried.Missing >= 0);
            }
        }
    }

    internal static byte[] Udp(int port = Port, int length = -1, byte[]? message = null)
    {
        message ??= Message;
        byte[] udp = [0x9C, 0x40, 0, 0, 0, 0, 0, 0, .. message];
        BinaryPrimitives.WriteUInt16BigEndian(udp.AsSpan(2), (ushort)port);
        BinaryPrimitives.WriteUInt16BigEndian(udp.AsSpan(4), (ushort)(length >= 0 ? length : udp.Length));
        return udp;
    }

    internal static byte[] IPv4(byte[] payload, int headerWords = 5, int claimedWords = -1, int total = -1, int fragment = 0, byte protocol = 17)
    {
        byte[] ip = [.. new byte[headerWords * 4], .. payload];
        ip[0] = (byte)(0x40 | (claimedWords >= 0 ? claimedWords : headerWords));
        BinaryPrimitives.WriteUInt16BigEndian(ip.AsSpan(2), (ushort)(total >= 0 ? total : ip.Length));
        BinaryPrimitives.WriteUInt16BigEndian(ip.AsSpan(6), (ushort)fragment);
        ip[8] = 64;
        ip[9] = protocol;
        Source4.CopyTo(ip, 12);
        return ip;
    }

    internal static byte[] IPv6(byte next, byte[] payload, int length = -1)
    {
        byte[] ip = [.. new byte[40], .. payload];
        ip[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(ip.AsSpan(4), (ushort)(length >= 0 ? length : payload.Length));
        ip[6] = next;
        Source6.CopyTo(ip, 8);
        return ip;
    }

    internal static byte[] Ethernet(ushort type, byte[] payload) => [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, (byte)(type >> 8), (byte)type, .. payload];
}
