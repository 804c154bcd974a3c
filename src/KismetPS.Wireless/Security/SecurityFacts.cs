namespace KismetPS.Wireless.Security;

/// <summary>What the security elements of one management frame say. A plain value.</summary>
internal struct SecurityFacts
{
    /// <summary>The resulting protection; <see cref="WirelessEncryption.Unknown"/> where the frame does not tell (a probe request).</summary>
    public WirelessEncryption Encryption;

    /// <summary>All key management suites offered (RSN and WPA together).</summary>
    public KeyManagement KeyManagement;

    /// <summary>All pairwise ciphers offered.</summary>
    public CipherSuites PairwiseCiphers;

    /// <summary>Group cipher(s).</summary>
    public CipherSuites GroupCiphers;

    /// <summary>Group management cipher (802.11w).</summary>
    public CipherSuites GroupManagementCipher;

    /// <summary>Management frame protection offered (RSN capability 0x80).</summary>
    public bool MfpCapable;

    /// <summary>Management frame protection demanded (0x40).</summary>
    public bool MfpRequired;

    /// <summary>RSNX: SAE hash-to-element.</summary>
    public bool SaeHashToElement;

    /// <summary>Open BSS with an OWE transition element, or its hidden OWE partner.</summary>
    public bool OweTransition;
}
