using System.Buffers.Binary;
using System.Text;
using KismetPS.TestKit.Frames;

namespace KismetPS.Samples;

/// <summary>
/// The air as one sensor's pcapng file with radiotap (draft-ietf-opsawg-pcapng: section header, one interface, enhanced packets). Written
/// here and not by the product's writer, so that the samples do not change with it and test it from outside.
/// </summary>
public static class RadiotapCapture
{
    private const int LinkRadiotap = 127;

    public static byte[] Write(IReadOnlyList<AirFrame> air, DateTimeOffset start, Dice dice)
    {
        var file = new List<byte>();
        Block(file, 0x0A0D0D0A, new List<byte>().Little32(0x1A2B3C4D).Little16(1).Little16(0).Little32(uint.MaxValue).Little32(uint.MaxValue)
            .Concat(Option(4, "KismetPS sample generator")).Concat(End));
        Block(file, 1, new List<byte>().Little16(LinkRadiotap).Little16(0).Little32(0)
            .Concat(Option(2, "office-sensor")).Concat(Option(3, "An invented office, generated")).Concat(End));
        long startUs = start.ToUnixTimeMilliseconds() * 1000;
        foreach (AirFrame frame in air)
        {
            byte[] packet = Packet(frame, dice);
            ulong time = (ulong)(startUs + frame.TimeUs);
            Block(file, 6, new List<byte>().Little32(0).Little32((uint)(time >> 32)).Little32((uint)time)
                .Little32((uint)packet.Length).Little32((uint)packet.Length).Concat(Padded(packet)));
        }

        return file.ToArray();
    }

    private static byte[] Packet(AirFrame frame, Dice dice)
    {
        // One frame in sixty arrives damaged, and its FCS tells.
        bool bad = dice.Roll(60) == 0;
        var radio = new RadiotapFields
        {
            Tsft = (ulong)frame.TimeUs + 0x1_0000_0000,
            Flags = (byte)(bad ? 0x50 : 0x10),
            Rate = (byte)frame.Rate,
            FrequencyMHz = (ushort)frame.FrequencyMHz,
            SignalDbm = (sbyte)(frame.Sender.Signal[0] + dice.Between(-3, 3)),
            NoiseDbm = (sbyte)(-96 + dice.Between(0, 3)),
            Antenna = (byte)dice.Roll(2),
        };
        byte[] body = [.. frame.Bytes];
        if (bad)
        {
            body[dice.Between(4, body.Length - 1)] ^= 0x55;
        }

        var fcs = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(fcs, FrameCheck.Compute(frame.Bytes));
        return [.. radio.ToArray(), .. body, .. fcs];
    }

    private static void Block(List<byte> file, uint type, IEnumerable<byte> body)
    {
        byte[] bytes = body.ToArray();
        uint length = (uint)bytes.Length + 12;
        file.Little32(type).Little32(length).Text(bytes).Little32(length);
    }

    private static byte[] End => [0, 0, 0, 0];

    private static byte[] Option(int code, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return [.. new List<byte>().Little16(code).Little16(bytes.Length), .. Padded(bytes)];
    }

    private static byte[] Padded(byte[] bytes) => [.. bytes, .. new byte[(4 - (bytes.Length % 4)) % 4]];
}
