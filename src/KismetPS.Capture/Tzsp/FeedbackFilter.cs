using System.Buffers.Binary;

namespace KismetPS.Capture.Tzsp;

/// <summary>
/// Finds our own stream inside itself: a sniffer that also captures the interface it sends TZSP over wraps every message again, and the
/// traffic grows until something gives. Looks for UDP to our port at an address of ours, or from the very sensor that sent it (behind a
/// translating router our address is another one in there).
/// </summary>
internal sealed class FeedbackFilter
{
    private const byte Udp = 17;
    private const byte FragmentHeader = 44;

    private readonly HashSet<SensorAddress> _local;

    /// <summary>Makes one.</summary>
    /// <param name="port">The port listened on.</param>
    /// <param name="local">Addresses listened on.</param>
    public FeedbackFilter(int port, IEnumerable<SensorAddress> local)
    {
        Port = port;
        _local = [.. local];
    }

    /// <summary>The port listened on.</summary>
    public int Port { get; }

    /// <summary>Whether an Ethernet frame carries TZSP to us.</summary>
    public bool IsOwnStream(ReadOnlySpan<byte> ethernet, in SensorAddress sender)
    {
        int at = 12;
        int type = ReadU16(ethernet, at);

        // 802.1Q and 802.1ad tags: four bytes each in front of the type.
        while (type is 0x8100 or 0x88A8 && at < 20)
        {
            at += 4;
            type = ReadU16(ethernet, at);
        }

        at += 2;
        return type switch
        {
            0x0800 => IsOwnIPv4(ethernet[Math.Min(at, ethernet.Length)..], in sender),
            0x86DD => IsOwnIPv6(ethernet[Math.Min(at, ethernet.Length)..], in sender),
            _ => false,
        };
    }

    private bool IsOwnIPv4(ReadOnlySpan<byte> packet, in SensorAddress sender)
    {
        if (packet.Length < 20 || packet[0] >> 4 != 4 || packet[9] != Udp)
        {
            return false;
        }

        SensorAddress source = SensorAddress.FromIPv4(packet[12..], 0);
        SensorAddress destination = SensorAddress.FromIPv4(packet[16..], 0);
        bool later = (ReadU16(packet, 6) & 0x1FFF) != 0;
        return IsOwn(packet, (packet[0] & 0x0F) * 4, later, in source, in destination, in sender);
    }

    private bool IsOwnIPv6(ReadOnlySpan<byte> packet, in SensorAddress sender)
    {
        if (packet.Length < 40 || packet[0] >> 4 != 6)
        {
            return false;
        }

        SensorAddress source = SensorAddress.FromIPv6(packet[8..], 0, 0);
        SensorAddress destination = SensorAddress.FromIPv6(packet[24..], 0, 0);
        int next = packet[6];
        int at = 40;
        bool later = false;
        if (next == FragmentHeader && packet.Length >= 48)
        {
            next = packet[40];
            later = (ReadU16(packet, 42) & 0xFFF8) != 0;
            at = 48;
        }

        return next == Udp && IsOwn(packet, at, later, in source, in destination, in sender);
    }

    private bool IsOwn(ReadOnlySpan<byte> packet, int udp, bool laterFragment, in SensorAddress source, in SensorAddress destination, in SensorAddress sender)
    {
        bool toUs = _local.Contains(destination);
        bool fromSensor = source.Equals(new SensorAddress(sender.High, sender.Low, 0, 0));

        // Fragments behind the first have no port: taken as ours only where both ends fit.
        return laterFragment
            ? toUs && fromSensor
            : (toUs || fromSensor) && ReadU16(packet, udp + 2) == Port;
    }

    private static int ReadU16(ReadOnlySpan<byte> from, int at) =>
        at + 2 <= from.Length ? BinaryPrimitives.ReadUInt16BigEndian(from[at..]) : -1;
}
