using System.Buffers.Binary;

namespace KismetPS.TestKit;

/// <summary>One direction of a TCP connection over Ethernet and IPv4, put together from a capture.</summary>
/// <param name="SourcePort">Port of the sender.</param>
/// <param name="DestinationPort">Port of the receiver.</param>
/// <param name="Bytes">What was sent, in order, once.</param>
public sealed record TcpStream(int SourcePort, int DestinationPort, byte[] Bytes)
{
    /// <summary>All directions that carried something, in order of their first byte. A gap ends a direction.</summary>
    public static IReadOnlyList<TcpStream> ReadAll(IReadOnlyList<CapturedPacket> packets)
    {
        Dictionary<(int Source, int Destination), SortedList<uint, byte[]>> segments = [];
        Dictionary<(int Source, int Destination), uint> starts = [];
        foreach (CapturedPacket packet in packets)
        {
            ReadOnlySpan<byte> bytes = packet.Bytes;
            if (packet.LinkType != 1 || bytes.Length < 54 || BinaryPrimitives.ReadUInt16BigEndian(bytes[12..]) != 0x0800 || bytes[23] != 6)
            {
                continue;
            }

            int ip = (bytes[14] & 15) * 4;
            int total = BinaryPrimitives.ReadUInt16BigEndian(bytes[16..]);
            ReadOnlySpan<byte> tcp = bytes.Slice(14 + ip, total - ip);
            (int, int) key = (BinaryPrimitives.ReadUInt16BigEndian(tcp), BinaryPrimitives.ReadUInt16BigEndian(tcp[2..]));
            uint sequence = BinaryPrimitives.ReadUInt32BigEndian(tcp[4..]);
            bool syn = (tcp[13] & 2) != 0;
            starts.TryAdd(key, syn ? sequence + 1 : sequence);
            ReadOnlySpan<byte> payload = tcp[((tcp[12] >> 4) * 4)..];
            if (!payload.IsEmpty)
            {
                // Sequence numbers from the start of the direction, so that they sort across the wrap.
                segments.TryAdd(key, []);
                uint offset = sequence - starts[key];
                if (!segments[key].TryGetValue(offset, out byte[]? had) || had.Length < payload.Length)
                {
                    segments[key][offset] = payload.ToArray();
                }
            }
        }

        List<TcpStream> streams = [];
        foreach (((int source, int destination), SortedList<uint, byte[]> parts) in segments)
        {
            List<byte> whole = [];
            foreach ((uint offset, byte[] part) in parts)
            {
                if (offset > whole.Count)
                {
                    break;
                }

                int known = whole.Count - (int)offset;
                if (known < part.Length)
                {
                    whole.AddRange(part.AsSpan(known).ToArray());
                }
            }

            streams.Add(new TcpStream(source, destination, [.. whole]));
        }

        return streams;
    }
}
