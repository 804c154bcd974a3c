using System.Buffers.Binary;
using KismetPS.Capture.Tzsp;

namespace KismetPS.Bench.Corpora;

/// <summary>Puts a frame into a TZSP message with the nine tags that the wrapped captures have, in their order.</summary>
internal static class TzspWrap
{
    /// <summary>A message.</summary>
    /// <param name="frame">802.11 frame without FCS.</param>
    /// <param name="number">Packet count, from which signal and time are made too.</param>
    /// <param name="channel">Channel the sensor was on.</param>
    /// <param name="sensor">Number of the sensor, last byte of its serial.</param>
    public static byte[] Frame(ReadOnlySpan<byte> frame, uint number, int channel, byte sensor = 1)
    {
        Span<byte> tags = stackalloc byte[64];
        int at = 0;
        new byte[] { 1, 0, 0, 18 }.CopyTo(tags);
        at += 4;
        Put(tags, ref at, TzspTagNumber.RawRssi, [(byte)(sbyte)(-40 - (int)(number % 50))]);
        Put(tags, ref at, TzspTagNumber.Snr, [48]);
        Put(tags, ref at, TzspTagNumber.DataRate, [2]);
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(four, number * 10);
        Put(tags, ref at, TzspTagNumber.Timestamp, four);
        Put(tags, ref at, TzspTagNumber.RxChannel, [(byte)channel]);
        BinaryPrimitives.WriteUInt32BigEndian(four, number);
        Put(tags, ref at, TzspTagNumber.PacketCount, four);
        BinaryPrimitives.WriteUInt16BigEndian(four, (ushort)frame.Length);
        Put(tags, ref at, TzspTagNumber.RxFrameLength, four[..2]);
        Put(tags, ref at, TzspTagNumber.FcsError, [0]);
        Put(tags, ref at, TzspTagNumber.WlanRadioHdrSerial, [0x00, 0x00, 0x5E, 0x00, 0x53, sensor]);
        tags[at++] = TzspTagNumber.End;
        return [.. tags[..at], .. frame];
    }

    private static void Put(Span<byte> tags, ref int at, byte number, ReadOnlySpan<byte> value)
    {
        tags[at++] = number;
        tags[at++] = (byte)value.Length;
        value.CopyTo(tags[at..]);
        at += value.Length;
    }
}
