using KismetPS.Wireless.Security;

namespace KismetPS.Tracking;

/// <summary>Details of a network's or client's protection.</summary>
public sealed class KismetSecurity
{
    /// <summary>Nothing is known.</summary>
    public static KismetSecurity Unknown { get; } = new() { Text = string.Empty };

    /// <summary>Protection as a set.</summary>
    public WirelessEncryption Encryption { get; init; }

    /// <summary>Key management suites offered.</summary>
    public KeyManagement KeyManagement { get; init; }

    /// <summary>Pairwise ciphers offered.</summary>
    public CipherSuites PairwiseCiphers { get; init; }

    /// <summary>Group ciphers.</summary>
    public CipherSuites GroupCiphers { get; init; }

    /// <summary>Management frame protection demanded (802.11w).</summary>
    public bool MfpRequired { get; init; }

    /// <summary>Management frame protection offered.</summary>
    public bool MfpCapable { get; init; }

    /// <summary>SAE hash-to-element offered.</summary>
    public bool SaeHashToElement { get; init; }

    /// <summary>Half of an OWE transition pair.</summary>
    public bool OweTransition { get; init; }

    /// <summary>EAPOL-Key handshake messages heard.</summary>
    public long EapolKeys { get; init; }

    /// <summary>In words, such as <c>WPA2-PSK CCMP</c>; empty if unknown.</summary>
    public required string Text { get; init; }

    /// <summary>In words.</summary>
    public override string ToString() => Text;
}
