using System.Buffers.Binary;
using System.Text;

namespace KismetPS.TestKit;

/// <summary>MessagePack as objects, written for tests: another reading of the specification than the engine's. Maps by number, arrays, text, bytes, numbers.</summary>
public static class MessagePackValue
{
    /// <summary>Reads a map with numbers for keys; nothing gives an empty one.</summary>
    public static Dictionary<long, object?> ReadMap(ReadOnlySpan<byte> bytes) =>
        bytes.IsEmpty ? [] : (Dictionary<long, object?>)Read(ref bytes)!;

    private static object? Read(ref ReadOnlySpan<byte> bytes)
    {
        byte type = bytes[0];
        bytes = bytes[1..];
        return type switch
        {
            < 0x80 => (long)type,
            < 0x90 => Map(ref bytes, type & 15),
            < 0xA0 => Array(ref bytes, type & 15),
            < 0xC0 => Text(Take(ref bytes, type & 31)),
            0xC0 => null,
            0xC2 => false,
            0xC3 => true,
            0xC4 => Take(ref bytes, (int)Number(ref bytes, 1)).ToArray(),
            0xC5 => Take(ref bytes, (int)Number(ref bytes, 2)).ToArray(),
            0xC6 => Take(ref bytes, (int)Number(ref bytes, 4)).ToArray(),
            0xCA => (double)BinaryPrimitives.ReadSingleBigEndian(Take(ref bytes, 4)),
            0xCB => BinaryPrimitives.ReadDoubleBigEndian(Take(ref bytes, 8)),
            0xCC => Number(ref bytes, 1),
            0xCD => Number(ref bytes, 2),
            0xCE => Number(ref bytes, 4),
            0xCF => Number(ref bytes, 8),
            0xD9 => Text(Take(ref bytes, (int)Number(ref bytes, 1))),
            0xDA => Text(Take(ref bytes, (int)Number(ref bytes, 2))),
            0xDC => Array(ref bytes, (int)Number(ref bytes, 2)),
            0xDE => Map(ref bytes, (int)Number(ref bytes, 2)),
            >= 0xE0 => (long)(sbyte)type,
            _ => throw new NotSupportedException($"Type {type:x2}."),
        };
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private static Dictionary<long, object?> Map(ref ReadOnlySpan<byte> bytes, int count)
    {
        Dictionary<long, object?> map = [];
        for (int i = 0; i < count; i++)
        {
            long key = (long)Read(ref bytes)!;
            map.Add(key, Read(ref bytes));
        }

        return map;
    }

    private static List<object?> Array(ref ReadOnlySpan<byte> bytes, int count)
    {
        List<object?> values = [];
        for (int i = 0; i < count; i++)
        {
            values.Add(Read(ref bytes));
        }

        return values;
    }

    private static long Number(ref ReadOnlySpan<byte> bytes, int size)
    {
        long value = 0;
        foreach (byte b in Take(ref bytes, size))
        {
            value = (value << 8) | b;
        }

        return value;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, int count)
    {
        ReadOnlySpan<byte> taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }
}
