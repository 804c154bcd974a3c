namespace KismetPS.Capture.Tests.Tzsp;

/// <summary>Puts messages together byte by byte, apart from the product's writer.</summary>
internal static class TzspBytes
{
    /// <summary>Header, fixed fields and SSID "a" of a beacon of 02:00:00:00:00:09.</summary>
    public static byte[] Beacon { get; } =
    [
        0x80, 0, 0, 0, 255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 9, 2, 0, 0, 0, 0, 9, 0x10, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 100, 0, 1, 0, 0, 1, (byte)'a',
    ];

    /// <summary>A received 802.11 message with these tags (END is added) and the beacon.</summary>
    public static byte[] Message(params byte[] tags) => Of(0, 18, tags, Beacon);

    /// <summary>Any message: header, tags, END, frame.</summary>
    public static byte[] Of(int type, int encapsulation, byte[] tags, byte[] frame) =>
        [1, (byte)type, (byte)(encapsulation >> 8), (byte)encapsulation, .. tags, 1, .. frame];

    /// <summary>One tag.</summary>
    public static byte[] Tag(int number, params byte[] value) => [(byte)number, (byte)value.Length, .. value];

    /// <summary>Tag 40.</summary>
    public static byte[] Count(uint count) => Tag(40, (byte)(count >> 24), (byte)(count >> 16), (byte)(count >> 8), (byte)count);
}
