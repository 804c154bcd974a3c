using System.Buffers.Binary;

namespace KismetPS.Bench.Corpora;

/// <summary>A corpus as files: for the C loops (bench/peers/corpus.h says how it lies there) and, as a capture of UDP datagrams, for tshark.</summary>
internal static class CorpusFiles
{
    private const int HeadersLength = 14 + 20 + 8;

    /// <summary>Writes it for the C loops and for the measuring processes.</summary>
    public static void Write(Corpus corpus, string path)
    {
        using BinaryWriter writer = new(File.Create(path));
        writer.Write(corpus.Count);
        for (int i = 0; i < corpus.Count; i++)
        {
            writer.Write((ushort)corpus[i].Length);
            writer.Write((ushort)corpus.CountPlace(i));
            writer.Write(corpus[i]);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Corpus Read(string path)
    {
        using BinaryReader reader = new(File.OpenRead(path));
        Corpus corpus = new() { Description = path };
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            int length = reader.ReadUInt16();
            reader.ReadUInt16();
            corpus.Add(reader.ReadBytes(length));
        }

        return corpus;
    }

    /// <summary>Writes it several times over as pcap: Ethernet, IPv4, UDP to TZSP's port.</summary>
    public static void WritePcap(Corpus corpus, string path, int rounds)
    {
        using BinaryWriter writer = new(File.Create(path));
        writer.Write(0xA1B2C3D4u);
        writer.Write((ushort)2);
        writer.Write((ushort)4);
        writer.Write(0L);
        writer.Write(65_535);
        writer.Write(1);
        byte[] headers = Headers();
        for (int n = 0; n < rounds * corpus.Count; n++)
        {
            ReadOnlySpan<byte> message = corpus[n % corpus.Count];
            BinaryPrimitives.WriteUInt16BigEndian(headers.AsSpan(16), (ushort)(20 + 8 + message.Length));
            BinaryPrimitives.WriteUInt16BigEndian(headers.AsSpan(38), (ushort)(8 + message.Length));
            writer.Write(1_700_000_000 + (n / 100_000));
            writer.Write(n % 100_000 * 10);
            writer.Write(HeadersLength + message.Length);
            writer.Write(HeadersLength + message.Length);
            writer.Write(headers);
            writer.Write(message);
        }
    }

    /// <summary>As <see cref="WritePcap"/>, as pcapng: one section, one interface.</summary>
    public static void WritePcapNg(Corpus corpus, string path, int rounds)
    {
        using BinaryWriter writer = new(new BufferedStream(File.Create(path), 1 << 20));
        writer.Write(0x0A0D0D0Au);
        writer.Write(28);
        writer.Write(0x1A2B3C4Du);
        writer.Write((ushort)1);
        writer.Write((ushort)0);
        writer.Write(-1L);
        writer.Write(28);
        writer.Write(1);
        writer.Write(20);
        writer.Write((ushort)1);
        writer.Write((ushort)0);
        writer.Write(65_535);
        writer.Write(20);
        byte[] headers = Headers();
        byte[] zeros = new byte[3];
        for (int n = 0; n < rounds * corpus.Count; n++)
        {
            ReadOnlySpan<byte> message = corpus[n % corpus.Count];
            BinaryPrimitives.WriteUInt16BigEndian(headers.AsSpan(16), (ushort)(20 + 8 + message.Length));
            BinaryPrimitives.WriteUInt16BigEndian(headers.AsSpan(38), (ushort)(8 + message.Length));
            int length = HeadersLength + message.Length;
            int padding = -length & 3;
            long time = 1_700_000_000_000_000 + (n * 10L);
            writer.Write(6);
            writer.Write(32 + length + padding);
            writer.Write(0);
            writer.Write((uint)(time >> 32));
            writer.Write((uint)time);
            writer.Write(length);
            writer.Write(length);
            writer.Write(headers);
            writer.Write(message);
            writer.Write(zeros.AsSpan(0, padding));
            writer.Write(32 + length + padding);
        }
    }

    // Checksums are left zero: tshark checks none by default, and UDP allows it.
    private static byte[] Headers() =>
    [
        2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0,
        0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2,
        0x9C, 0x40, 0x90, 0x90, 0, 0, 0, 0,
    ];
}
