namespace KismetPS.Wireless.Elements;

/// <summary>Which members of <see cref="ElementFacts"/> hold a value, and plain yes/no facts.</summary>
[Flags]
internal enum ElementParts
{
    None = 0,
    Ssid = 1 << 0,

    /// <summary>The SSID element is empty or all NUL.</summary>
    SsidHidden = 1 << 1,

    /// <summary>The SSID element is longer than 32 bytes: malformed, not used as a name.</summary>
    SsidTooLong = 1 << 2,
    MeshId = 1 << 3,
    Channel = 1 << 4,
    Width = 1 << 5,
    Country = 1 << 6,
    Qbss = 1 << 7,
    ChannelSwitch = 1 << 8,
    Rates = 1 << 9,
    Ht = 1 << 10,
    Vht = 1 << 11,
    He = 1 << 12,
    Eht = 1 << 13,
    He6Ghz = 1 << 14,
    Wps = 1 << 15,
    ApName = 1 << 16,
    OweTransition = 1 << 17,
    MultiLink = 1 << 18,
    ReducedNeighbors = 1 << 19,
    MultipleBssid = 1 << 20,
    Rsn = 1 << 21,
    Wpa = 1 << 22,
    P2P = 1 << 23,
    Wmm = 1 << 24,

    /// <summary>802.11r mobility domain.</summary>
    FastTransition = 1 << 25,

    /// <summary>802.11k radio measurement.</summary>
    RadioMeasurement = 1 << 26,

    /// <summary>The last element runs past the end, or the capture cut the frame: there may have been more; what is there is good.</summary>
    Truncated = 1 << 27,

    /// <summary>Rates with an OFDM rate (6 Mbit/s and up).</summary>
    OfdmRates = 1 << 28,
}
