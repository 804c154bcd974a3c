using System.Buffers.Binary;

namespace KismetPS.TestKit.Frames;

/// <summary>The radiotap fields a built packet carries; a null is left out of the header.</summary>
public sealed record RadiotapFields
{
    public ulong? Tsft { get; init; }

    /// <summary>Flags byte; 0x10 FCS at end, 0x20 data pad and 0x40 bad FCS are what decoding looks at. Written by itself as 0 unless set.</summary>
    public byte? Flags { get; init; }

    /// <summary>Legacy rate in units of 500 kbit/s.</summary>
    public byte? Rate { get; init; }

    public ushort? FrequencyMHz { get; init; }

    public sbyte? SignalDbm { get; init; }

    public sbyte? NoiseDbm { get; init; }

    public byte? Antenna { get; init; }

    /// <summary>The header's bytes: fields in bit order, each aligned to its own size.</summary>
    public byte[] ToArray()
    {
        var bytes = new List<byte>(new byte[8]);
        uint present = 0;

        if (Tsft is ulong tsft)
        {
            present |= 1 << 0;
            Span<byte> value = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(value, tsft);
            bytes.AddRange(value);
        }

        if (Flags is byte flags)
        {
            present |= 1 << 1;
            bytes.Add(flags);
        }

        if (Rate is byte rate)
        {
            present |= 1 << 2;
            bytes.Add(rate);
        }

        if (FrequencyMHz is ushort frequency)
        {
            present |= 1 << 3;
            if (bytes.Count % 2 != 0)
            {
                bytes.Add(0);
            }

            // Channel flags: 0x80 2 GHz, 0x100 5 GHz; 6 GHz has none.
            ushort channelFlags = frequency < 3000 ? (ushort)0x00A0 : frequency < 5925 ? (ushort)0x0140 : (ushort)0x0040;
            Span<byte> value = stackalloc byte[4];
            BinaryPrimitives.WriteUInt16LittleEndian(value, frequency);
            BinaryPrimitives.WriteUInt16LittleEndian(value[2..], channelFlags);
            bytes.AddRange(value);
        }

        if (SignalDbm is sbyte signal)
        {
            present |= 1 << 5;
            bytes.Add((byte)signal);
        }

        if (NoiseDbm is sbyte noise)
        {
            present |= 1 << 6;
            bytes.Add((byte)noise);
        }

        if (Antenna is byte antenna)
        {
            present |= 1 << 11;
            bytes.Add(antenna);
        }

        byte[] result = bytes.ToArray();
        BinaryPrimitives.WriteUInt16LittleEndian(result.AsSpan(2), (ushort)result.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(result.AsSpan(4), present);
        return result;
    }
}
