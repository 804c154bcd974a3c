using KismetPS.Tracking;
using KismetPS.Wireless.Radio;
using KismetPS.Wireless.Security;

namespace KismetPS.Kismet.Rest;

/// <summary>The server's words and numbers in ours.</summary>
internal static class RestText
{
    private const long LastSecond = 253402300799;

    /// <summary>Seconds since 1970 as a time; what no calendar has is its nearest end.</summary>
    public static DateTimeOffset Time(long seconds) => DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, LastSecond));

    /// <summary>Seconds with a fraction.</summary>
    public static DateTimeOffset Time(double seconds) =>
        Time((long)Math.Clamp(seconds, 0, LastSecond)).AddTicks((long)(Math.Clamp(seconds, 0, LastSecond) % 1 * TimeSpan.TicksPerSecond));

    /// <summary>The number a channel begins with: 6 of <c>6HT40+</c>, 37 of <c>37W6e</c>; null where it begins with none.</summary>
    public static int? ChannelOf(string? text)
    {
        int channel = 0;
        foreach (char c in text.AsSpan())
        {
            if (!char.IsAsciiDigit(c) || channel > 999)
            {
                break;
            }

            channel = (channel * 10) + (c - '0');
        }

        return channel == 0 ? null : channel;
    }

    /// <summary>Centre of the channel, MHz: where the device was heard if that is the channel's, else by the number.</summary>
    public static int? FrequencyOf(string? text, long heardKHz)
    {
        int heard = (int)Math.Clamp(heardKHz / 1000, 0, 100_000);
        if (ChannelOf(text) is not int channel)
        {
            return heard == 0 ? null : heard;
        }

        if (WirelessChannel.FromFrequency(heard, out Band heardBand) == channel)
        {
            return heard;
        }

        Band band = text!.Contains("W6", StringComparison.Ordinal) ? Band.Ghz6 : heardBand == Band.Ghz6 ? heardBand : WirelessChannel.GuessBand(channel);
        int centre = WirelessChannel.FrequencyMHz(band, channel);
        return centre != 0 ? centre : heard == 0 ? null : heard;
    }

    /// <summary>What the server takes a device for.</summary>
    public static KismetDeviceType TypeOf(string? text) => text switch
    {
        "Wi-Fi AP" or "Wi-Fi WDS AP" => KismetDeviceType.AccessPoint,
        "Wi-Fi Client" => KismetDeviceType.Client,
        "Wi-Fi Bridged" => KismetDeviceType.Bridged,
        "Wi-Fi Ad-Hoc" => KismetDeviceType.AdHoc,
        "Wi-Fi WDS" => KismetDeviceType.Wds,
        _ => KismetDeviceType.Unknown,
    };

    /// <summary>Generation and width a mode names, such as <c>VHT80</c>. The server calls 80 MHz and more of 802.11ac <c>HT80</c>.</summary>
    public static (string? Standard, int? WidthMHz) ModeOf(string? mode)
    {
        if (string.IsNullOrEmpty(mode))
        {
            return (null, null);
        }

        ReadOnlySpan<char> digits = mode.AsSpan().TrimStart("EHVT").TrimEnd("+-");
        int? width = int.TryParse(digits, out int number) && number is 20 or 40 or 80 or 160 or 320 ? number : null;
        string? standard = mode.StartsWith("EHT", StringComparison.Ordinal) ? "be"
            : mode.StartsWith("HE", StringComparison.Ordinal) ? "ax"
            : mode.StartsWith("VHT", StringComparison.Ordinal) || width >= 80 ? "ac"
            : mode.StartsWith("HT", StringComparison.Ordinal) ? "n"
            : null;
        return (standard, width);
    }

    /// <summary>Details of a protection.</summary>
    public static KismetSecurity Security(string? crypt, bool mfpRequired, bool mfpCapable)
    {
        SecurityFacts facts = CryptText.Read(crypt);
        if (facts.Encryption == WirelessEncryption.Unknown)
        {
            return KismetSecurity.Unknown;
        }

        facts.MfpRequired = mfpRequired;
        facts.MfpCapable = mfpCapable || mfpRequired;
        return new KismetSecurity
        {
            Encryption = facts.Encryption,
            KeyManagement = facts.KeyManagement,
            PairwiseCiphers = facts.PairwiseCiphers,
            MfpRequired = facts.MfpRequired,
            MfpCapable = facts.MfpCapable,
            Text = SecurityText.Of(facts),
        };
    }
}
