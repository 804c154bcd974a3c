using KismetPS.Wireless;

namespace KismetPS.Tracking.Tests;

/// <summary>Addresses for made-up air.</summary>
internal static class Macs
{
    public static MacAddress Ap { get; } = MacAddress.Parse("00:0C:42:00:00:01");

    public static MacAddress OtherAp { get; } = MacAddress.Parse("00:0C:42:00:00:02");

    public static MacAddress Client { get; } = MacAddress.Parse("3C:5A:B4:00:00:01");

    public static MacAddress OtherClient { get; } = MacAddress.Parse("3C:5A:B4:00:00:02");

    public static MacAddress Host { get; } = MacAddress.Parse("00:11:22:00:00:01");

    public static MacAddress OtherHost { get; } = MacAddress.Parse("00:11:22:00:00:02");

    /// <summary>An independent BSS draws its BSSID at random, with the local bit (IEEE Std 802.11-2020 11.1.4.3).</summary>
    public static MacAddress Ibss { get; } = MacAddress.Parse("06:DE:AD:00:00:01");

    /// <summary>The <paramref name="number"/>th invented client.</summary>
    public static MacAddress Invented(int number) => new(0x0200_0000_0000UL + (ulong)number + 1);

    /// <summary>The <paramref name="number"/>th access point.</summary>
    public static MacAddress ApNumber(int number) => new(0x000C_4300_0000UL + (ulong)number);
}
