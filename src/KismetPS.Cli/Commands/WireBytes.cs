using System.Buffers.Binary;
using KismetPS.Capture.Tzsp;
using KismetPS.Wireless;

namespace KismetPS.Cli.Commands;

/// <summary>Bytes as people paste them, and what they look like.</summary>
internal static class WireBytes
{
    /// <summary>Reads hexadecimal text with blanks, line ends, colons, hyphens, commas and 0x between; false where there is anything else, or nothing.</summary>
    public static bool TryParseHex(string text, out byte[] bytes)
    {
        var digits = new System.Text.StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsAsciiHexDigit(c))
            {
                if (c == '0' && i + 1 < text.Length && text[i + 1] is 'x' or 'X')
                {
                    i++;
                }
                else
                {
                    digits.Append(c);
                }
            }
            else if (!char.IsWhiteSpace(c) && c is not (':' or '-' or ',' or ';'))
            {
                bytes = [];
                return false;
            }
        }

        bool whole = digits.Length > 0 && digits.Length % 2 == 0;
        bytes = whole ? Convert.FromHexString(digits.ToString()) : [];
        return whole;
    }

    /// <summary>Whether a file begins as pcap, pcapng or gzip.</summary>
    public static bool IsCapture(ReadOnlySpan<byte> start) =>
        start.Length >= 4
        && (BinaryPrimitives.ReadUInt32BigEndian(start) is 0xA1B2C3D4 or 0xD4C3B2A1 or 0xA1B23C4D or 0x4D3CB2A1 or 0x0A0D0D0A || (start[0] == 0x1F && start[1] == 0x8B));

    /// <summary>
    /// TZSP where it reads as such; radiotap by its version, pad and a length that fits; else a bare frame. A bare frame of protocol version 1 or
    /// with these lengths does not occur, so the guess is right for whatever was really captured.
    /// </summary>
    public static WireForm Guess(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 5 && bytes[0] == 1 && TzspCodec.TryDecode(bytes, null, default, out _, out _))
        {
            return WireForm.Tzsp;
        }

        bool radiotap = bytes.Length >= 8 && bytes[0] == 0 && bytes[1] == 0
            && BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]) is ushort length && length >= 8 && length <= bytes.Length && length < 512;
        return radiotap ? WireForm.Radiotap : WireForm.Dot11;
    }

    public static LinkType LinkOf(WireForm form) => form switch
    {
        WireForm.Radiotap => LinkType.Radiotap,
        WireForm.Prism => LinkType.Prism,
        WireForm.Avs => LinkType.Avs,
        WireForm.Ppi => LinkType.Ppi,
        _ => LinkType.Ieee80211,
    };
}
