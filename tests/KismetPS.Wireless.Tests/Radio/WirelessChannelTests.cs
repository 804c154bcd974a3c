using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Wireless.Tests.Radio;

public sealed class WirelessChannelTests
{
    // IEEE Std 802.11-2020 annex E, table E-4 (global operating classes); 802.11ax-2021 for 6 GHz.
    [Theory]
    [InlineData(Band.Ghz2, 1, 2412)]
    [InlineData(Band.Ghz2, 13, 2472)]
    [InlineData(Band.Ghz2, 14, 2484)]
    [InlineData(Band.Ghz4, 184, 4920)]
    [InlineData(Band.Ghz4, 196, 4980)]
    [InlineData(Band.Ghz5, 8, 5040)]
    [InlineData(Band.Ghz5, 36, 5180)]
    [InlineData(Band.Ghz5, 64, 5320)]
    [InlineData(Band.Ghz5, 100, 5500)]
    [InlineData(Band.Ghz5, 144, 5720)]
    [InlineData(Band.Ghz5, 149, 5745)]
    [InlineData(Band.Ghz5, 165, 5825)]
    [InlineData(Band.Ghz5, 177, 5885)]
    [InlineData(Band.Ghz5, 184, 5920)]
    [InlineData(Band.Ghz6, 1, 5955)]
    [InlineData(Band.Ghz6, 2, 5935)]
    [InlineData(Band.Ghz6, 5, 5975)]
    [InlineData(Band.Ghz6, 93, 6415)]
    [InlineData(Band.Ghz6, 233, 7115)]
    [InlineData(Band.Ghz60, 1, 58320)]
    [InlineData(Band.Ghz60, 2, 60480)]
    [InlineData(Band.Ghz60, 6, 69120)]
    internal void BothWays(Band band, int channel, int mhz)
    {
        Assert.Equal(mhz, WirelessChannel.FrequencyMHz(band, channel));
        Assert.True(WirelessChannel.IsValid(band, channel));
        Assert.Equal(channel, WirelessChannel.FromFrequency(mhz, out Band found));
        Assert.Equal(band, found);
    }

    [Theory]
    [InlineData(Band.Ghz2, 0)]
    [InlineData(Band.Ghz2, 15)]
    [InlineData(Band.Ghz2, -1)]
    [InlineData(Band.Ghz4, 197)]
    [InlineData(Band.Ghz5, 6)]
    [InlineData(Band.Ghz5, 185)]
    [InlineData(Band.Ghz6, 4)]
    [InlineData(Band.Ghz6, 235)]
    [InlineData(Band.Ghz60, 7)]
    [InlineData(Band.SubGhz, 1)]
    [InlineData(Band.Unknown, 6)]
    [InlineData((Band)99, 6)]
    internal void NoSuchChannel(Band band, int channel)
    {
        Assert.Equal(0, WirelessChannel.FrequencyMHz(band, channel));
        Assert.False(WirelessChannel.IsValid(band, channel));
    }

    /// <summary>Over all frequencies and channels: what one way gives, the other takes back, and no frequency is in two bands.</summary>
    [Fact]
    public void RoundTrip()
    {
        int found = 0;
        for (int mhz = -10; mhz <= 75000; mhz++)
        {
            int channel = WirelessChannel.FromFrequency(mhz, out Band band);
            Assert.Equal(WirelessChannel.BandOf(mhz), band);
            if (channel != 0)
            {
                Assert.Equal(mhz, WirelessChannel.FrequencyMHz(band, channel));
                found++;
            }
        }

        int all = 0;
        foreach (Band band in Enum.GetValues<Band>())
        {
            for (int channel = 1; channel < 300; channel++)
            {
                all += WirelessChannel.IsValid(band, channel) ? 1 : 0;
            }
        }

        Assert.Equal(all, found);
    }

    [Theory]
    [InlineData(2400, Band.Ghz2)]
    [InlineData(2500, Band.Ghz2)]
    [InlineData(4940, Band.Ghz4)]
    [InlineData(5000, Band.Ghz4)]
    [InlineData(5001, Band.Ghz5)]
    [InlineData(5925, Band.Ghz5)]
    [InlineData(5935, Band.Ghz6)]
    [InlineData(7125, Band.Ghz6)]
    [InlineData(60000, Band.Ghz60)]
    [InlineData(915, Band.SubGhz)]
    [InlineData(0, Band.Unknown)]
    [InlineData(3500, Band.Unknown)]
    [InlineData(-5, Band.Unknown)]
    [InlineData(int.MaxValue, Band.Unknown)]
    internal void BandOf(int mhz, Band band) => Assert.Equal(band, WirelessChannel.BandOf(mhz));

    [Theory]
    [InlineData(1, Band.Ghz2)]
    [InlineData(14, Band.Ghz2)]
    [InlineData(15, Band.Unknown)]
    [InlineData(36, Band.Ghz5)]
    [InlineData(177, Band.Ghz5)]
    [InlineData(184, Band.Ghz4)]
    [InlineData(233, Band.Unknown)]
    [InlineData(0, Band.Unknown)]
    internal void GuessBand(int channel, Band band) => Assert.Equal(band, WirelessChannel.GuessBand(channel));
}
