using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using KismetPS.Wireless;

namespace KismetPS.Capture.Pcap;

/// <summary>Lays out pcapng blocks (draft-ietf-opsawg-pcapng): little-endian, nanoseconds, section length left open.</summary>
internal static class PcapNgFormat
{
    /// <summary>Bytes a packet takes besides its own and padding.</summary>
    public const int PacketOverhead = 32;

    private const int MaxTextBytes = 256;

    private static readonly string Application =
        "KismetPS " + (typeof(PcapNgFormat).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0");

    public static void WriteSection(CaptureOutput output)
    {
        byte[] hardware = Text(RuntimeInformation.ProcessArchitecture.ToString());
        byte[] system = Text(RuntimeInformation.OSDescription);
        byte[] application = Text(Application);
        int total = 28 + Option(hardware) + Option(system) + Option(application) + 4;
        Span<byte> block = Begin(output, 0x0A0D0D0A, total);
        BinaryPrimitives.WriteUInt32LittleEndian(block[8..], 0x1A2B3C4D);
        BinaryPrimitives.WriteUInt16LittleEndian(block[12..], 1);
        BinaryPrimitives.WriteInt64LittleEndian(block[16..], -1);
        Span<byte> at = block[24..];
        Put(ref at, 2, hardware);
        Put(ref at, 3, system);
        Put(ref at, 4, application);
    }

    public static void WriteInterface(CaptureOutput output, FrameOrigin origin, LinkType link)
    {
        byte[] name = Text(origin.Id);
        byte[] description = Text(origin.Name ?? string.Empty);
        byte[] comment = Text(Comment(origin));
        Span<byte> mac = stackalloc byte[MacAddress.Size];
        if (MacAddress.TryParse(origin.Serial, null, out MacAddress parsed) || MacAddress.TryParse(origin.Id, null, out parsed))
        {
            parsed.Write(mac);
        }
        else
        {
            mac = default;
        }

        int total = 16 + Option(comment) + Option(name) + Option(description) + Option(mac) + 8 + 4 + 4;
        Span<byte> block = Begin(output, 1, total);
        BinaryPrimitives.WriteUInt16LittleEndian(block[8..], (ushort)link);
        BinaryPrimitives.WriteInt32LittleEndian(block[12..], CaptureReader.MaxPacketBytes);
        Span<byte> at = block[16..];
        Put(ref at, 1, comment);
        Put(ref at, 2, name);
        Put(ref at, 3, description);
        Put(ref at, 6, mac);
        Put(ref at, 9, [9]);
    }

    public static void WritePacket(CaptureOutput output, int number, long timestampNs, ReadOnlySpan<byte> header, ReadOnlySpan<byte> frame, int missing)
    {
        int kept = header.Length + frame.Length;
        Span<byte> block = Begin(output, 6, PacketOverhead + Padded(kept));
        ulong time = (ulong)Math.Max(timestampNs, 0);
        BinaryPrimitives.WriteInt32LittleEndian(block[8..], number);
        BinaryPrimitives.WriteUInt32LittleEndian(block[12..], (uint)(time >> 32));
        BinaryPrimitives.WriteUInt32LittleEndian(block[16..], (uint)time);
        BinaryPrimitives.WriteInt32LittleEndian(block[20..], kept);
        BinaryPrimitives.WriteUInt32LittleEndian(block[24..], (uint)kept + (uint)missing);
        header.CopyTo(block[28..]);
        frame.CopyTo(block[(28 + header.Length)..]);
        block[(28 + kept)..^4].Clear();
    }

    private static Span<byte> Begin(CaptureOutput output, uint type, int total)
    {
        Span<byte> block = output.Reserve(total);
        if (type != 6)
        {
            block.Clear();
        }

        BinaryPrimitives.WriteUInt32LittleEndian(block, type);
        BinaryPrimitives.WriteInt32LittleEndian(block[4..], total);
        BinaryPrimitives.WriteInt32LittleEndian(block[^4..], total);
        return block;
    }

    // pcapng knows no place of an interface: what there is besides name and MAC goes into its comment.
    private static string Comment(FrameOrigin origin)
    {
        string location = origin.Location is { Length: > 0 } l ? "location: " + l : string.Empty;
        string address = origin.Address is { Length: > 0 } a ? "address: " + a : string.Empty;
        return location + (location.Length > 0 && address.Length > 0 ? "; " : string.Empty) + address;
    }

    private static byte[] Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length <= MaxTextBytes)
        {
            return bytes;
        }

        // Not inside a character: continuation bytes are 10xxxxxx.
        int end = MaxTextBytes;
        while (end > 0 && (bytes[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return bytes[..end];
    }

    private static int Option(ReadOnlySpan<byte> value) => value.IsEmpty ? 0 : 4 + Padded(value.Length);

    private static void Put(ref Span<byte> at, int code, scoped ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)code);
        BinaryPrimitives.WriteUInt16LittleEndian(at[2..], (ushort)value.Length);
        value.CopyTo(at[4..]);
        at = at[(4 + Padded(value.Length))..];
    }

    private static int Padded(int length) => (length + 3) & ~3;
}
