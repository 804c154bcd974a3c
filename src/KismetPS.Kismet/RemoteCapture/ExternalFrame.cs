using System.Buffers.Binary;

namespace KismetPS.Kismet.RemoteCapture;

/// <summary>
/// One frame: a header of twenty bytes, big-endian, and a MessagePack map whose keys are numbers of fields. Pings and pongs have no content at all.
/// </summary>
internal readonly ref struct ExternalFrame(ExternalCommand command, ushort code, uint sequence, ReadOnlySpan<byte> content)
{
    /// <summary>Length of the header.</summary>
    public const int HeaderLength = 20;

    /// <summary>A server takes frames that are shorter than its buffer of 16 KiB, header included (MAX_EXTERNAL_FRAME_LEN, compared with &gt;=).</summary>
    public const int MaxLength = 16383;

    /// <summary>The code of a report that says yes; zero says no.</summary>
    public const ushort Success = 1;

    internal const uint Signature = 0xDECAFBAD;
    internal const ushort Sentinel = 0xA9A9;
    internal const ushort Version = 3;

    /// <summary>What it is.</summary>
    public ExternalCommand Command { get; } = command;

    /// <summary>Of reports: zero is failure.</summary>
    public ushort Code { get; } = code;

    /// <summary>Number; a pong has that of its ping.</summary>
    public uint Sequence { get; } = sequence;

    /// <summary>MessagePack map, or nothing.</summary>
    public ReadOnlySpan<byte> Content { get; } = content;

    /// <summary>Writes a header.</summary>
    public static void WriteHeader(Span<byte> destination, ExternalCommand command, ushort code, uint sequence, int contentLength)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, Signature);
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], Sentinel);
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], Version);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], (uint)contentLength);
        BinaryPrimitives.WriteUInt16BigEndian(destination[12..], (ushort)command);
        BinaryPrimitives.WriteUInt16BigEndian(destination[14..], code);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], sequence);
    }
}
