using System.Buffers.Binary;

namespace KismetPS.Wireless.Security;

/// <summary>Suite selectors: three bytes of OUI and a type, IEEE Std 802.11-2020 tables 9-149 and 9-151 and their amendments.</summary>
internal static class SuiteSelector
{
    public const int Size = 4;

    private const uint Rsn = 0x000F_AC00;
    private const uint Wpa = 0x0050_F200;

    // Indexed by type. Looked up rather than switched on: neighbouring networks have different suites, and the branches were guessed wrong.
    private static readonly CipherSuites[] s_rsnCiphers =
    [
        CipherSuites.UseGroup,
        CipherSuites.Wep40,
        CipherSuites.Tkip,
        CipherSuites.Other,
        CipherSuites.Ccmp128,
        CipherSuites.Wep104,
        CipherSuites.BipCmac128,
        CipherSuites.NoGroupTraffic,
        CipherSuites.Gcmp128,
        CipherSuites.Gcmp256,
        CipherSuites.Ccmp256,
        CipherSuites.BipGmac128,
        CipherSuites.BipGmac256,
        CipherSuites.BipCmac256,
    ];

    private static readonly KeyManagement[] s_rsnKeyManagementSuites =
    [
        KeyManagement.Other,
        KeyManagement.Dot1X,
        KeyManagement.Psk,
        KeyManagement.FtDot1X,
        KeyManagement.FtPsk,
        KeyManagement.Dot1XSha256,
        KeyManagement.PskSha256,
        KeyManagement.Tdls,
        KeyManagement.Sae,
        KeyManagement.FtSae,
        KeyManagement.Other,
        KeyManagement.SuiteB,
        KeyManagement.SuiteB192,
        KeyManagement.FtDot1XSha384,
        KeyManagement.FilsSha256,
        KeyManagement.FilsSha384,
        KeyManagement.FtFilsSha256,
        KeyManagement.FtFilsSha384,
        KeyManagement.Owe,
        KeyManagement.FtPskSha384,
        KeyManagement.PskSha384,
        KeyManagement.Other,
        KeyManagement.Other,
        KeyManagement.Other,
        KeyManagement.SaeExt,
        KeyManagement.FtSaeExt,
    ];

    private static readonly CipherSuites[] s_wpaCiphers =
    [
        CipherSuites.UseGroup,
        CipherSuites.Wep40,
        CipherSuites.Tkip,
        CipherSuites.Other,
        CipherSuites.Ccmp128,
        CipherSuites.Wep104,
    ];

    private static readonly KeyManagement[] s_wpaKeyManagementSuites =
    [
        KeyManagement.Other,
        KeyManagement.Dot1X,
        KeyManagement.Psk,
    ];

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

    public static CipherSuites RsnCipher(ReadOnlySpan<byte> selector) => Of(s_rsnCiphers, BinaryPrimitives.ReadUInt32BigEndian(selector) - Rsn, CipherSuites.Other);

    public static KeyManagement RsnKeyManagement(ReadOnlySpan<byte> selector) => Of(s_rsnKeyManagementSuites, BinaryPrimitives.ReadUInt32BigEndian(selector) - Rsn, KeyManagement.Other);

    public static CipherSuites WpaCipher(ReadOnlySpan<byte> selector) => Of(s_wpaCiphers, BinaryPrimitives.ReadUInt32BigEndian(selector) - Wpa, CipherSuites.Other);

    public static KeyManagement WpaKeyManagement(ReadOnlySpan<byte> selector) => Of(s_wpaKeyManagementSuites, BinaryPrimitives.ReadUInt32BigEndian(selector) - Wpa, KeyManagement.Other);

    private static T Of<T>(T[] suites, uint type, T other) => type < (uint)suites.Length ? suites[(int)type] : other;
}
