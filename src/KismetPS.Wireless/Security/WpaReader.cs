namespace KismetPS.Wireless.Security;

/// <summary>The WPA vendor element (00-50-F2 type 1), behind OUI and type: laid out as the RSN element up to the key management suites.</summary>
internal static class WpaReader
{
    /// <summary>Adds what the payload says to <paramref name="facts"/>; false where it is no WPA element of version 1.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, ref SecurityFacts facts) => SuiteFamily.Wpa.Read(payload, ref facts) != 0;
}
