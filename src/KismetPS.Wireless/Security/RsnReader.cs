using System.Buffers.Binary;

namespace KismetPS.Wireless.Security;

/// <summary>
/// The RSN element (IEEE Std 802.11-2020 9.4.2.24): version, group cipher, pairwise ciphers, key management suites, capabilities, PMKIDs, group
/// management cipher. Everything behind the version may be missing; a list whose count does not fit ends the reading.
/// </summary>
internal static class RsnReader
{
    private const int MfpRequired = 0x0040;
    private const int MfpCapable = 0x0080;
    private const int PmkidLength = 16;

    /// <summary>Adds what the payload says to <paramref name="facts"/>; false where it is no RSN element of version 1.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, ref SecurityFacts facts)
    {
        int end = SuiteFamily.Rsn.Read(payload, ref facts);
        if (end == 0)
        {
            return false;
        }

        payload = payload[end..];
        if (payload.Length < 2)
        {
            return true;
        }

        int capabilities = BinaryPrimitives.ReadUInt16LittleEndian(payload);
        facts.MfpRequired |= (capabilities & MfpRequired) != 0;
        facts.MfpCapable |= (capabilities & MfpCapable) != 0;
        payload = payload[2..];
        if (payload.Length < 2)
        {
            return true;
        }

        int pmkids = BinaryPrimitives.ReadUInt16LittleEndian(payload) * PmkidLength;
        payload = payload[2..];
        if (payload.Length >= pmkids + SuiteFamily.Size)
        {
            facts.GroupManagementCipher |= SuiteFamily.Rsn.Cipher(payload[pmkids..]);
        }

        return true;
    }
}
