using KismetPS.Wireless;
using KismetPS.Wireless.Radio;

namespace KismetPS.Capture.Tzsp;

/// <summary>
/// Makes TZSP messages of captured packets as a sensor would: the radio header becomes tags and the frame goes as plain 802.11 without its
/// FCS. Keeps the running packet count.
/// </summary>
internal sealed class TzspFrameWrapper(TzspSenderOptions options)
{
    private const int FcsLength = 4;

    private readonly byte[] _name = TzspText.Encode(options.DeviceName ?? "");
    private readonly FcsDetector _fcs = new();
    private uint _count;

    /// <summary>Writes the message of one packet.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="info">What it is; its radio facts become tags.</param>
    /// <param name="message">Where to; a frame that does not fit is cut, its length on the air is still told.</param>
    /// <returns>Length of the message; 0 where TZSP has no encapsulation for it.</returns>
    public int Wrap(ReadOnlySpan<byte> packet, in FrameInfo info, Span<byte> message)
    {
        RadioInfo radio = info.Radio;
        LinkType link = info.LinkType;
        int original = Math.Max(info.OriginalLength, packet.Length);
        ReadOnlySpan<byte> frame = packet;
        bool wireless = RadioHeader.TryRead(packet, link, ref radio, out int header) == DecodeStatus.Ok;

        // Padding between MAC header and body can be told in a radiotap header only.
        if (wireless && link != LinkType.Ieee80211 && !radio.DataPad && !options.KeepRadioHeader)
        {
            link = LinkType.Ieee80211;
            frame = packet[header..];
            original -= header;
        }

        if (!TzspEncapsulation.TryFromLinkType(link, out ushort encapsulation))
        {
            return 0;
        }

        if (link == LinkType.Ieee80211)
        {
            frame = TakeFcs(frame, original, info.Origin?.Fcs ?? _fcs, ref radio);
        }

        TzspWriter writer = new(message, options.Type, encapsulation);
        WriteTags(ref writer, in radio, original, wireless);
        writer.End();
        int room = message.Length - writer.Length;
        writer.Frame(frame.Length <= room ? frame : frame[..room]);
        return writer.Fits ? writer.Length : 0;
    }

    /// <summary>Strips the FCS where there is one; a frame that the capture cut has none at its end.</summary>
    private static ReadOnlySpan<byte> TakeFcs(ReadOnlySpan<byte> frame, int original, FcsDetector habit, scoped ref RadioInfo radio)
    {
        if (original > frame.Length)
        {
            return frame;
        }

        radio.Fcs = radio.Fcs == FcsState.Unknown ? habit.Resolve(frame) : FcsDetector.Verify(frame, radio.Fcs);
        return radio.Fcs is FcsState.Present or FcsState.PresentBad && frame.Length >= FcsLength ? frame[..^FcsLength] : frame;
    }

    private void WriteTags(ref TzspWriter writer, in RadioInfo radio, int original, bool wireless)
    {
        if (radio.Has(RadioFields.Signal) && radio.SignalDbm < 0)
        {
            writer.Signed(TzspTagNumber.RawRssi, radio.SignalDbm);
        }
        else if (radio.Has(RadioFields.RawSignal) && radio.RawSignal >= 0)
        {
            // Below zero it would be taken for dBm.
            writer.Signed(TzspTagNumber.RawRssi, radio.RawSignal);
        }

        // One tag for both: below zero it is read as noise, else as a ratio.
        if (radio.Has(RadioFields.Noise) && radio.NoiseDbm < 0)
        {
            writer.Signed(TzspTagNumber.Snr, radio.NoiseDbm);
        }
        else if (radio.Has(RadioFields.Snr) && radio.SnrDb >= 0)
        {
            writer.Signed(TzspTagNumber.Snr, radio.SnrDb);
        }

        if (radio.Has(RadioFields.Rate) && TzspRate.TryFromKbps(radio.RateKbps, out byte rate))
        {
            writer.Byte(TzspTagNumber.DataRate, rate);
        }

        if (radio.Has(RadioFields.Timestamp))
        {
            writer.UInt32(TzspTagNumber.Timestamp, (uint)radio.TimestampUs);
        }

        if (wireless && radio.Fcs is FcsState.Present or FcsState.PresentBad or FcsState.AbsentBad)
        {
            writer.Byte(TzspTagNumber.FcsError, radio.Fcs == FcsState.Present ? (byte)0 : (byte)1);
        }

        if (TzspChannel.TryGetNumber(in radio, out ushort channel))
        {
            if (channel <= byte.MaxValue)
            {
                writer.Byte(TzspTagNumber.RxChannel, (byte)channel);
            }
            else
            {
                writer.UInt16(TzspTagNumber.RxChannel, channel);
            }
        }

        writer.UInt32(TzspTagNumber.PacketCount, ++_count);
        if (original <= ushort.MaxValue)
        {
            writer.UInt16(TzspTagNumber.RxFrameLength, (ushort)original);
        }

        if (options.Serial is { } serial)
        {
            Span<byte> bytes = stackalloc byte[MacAddress.Size];
            serial.Write(bytes);
            writer.Tag(TzspTagNumber.WlanRadioHdrSerial, bytes);
        }

        if (_name.Length > 0)
        {
            writer.Tag(TzspTagNumber.DeviceName, _name);
        }
    }
}
