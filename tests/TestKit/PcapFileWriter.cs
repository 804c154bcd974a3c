using System.Buffers.Binary;

namespace KismetPS.TestKit;

/// <summary>Writes a plain pcap file of packets from time 0 on, for tshark to read.</summary>
public static class PcapFileWriter
{
    /// <summary>Writes the packets under one link type, each so many microseconds after the one before.</summary>
    public static void Write(string path, int linkType, IEnumerable<byte[]> packets, int stepUs = 0)
    {
        using FileStream file = File.Create(path);
        Span<byte> header = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 262144);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], linkType);
        file.Write(header);
        Span<byte> record = stackalloc byte[16];
        record.Clear();
        long timeUs = 0;
        foreach (byte[] packet in packets)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)(timeUs / 1_000_000));
            BinaryPrimitives.WriteUInt32LittleEndian(record[4..], (uint)(timeUs % 1_000_000));
            BinaryPrimitives.WriteInt32LittleEndian(record[8..], packet.Length);
            BinaryPrimitives.WriteInt32LittleEndian(record[12..], packet.Length);
            file.Write(record);
            file.Write(packet);
            timeUs += stepUs;
        }
    }
}
