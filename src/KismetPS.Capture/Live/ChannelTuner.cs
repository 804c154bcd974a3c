using KismetPS.Wireless.Radio;

namespace KismetPS.Capture.Live;

/// <summary>Tunes a wireless interface to a channel.</summary>
internal static class ChannelTuner
{
    private const int LeastMHz = 2400;

    // errno of the generic ABI.
    private const int NotPermitted = 1;
    private const int NoEntry = 2;
    private const int NoDevice = 19;
    private const int Busy = 16;

    /// <summary>Tunes. Throws <see cref="KismetException"/>.</summary>
    /// <param name="name">Interface.</param>
    /// <param name="channel">Channel number of 2.4 or 5 GHz, or a frequency in MHz.</param>
    public static void Tune(string name, int channel)
    {
        int mhz = channel >= LeastMHz ? channel : WirelessChannel.FrequencyMHz(WirelessChannel.GuessBand(channel), channel);
        if (mhz == 0)
        {
            throw NotCapable(name, channel, "there is no such channel in the 2.4 and 5 GHz bands", "Give the frequency in MHz for channels of other bands: channel 5 of 6 GHz is 5975.");
        }

        if (!OperatingSystem.IsLinux())
        {
            throw NotCapable(name, channel, "this system has no interface for it", "Tune with the tool of the adapter's driver (Npcap: WlanHelper), then start without a channel.");
        }

        int error = Nl80211.SetFrequency(name, mhz);
        switch (error)
        {
            case 0:
                return;
            case NotPermitted:
                throw new KismetException(KismetErrorId.PermissionDenied, $"Tuning '{name}' is not permitted.", PcapErrors.Rights);
            case NoEntry:
                throw NotCapable(name, channel, "this system has no wireless drivers loaded", "Use a wireless interface with a mac80211 driver.");
            case NoDevice:
                throw NotCapable(name, channel, "it is no wireless interface", "Use one that Get-KismetInterface shows as wireless.");
            case Busy:
                throw NotCapable(name, channel, "another interface of the same radio is in use", $"Disconnect it first: 'nmcli device disconnect {name}' or 'ip link set {name} down'.");
            default:
                throw NotCapable(name, channel, $"the driver refused (error {error})", "See which channels the radio has: 'iw phy'.");
        }
    }

    private static KismetException NotCapable(string name, int channel, string because, string advice) =>
        new(KismetErrorId.InterfaceNotCapable, $"'{name}' cannot be tuned to channel {channel}: {because}.", advice);
}
