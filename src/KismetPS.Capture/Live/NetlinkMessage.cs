using System.Runtime.InteropServices;
using System.Text;

namespace KismetPS.Capture.Live;

/// <summary>
/// Builds and reads generic netlink messages (linux/netlink.h, linux/genetlink.h): header of 16 bytes, command of 4, attributes padded to 4.
/// Everything is in the machine's byte order.
/// </summary>
internal ref struct NetlinkMessage
{
    /// <summary>Type of answers that carry an error number, 0 for success.</summary>
    public const int Error = 2;

    private const ushort RequestAndAcknowledge = 1 | 4;
    private const int HeaderLength = 16;
    private const int CommandLength = 4;

    private readonly Span<byte> _buffer;
    private int _length;

    /// <summary>Begins a request.</summary>
    /// <param name="buffer">Where it is built.</param>
    /// <param name="family">Number of the family.</param>
    /// <param name="command">Command of the family.</param>
    /// <param name="version">Version of the family's protocol.</param>
    public NetlinkMessage(Span<byte> buffer, ushort family, byte command, byte version)
    {
        _buffer = buffer;
        _buffer[..(HeaderLength + CommandLength)].Clear();
        MemoryMarshal.Write(_buffer[4..], family);
        MemoryMarshal.Write(_buffer[6..], RequestAndAcknowledge);
        MemoryMarshal.Write(_buffer[8..], 1u);
        _buffer[16] = command;
        _buffer[17] = version;
        _length = HeaderLength + CommandLength;
    }

    /// <summary>The finished message.</summary>
    public readonly ReadOnlySpan<byte> Finish()
    {
        MemoryMarshal.Write(_buffer, (uint)_length);
        return _buffer[.._length];
    }

    /// <summary>Adds a number.</summary>
    public void Add(ushort attribute, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        MemoryMarshal.Write(bytes, value);
        Add(attribute, bytes);
    }

    /// <summary>Adds a text, ended by NUL.</summary>
    public void Add(ushort attribute, string text) => Add(attribute, [.. Encoding.UTF8.GetBytes(text), 0]);

    private void Add(ushort attribute, scoped ReadOnlySpan<byte> value)
    {
        MemoryMarshal.Write(_buffer[_length..], (ushort)(4 + value.Length));
        MemoryMarshal.Write(_buffer[(_length + 2)..], attribute);
        Span<byte> room = _buffer.Slice(_length + 4, (value.Length + 3) & ~3);
        room.Clear();
        value.CopyTo(room);
        _length += 4 + room.Length;
    }

    /// <summary>Takes the next message off what was received.</summary>
    /// <param name="received">Shortened by the message.</param>
    /// <param name="type">Its type.</param>
    /// <param name="body">What is behind its header.</param>
    public static bool TryRead(ref ReadOnlySpan<byte> received, out int type, out ReadOnlySpan<byte> body)
    {
        type = 0;
        body = default;
        if (received.Length < HeaderLength)
        {
            return false;
        }

        uint length = MemoryMarshal.Read<uint>(received);
        if (length < HeaderLength || length > received.Length)
        {
            return false;
        }

        type = MemoryMarshal.Read<ushort>(received[4..]);
        body = received[HeaderLength..(int)length];
        received = received[Math.Min(((int)length + 3) & ~3, received.Length)..];
        return true;
    }

    /// <summary>The error number of an answer of type <see cref="Error"/>: 0, or an errno above it.</summary>
    public static int ReadError(ReadOnlySpan<byte> body) => body.Length >= 4 ? -MemoryMarshal.Read<int>(body) : 0;

    /// <summary>Finds a 16-bit attribute of a family's answer.</summary>
    public static bool TryFindU16(ReadOnlySpan<byte> body, ushort attribute, out ushort value)
    {
        value = 0;
        for (int at = CommandLength; at + 4 <= body.Length;)
        {
            int length = MemoryMarshal.Read<ushort>(body[at..]);
            if (length < 4 || at + length > body.Length)
            {
                return false;
            }

            // The two top bits are flags.
            if ((MemoryMarshal.Read<ushort>(body[(at + 2)..]) & 0x3FFF) == attribute && length >= 6)
            {
                value = MemoryMarshal.Read<ushort>(body[(at + 4)..]);
                return true;
            }

            at += (length + 3) & ~3;
        }

        return false;
    }
}
