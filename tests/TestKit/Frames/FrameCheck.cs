using System.Buffers.Binary;

namespace KismetPS.TestKit.Frames;

/// <summary>The frame check sequence, bit by bit from the text of IEEE Std 802.11-2020 9.2.4.8, on purpose not the product's table.</summary>
public static class FrameCheck
{
    public static uint Compute(ReadOnlySpan<byte> frame)
    {
        uint crc = 0xFFFF_FFFF;
        foreach (byte b in frame)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB8_8320u);
            }
        }

        return ~crc;
    }

    /// <summary>The frame with its FCS behind it; <paramref name="bad"/> flips one bit of it.</summary>
    public static byte[] Append(ReadOnlySpan<byte> frame, bool bad = false)
    {
        var result = new byte[frame.Length + 4];
        frame.CopyTo(result);
        BinaryPrimitives.WriteUInt32LittleEndian(result.AsSpan(frame.Length), Compute(frame) ^ (bad ? 1u : 0u));
        return result;
    }
}
