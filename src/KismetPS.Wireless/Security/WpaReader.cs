using System.Buffers.Binary;

namespace KismetPS.Wireless.Security;

/// <summary>The WPA vendor element (00-50-F2 type 1), behind OUI and type: laid out as the RSN element up to the key management suites.</summary>
internal static class WpaReader
{
    /// <summary>Adds what the payload says to <paramref name="facts"/>; false where it is no WPA element of version 1.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, ref SecurityFacts facts)
    {
        if (payload.Length < 2 || BinaryPrimitives.ReadUInt16LittleEndian(payload) != 1)
        {
            return false;
        }

        payload = payload[2..];
        if (payload.Length < SuiteSelector.Size)
        {
            return true;
        }

        facts.GroupCiphers |= SuiteSelector.WpaCipher(payload);
        payload = payload[SuiteSelector.Size..];
        if (!SuiteSelector.TryTakeList(ref payload, out ReadOnlySpan<byte> pairwise))
        {
            return true;
        }

        for (int i = 0; i < pairwise.Length; i += SuiteSelector.Size)
        {
            facts.PairwiseCiphers |= SuiteSelector.WpaCipher(pairwise[i..]);
        }

        if (SuiteSelector.TryTakeList(ref payload, out ReadOnlySpan<byte> suites))
        {
            for (int i = 0; i < suites.Length; i += SuiteSelector.Size)
            {
                facts.KeyManagement |= SuiteSelector.WpaKeyManagement(suites[i..]);
            }
        }

        return true;
    }
}
