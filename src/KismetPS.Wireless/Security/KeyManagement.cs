namespace KismetPS.Wireless.Security;

/// <summary>Authentication and key management suites of RSN and WPA elements as a set; IEEE Std 802.11-2020 table 9-151 with later additions.</summary>
[Flags]
public enum KeyManagement
{
#pragma warning disable CS1591 // the names are the standard's
    None = 0,
    Dot1X = 1 << 0,
    Psk = 1 << 1,
    FtDot1X = 1 << 2,
    FtPsk = 1 << 3,
    Dot1XSha256 = 1 << 4,
    PskSha256 = 1 << 5,
    Tdls = 1 << 6,
    Sae = 1 << 7,
    FtSae = 1 << 8,
    SuiteB = 1 << 9,
    SuiteB192 = 1 << 10,
    FtDot1XSha384 = 1 << 11,
    FilsSha256 = 1 << 12,
    FilsSha384 = 1 << 13,
    FtFilsSha256 = 1 << 14,
    FtFilsSha384 = 1 << 15,
    Owe = 1 << 16,
    FtPskSha384 = 1 << 17,
    PskSha384 = 1 << 18,
    SaeExt = 1 << 19,
    FtSaeExt = 1 << 20,
    Other = 1 << 21,
#pragma warning restore CS1591
}
