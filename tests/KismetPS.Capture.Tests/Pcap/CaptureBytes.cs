using System.Buffers.Binary;
using System.Text;

namespace KismetPS.Capture.Tests.Pcap;

/// <summary>Writes capture files field by field as the format documents say, in either byte order. Knows nothing of the readers.</summary>
internal sealed class CaptureBytes(bool bigEndian)
{
    private readonly MemoryStream _out = new();

    /// <summary>Offsets behind each record written so far.</summary>
    public List<long> Ends { get; } = [];

    /// <summary>Offsets behind each packet written so far.</summary>
    public List<long> PacketEnds { get; } = [];

    public long Length => _out.Length;

    public byte[] ToArray() => _out.ToArray();

    public CaptureBytes PcapHeader(uint magic, uint linkType, ushort major = 2, ushort minor = 4, uint snap = 65535)
    {
        U32(magic).U16(major).U16(minor).U32(0).U32(0).U32(snap).U32(linkType);
        return End(false);
    }

    public CaptureBytes PcapRecord(uint seconds, uint fraction, byte[] data, uint? original = null, uint? kept = null, bool kuznetzov = false, bool swapped = false)
    {
        uint k = kept ?? (uint)data.Length;
        uint o = original ?? (uint)data.Length;
        U32(seconds).U32(fraction).U32(swapped ? o : k).U32(swapped ? k : o);
        if (kuznetzov)
        {
            U32(7).U16(0x0800);
            Raw([1, 0]);
        }

        Raw(data);
        return End(true);
    }

    public CaptureBytes Section(ushort major = 1) => Block(0x0A0D0D0A, b => b.U32(0x1A2B3C4D).U16(major).U16(0).U32(uint.MaxValue).U32(uint.MaxValue));

    public CaptureBytes Interface(ushort linkType, uint snap = 0, params (ushort Code, byte[] Value)[] options) =>
        Block(1, b => b.U16(linkType).U16(0).U32(snap).Options(options));

    public CaptureBytes Enhanced(uint number, ulong ticks, byte[] data, uint? original = null, uint? kept = null, params (ushort Code, byte[] Value)[] options) =>
        Block(6, b => b.U32(number).U32((uint)(ticks >> 32)).U32((uint)ticks).U32(kept ?? (uint)data.Length).U32(original ?? (uint)data.Length).Padded(data).Options(options), true);

    public CaptureBytes Simple(byte[] data, uint? original = null) => Block(3, b => b.U32(original ?? (uint)data.Length).Padded(data), true);

    public CaptureBytes Obsolete(ushort number, ulong ticks, byte[] data) =>
        Block(2, b => b.U16(number).U16(3).U32((uint)(ticks >> 32)).U32((uint)ticks).U32((uint)data.Length).U32((uint)data.Length).Padded(data), true);

    public CaptureBytes Unknown(uint type, int bodyBytes) => Block(type, b => b.Raw(new byte[bodyBytes]));

    public CaptureBytes Block(uint type, Action<CaptureBytes> body, bool packet = false, uint? trailer = null, uint? length = null)
    {
        var inner = new CaptureBytes(bigEndian);
        body(inner);
        byte[] bytes = inner.ToArray();
        uint total = length ?? (uint)bytes.Length + 12;
        U32(type).U32(total).Raw(bytes).U32(trailer ?? total);
        return End(packet);
    }

    public static (ushort Code, byte[] Value) Text(ushort code, string text) => (code, Encoding.UTF8.GetBytes(text));

    public CaptureBytes Options(IEnumerable<(ushort Code, byte[] Value)> options)
    {
        foreach ((ushort code, byte[] value) in options)
        {
            U16(code).U16((ushort)value.Length).Padded(value);
        }

        return this;
    }

    public byte[] Int64(long value)
    {
        byte[] bytes = new byte[8];
        if (bigEndian)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        }

        return bytes;
    }

    public CaptureBytes U16(ushort value) => Raw(bigEndian ? [(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)]);

    public CaptureBytes U32(uint value) => bigEndian ? U16((ushort)(value >> 16)).U16((ushort)value) : U16((ushort)value).U16((ushort)(value >> 16));

    public CaptureBytes Raw(byte[] bytes)
    {
        _out.Write(bytes);
        return this;
    }

    public CaptureBytes Padded(byte[] bytes) => Raw(bytes).Raw(new byte[-bytes.Length & 3]);

    private CaptureBytes End(bool packet)
    {
        Ends.Add(_out.Length);
        if (packet)
        {
            PacketEnds.Add(_out.Length);
        }

        return this;
    }
}
