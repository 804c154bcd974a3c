using System.Buffers.Binary;

namespace KismetPS.Wireless.Security;

/// <summary>Suite selectors: three bytes of OUI and a type, IEEE Std 802.11-2020 tables 9-149 and 9-151 and their amendments.</summary>
internal static class SuiteSelector
{
    public const int Size = 4;

    private const uint Rsn = 0x000F_AC00;
    private const uint Wpa = 0x0050_F200;

    /// <summary>Cuts a counted list of selectors off the front; false where count or list are not there.</summary>
    public static bool TryTakeList(scoped ref ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> selectors)
    {
        selectors = default;
        if (payload.Length < 2)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(payload) * Size;
        if (payload.Length - 2 < length)
        {
            return false;
        }

        selectors = payload.Slice(2, length);
        payload = payload[(2 + length)..];
        return true;
    }

    public static CipherSuites RsnCipher(ReadOnlySpan<byte> selector) => (BinaryPrimitives.ReadUInt32BigEndian(selector) - Rsn) switch
    {
        0 => CipherSuites.UseGroup,
        1 => CipherSuites.Wep40,
        2 => CipherSuites.Tkip,
        4 => CipherSuites.Ccmp128,
        5 => CipherSuites.Wep104,
        6 => CipherSuites.BipCmac128,
        7 => CipherSuites.NoGroupTraffic,
        8 => CipherSuites.Gcmp128,
        9 => CipherSuites.Gcmp256,
        10 => CipherSuites.Ccmp256,
        11 => CipherSuites.BipGmac128,
        12 => CipherSuites.BipGmac256,
        13 => CipherSuites.BipCmac256,
        _ => CipherSuites.Other,
    };

    public static KeyManagement RsnKeyManagement(ReadOnlySpan<byte> selector) => (BinaryPrimitives.ReadUInt32BigEndian(selector) - Rsn) switch
    {
        1 => KeyManagement.Dot1X,
        2 => KeyManagement.Psk,
        3 => KeyManagement.FtDot1X,
        4 => KeyManagement.FtPsk,
        5 => KeyManagement.Dot1XSha256,
        6 => KeyManagement.PskSha256,
        7 => KeyManagement.Tdls,
        8 => KeyManagement.Sae,
        9 => KeyManagement.FtSae,
        11 => KeyManagement.SuiteB,
        12 => KeyManagement.SuiteB192,
        13 => KeyManagement.FtDot1XSha384,
        14 => KeyManagement.FilsSha256,
        15 => KeyManagement.FilsSha384,
        16 => KeyManagement.FtFilsSha256,
        17 => KeyManagement.FtFilsSha384,
        18 => KeyManagement.Owe,
        19 => KeyManagement.FtPskSha384,
        20 => KeyManagement.PskSha384,
        24 => KeyManagement.SaeExt,
        25 => KeyManagement.FtSaeExt,
        _ => KeyManagement.Other,
    };

    public static CipherSuites WpaCipher(ReadOnlySpan<byte> selector) => (BinaryPrimitives.ReadUInt32BigEndian(selector) - Wpa) switch
    {
        0 => CipherSuites.UseGroup,
        1 => CipherSuites.Wep40,
        2 => CipherSuites.Tkip,
        4 => CipherSuites.Ccmp128,
        5 => CipherSuites.Wep104,
        _ => CipherSuites.Other,
    };

    public static KeyManagement WpaKeyManagement(ReadOnlySpan<byte> selector) => (BinaryPrimitives.ReadUInt32BigEndian(selector) - Wpa) switch
    {
        1 => KeyManagement.Dot1X,
        2 => KeyManagement.Psk,
        _ => KeyManagement.Other,
    };
}
