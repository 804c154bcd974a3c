namespace KismetPS.TestKit.Frames;

/// <summary>The protections a built access point or client can claim.</summary>
public enum SecurityPreset
{
    Open,
    Wep,

    /// <summary>WPA vendor element, TKIP, PSK.</summary>
    Wpa,

    /// <summary>WPA and RSN side by side, TKIP and CCMP, PSK.</summary>
    WpaWpa2,
    Wpa2Psk,
    Wpa2Eap,

    /// <summary>SAE only, MFP required, hash-to-element.</summary>
    Wpa3Sae,

    /// <summary>PSK and SAE, MFP capable.</summary>
    Wpa3Transition,

    /// <summary>Suite B 192 bit: AKM 12, GCMP-256, BIP-GMAC-256.</summary>
    Wpa3SuiteB192,
    Owe,

    /// <summary>The open half of an OWE transition pair: no privacy bit, Wi-Fi Alliance element naming the partner.</summary>
    OweTransitionOpen,
}
