using System.Buffers.Binary;
using System.IO.Compression;

namespace KismetPS.TestKit;

/// <summary>
/// Reads pcap and pcapng files, gzipped or not, whole. Written apart from the product's reader and plainer, so that it can be its oracle.
/// Stops at the first record that does not fit, as tshark does.
/// </summary>
public static class PcapFileReader
{
    private const uint SectionHeader = 0x0A0D0D0A;

    /// <summary>Reads all packets of a file.</summary>
    public static IReadOnlyList<CapturedPacket> ReadAll(string path) => ReadAll(File.ReadAllBytes(path));

    /// <summary>Reads all packets of a file's bytes.</summary>
    public static IReadOnlyList<CapturedPacket> ReadAll(byte[] file)
    {
        if (file is [0x1F, 0x8B, ..])
        {
            using MemoryStream plain = new();
            using GZipStream zip = new(new MemoryStream(file), CompressionMode.Decompress);
            zip.CopyTo(plain);
            file = plain.ToArray();
        }

        List<CapturedPacket> packets = [];
        if (file.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(file) == SectionHeader)
        {
            ReadPcapNg(file, packets);
        }
        else if (file.Length >= 24)
        {
            ReadPcap(file, packets);
        }

        return packets;
    }

    private static void ReadPcap(byte[] file, List<CapturedPacket> packets)
    {
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(file);
        bool little = magic is 0xA1B2C3D4 or 0xA1B23C4D;
        bool nano = magic is 0xA1B23C4D or 0x4D3CB2A1;
        if (!little && magic is not (0xD4C3B2A1 or 0x4D3CB2A1))
        {
            throw new InvalidDataException("No pcap file.");
        }

        // The upper bits of the link type tell of an FCS; the type is the low half.
        int link = (int)(U32(file, 20, little) & 0xFFFF);
        for (int at = 24; at + 16 <= file.Length;)
        {
            long seconds = U32(file, at, little);
            long fraction = U32(file, at + 4, little);
            uint captured = U32(file, at + 8, little);
            int original = (int)U32(file, at + 12, little);
            at += 16;
            if (captured > file.Length - at)
            {
                return;
            }

            Add(packets, link, (seconds * 1_000_000_000) + (nano ? fraction : fraction * 1000), file.AsSpan(at, (int)captured), original);
            at += (int)captured;
        }
    }

    private static void ReadPcapNg(byte[] file, List<CapturedPacket> packets)
    {
        bool little = true;
        List<(int Link, ulong TicksPerSecond)> interfaces = [];
        for (int at = 0; at + 12 <= file.Length;)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at)) == SectionHeader)
            {
                little = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)) == 0x1A2B3C4D;
                interfaces.Clear();
            }

            uint type = U32(file, at, little);
            uint length = U32(file, at + 4, little);
            if (length < 12 || length > file.Length - at)
            {
                return;
            }

            ReadOnlySpan<byte> body = file.AsSpan(at + 8, (int)length - 12);
            switch (type)
            {
                case 1:
                    interfaces.Add((U16(body, 0, little), Resolution(body[8..], little)));
                    break;

                case 6:
                    (int link, ulong ticks) = interfaces[(int)U32(body, 0, little)];
                    ulong time = ((ulong)U32(body, 4, little) << 32) | U32(body, 8, little);
                    UInt128 ns = (UInt128)time * 1_000_000_000 / ticks;
                    Add(packets, link, (long)ns, body.Slice(20, (int)U32(body, 12, little)), (int)U32(body, 16, little));
                    break;

                case 3:
                    int original = (int)U32(body, 0, little);
                    Add(packets, interfaces[0].Link, 0, body.Slice(4, Math.Min(original, body.Length - 4)), original);
                    break;
            }

            at += (int)length;
        }
    }

    /// <summary>Ticks per second from option if_tsresol (9), 10^6 by default.</summary>
    private static ulong Resolution(ReadOnlySpan<byte> options, bool little)
    {
        while (options.Length >= 4)
        {
            int code = U16(options, 0, little);
            int length = U16(options, 2, little);
            if (code == 0)
            {
                break;
            }

            if (code == 9)
            {
                byte value = options[4];
                return (value & 0x80) != 0 ? 1UL << (value & 0x7F) : (ulong)Math.Pow(10, value);
            }

            options = options[(4 + ((length + 3) & ~3))..];
        }

        return 1_000_000;
    }

    private static void Add(List<CapturedPacket> packets, int link, long timestampNs, ReadOnlySpan<byte> bytes, int original) =>
        packets.Add(new CapturedPacket(packets.Count + 1, link, timestampNs, bytes.ToArray(), original));

    private static uint U32(ReadOnlySpan<byte> from, int at, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(from[at..]) : BinaryPrimitives.ReadUInt32BigEndian(from[at..]);

    private static ushort U16(ReadOnlySpan<byte> from, int at, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(from[at..]) : BinaryPrimitives.ReadUInt16BigEndian(from[at..]);
}
