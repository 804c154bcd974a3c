using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Wireless.Tests.Radio;

public sealed class ModulationRatesTests
{
    // IEEE Std 802.11-2020 19.5: tables 19-27 to 19-41.
    [Theory]
    [InlineData(0, 20, false, 6500)]
    [InlineData(7, 20, false, 65000)]
    [InlineData(7, 20, true, 72222)]
    [InlineData(15, 20, false, 130000)]
    [InlineData(15, 40, false, 270000)]
    [InlineData(15, 40, true, 300000)]
    [InlineData(23, 40, true, 450000)]
    [InlineData(31, 40, false, 540000)]
    [InlineData(31, 40, true, 600000)]
    [InlineData(8, 20, true, 14444)]
    [InlineData(32, 40, false, 6000)]
    [InlineData(32, 40, true, 6667)]
    [InlineData(32, 20, false, 0)]
    [InlineData(33, 20, false, 39000)]
    [InlineData(38, 20, false, 97500)]
    [InlineData(39, 20, false, 52000)]
    [InlineData(46, 20, false, 78000)]
    [InlineData(52, 20, false, 156000)]
    [InlineData(53, 20, false, 65000)]
    [InlineData(64, 20, false, 143000)]
    [InlineData(65, 20, false, 97500)]
    [InlineData(76, 20, false, 214500)]
    [InlineData(76, 40, true, 495000)]
    [InlineData(77, 20, false, 0)]
    [InlineData(-1, 20, false, 0)]
    [InlineData(7, 80, false, 0)]
    public void Ht(int mcs, int width, bool shortGi, int kbps) => Assert.Equal(kbps, ModulationRates.Ht(mcs, width, shortGi));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(8, 2)]
    [InlineData(31, 4)]
    [InlineData(32, 1)]
    [InlineData(33, 2)]
    [InlineData(38, 2)]
    [InlineData(39, 3)]
    [InlineData(52, 3)]
    [InlineData(53, 4)]
    [InlineData(76, 4)]
    [InlineData(77, 0)]
    [InlineData(-1, 0)]
    public void HtStreams(int mcs, int streams) => Assert.Equal(streams, ModulationRates.HtStreams(mcs));

    // IEEE Std 802.11-2020 21.5: tables 21-29 to 21-60; MCS 9 at 20 MHz and one stream is excluded there but met on the air.
    [Theory]
    [InlineData(0, 1, 20, false, 6500)]
    [InlineData(8, 1, 20, false, 78000)]
    [InlineData(9, 1, 20, true, 96296)]
    [InlineData(9, 3, 20, false, 260000)]
    [InlineData(9, 1, 40, true, 200000)]
    [InlineData(9, 1, 80, false, 390000)]
    [InlineData(9, 1, 80, true, 433333)]
    [InlineData(9, 2, 80, true, 866667)]
    [InlineData(9, 4, 80, true, 1733333)]
    [InlineData(9, 1, 160, true, 866667)]
    [InlineData(9, 8, 160, true, 6933333)]
    [InlineData(11, 1, 80, true, 541667)]
    [InlineData(12, 1, 80, true, 0)]
    [InlineData(9, 0, 80, true, 0)]
    [InlineData(9, 9, 80, true, 0)]
    [InlineData(9, 1, 320, true, 0)]
    public void Vht(int mcs, int streams, int width, bool shortGi, int kbps) => Assert.Equal(kbps, ModulationRates.Vht(mcs, streams, width, shortGi));

    // IEEE Std 802.11ax-2021 27.5: tables 27-79 to 27-111.
    [Theory]
    [InlineData(0, 1, 20, 800, 8603)]
    [InlineData(0, 1, 20, 1600, 8125)]
    [InlineData(0, 1, 20, 3200, 7313)]
    [InlineData(11, 1, 20, 800, 143382)]
    [InlineData(11, 2, 80, 800, 1200980)]
    [InlineData(11, 2, 160, 800, 2401961)]
    [InlineData(11, 8, 160, 800, 9607843)]
    [InlineData(9, 1, 40, 3200, 195000)]
    [InlineData(11, 1, 320, 800, 0)]
    [InlineData(12, 1, 80, 800, 0)]
    [InlineData(11, 1, 80, 400, 0)]
    [InlineData(11, 9, 80, 800, 0)]
    public void He(int mcs, int streams, int width, int gi, int kbps) => Assert.Equal(kbps, ModulationRates.He(mcs, streams, width, gi));

    // IEEE Std 802.11ax-2021 tables 27-55 to 27-78 (resource units).
    [Theory]
    [InlineData(0, 1, 26, 800, false, 882)]
    [InlineData(0, 1, 26, 800, true, 441)]
    [InlineData(11, 1, 26, 800, false, 14706)]
    [InlineData(11, 1, 52, 800, false, 29412)]
    [InlineData(11, 1, 106, 800, false, 62500)]
    [InlineData(0, 1, 242, 3200, true, 3656)]
    [InlineData(0, 1, 27, 800, false, 0)]
    public void HeUnit(int mcs, int streams, int tones, int gi, bool dcm, int kbps) =>
        Assert.Equal(kbps, ModulationRates.HeUnit(mcs, streams, ModulationRates.UnitCarriers(tones), gi, dcm));

    // IEEE Std 802.11be-2024 36.5.
    [Theory]
    [InlineData(0, 1, 20, 800, 8603)]
    [InlineData(13, 1, 20, 800, 172059)]
    [InlineData(13, 2, 160, 800, 2882353)]
    [InlineData(13, 2, 320, 800, 5764706)]
    [InlineData(13, 8, 320, 800, 23058824)]
    [InlineData(14, 1, 80, 800, 8603)]
    [InlineData(14, 1, 320, 800, 36029)]
    [InlineData(14, 1, 40, 800, 0)]
    [InlineData(14, 2, 80, 800, 0)]
    [InlineData(15, 1, 20, 800, 4301)]
    [InlineData(15, 1, 80, 3200, 15313)]
    [InlineData(16, 1, 80, 800, 0)]
    [InlineData(-1, 1, 80, 800, 0)]
    public void Eht(int mcs, int streams, int width, int gi, int kbps) => Assert.Equal(kbps, ModulationRates.Eht(mcs, streams, width, gi));
}
