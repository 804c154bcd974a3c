using System.Buffers.Text;

namespace KismetPS.Kismet.Text;

/// <summary>
/// The number newcore knows an SSID of a network by: rsync's weak sum over the escaped SSID and, behind it, its length in bytes in decimal.
/// Adler-32 without the modulus, starting at 0. "Coherer" gives 228328191, a hidden one ("0") 3145776.
/// </summary>
internal static class SsidChecksum
{
    // An element holds 255 bytes at most, however wrong it is.
    private const int MaxSsid = 255;

    /// <summary>The sum of an SSID's raw bytes; what is over 255 bytes is cut.</summary>
    public static uint Compute(ReadOnlySpan<byte> ssid)
    {
        ssid = ssid[..Math.Min(ssid.Length, MaxSsid)];
        Span<byte> text = stackalloc byte[(MaxSsid * MungedText.MaxGrowth) + 3];

        // An SSID of only NULs counts as none.
        int length = ssid.IndexOfAnyExcept((byte)0) < 0 ? 0 : MungedText.Encode(ssid, TextEra.Newcore, text);
        Utf8Formatter.TryFormat(length == 0 ? 0 : ssid.Length, text[length..], out int digits);
        uint sum = 0;
        uint sums = 0;
        foreach (byte b in text[..(length + digits)])
        {
            sum += b;
            sums += sum;
        }

        return (sums << 16) + (sum & 0xFFFF);
    }
}
