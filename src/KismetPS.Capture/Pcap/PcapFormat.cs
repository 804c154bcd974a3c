using System.Buffers.Binary;
using KismetPS.Wireless;

namespace KismetPS.Capture.Pcap;

/// <summary>Lays out classic pcap: little-endian, version 2.4, nanoseconds.</summary>
internal static class PcapFormat
{
    public static void WriteFileHeader(CaptureOutput output, LinkType link)
    {
        Span<byte> header = output.Reserve(24);
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B23C4D);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], CaptureReader.MaxPacketBytes);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], (int)link);
    }

    public static void WritePacket(CaptureOutput output, long timestampNs, ReadOnlySpan<byte> header, ReadOnlySpan<byte> frame, int missing)
    {
        int kept = header.Length + frame.Length;
        Span<byte> record = output.Reserve(16 + kept);
        // The format's seconds have 32 bits without sign: 1970 to 2106.
        long ns = Math.Clamp(timestampNs, 0, (uint.MaxValue * 1_000_000_000L) + 999_999_999);
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)(ns / 1_000_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], (uint)(ns % 1_000_000_000));
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], kept);
        BinaryPrimitives.WriteUInt32LittleEndian(record[12..], (uint)kept + (uint)missing);
        header.CopyTo(record[16..]);
        frame.CopyTo(record[(16 + header.Length)..]);
    }
}
