using KismetPS.Capture.Pcap;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Capture.Tests.Pcap;

/// <summary>What is written as radiotap is read back by the decoder as the same facts.</summary>
public class RadiotapWriterTests
{
    [Fact]
    public void Nothing_known_is_the_empty_header()
    {
        byte[] header = new byte[RadiotapWriter.MaxLength];
        header.AsSpan().Fill(0xEE);
        Assert.Equal(8, RadiotapWriter.Write(header, default));
        Assert.Equal([0, 0, 8, 0, 0, 0, 0, 0], header[..8]);
    }

    [Fact]
    public void Fields_lie_where_radiotap_wants_them()
    {
        RadioInfo radio = default;
        radio.SetTimestamp(0x0102030405060708);
        radio.Fcs = FcsState.PresentBad;
        radio.SetLegacyRate(11_000);
        radio.SetFrequency(2437);
        radio.SetSignal(-60);
        radio.SetNoise(-95);
        radio.SetAntenna(2);
        byte[] header = new byte[RadiotapWriter.MaxLength];
        int length = RadiotapWriter.Write(header, in radio);
        Assert.Equal(
            [0, 0, 25, 0, 0x6F, 0x08, 0, 0, 8, 7, 6, 5, 4, 3, 2, 1, 0x50, 22, 0x85, 0x09, 0xA0, 0, 0xC4, 0xA1, 2],
            header[..length]);
    }

    [Theory]
    [InlineData(2412, 11_000, 0x00A0)]
    [InlineData(2412, 54_000, 0x00C0)]
    [InlineData(2484, 0, 0x0080)]
    [InlineData(5180, 6_000, 0x0140)]
    [InlineData(5955, 6_000, 0x0040)]
    public void Channel_flags_tell_band_and_modulation(int mhz, int kbps, int flags)
    {
        RadioInfo radio = default;
        radio.SetFrequency(mhz);
        radio.SetLegacyRate(kbps);
        byte[] header = new byte[RadiotapWriter.MaxLength];
        int length = RadiotapWriter.Write(header, in radio);
        Assert.Equal(flags, header[length - 2] | (header[length - 1] << 8));
    }

    [Theory]
    [InlineData(6, 2437)]
    [InlineData(14, 2484)]
    [InlineData(36, 5180)]
    [InlineData(177, 5885)]
    [InlineData(20, 0)]
    [InlineData(2000, 0)]
    public void A_channel_without_its_band_is_taken_as_old_equipment_means_it(int channel, int mhz)
    {
        var radio = new RadioInfo { Fields = RadioFields.Channel, Channel = (ushort)channel };
        RadioInfo read = RoundTrip(in radio);
        Assert.Equal(mhz, read.Has(RadioFields.Frequency) ? read.FrequencyMHz : 0);
    }

    [Fact]
    public void A_ratio_is_written_as_the_noise_floor_under_the_signal()
    {
        var radio = new RadioInfo { Fields = RadioFields.Signal | RadioFields.Snr, SignalDbm = -60, SnrDb = 35 };
        RadioInfo read = RoundTrip(in radio);
        Assert.Equal(-95, read.NoiseDbm);
        Assert.True(read.Has(RadioFields.Noise));
    }

    [Fact]
    public void Random_facts_come_back()
    {
        var random = new Random(5);
        int[] frequencies = [2412, 2437, 2484, 4920, 5180, 5825, 5935, 5955, 7115];
        int[] rates = [1000, 2000, 5500, 11_000, 6000, 54_000, 127_500];
        for (int i = 0; i < 20_000; i++)
        {
            RadioInfo radio = default;
            if (Coin())
            {
                radio.SetTimestamp((ulong)random.NextInt64());
            }

            radio.Fcs = (FcsState)random.Next(5);
            radio.DataPad = radio.Fcs != FcsState.Unknown && Coin();
            bool ht = random.Next(4) == 0;
            if (ht)
            {
                radio.Phy = PhyType.Ht;
                radio.Mcs = (byte)random.Next(8);
                radio.Streams = 1;
                radio.Fields |= RadioFields.Mcs;
            }
            else if (Coin())
            {
                radio.SetLegacyRate(rates[random.Next(rates.Length)]);
            }

            if (Coin())
            {
                radio.SetFrequency(frequencies[random.Next(frequencies.Length)]);
            }

            if (Coin())
            {
                radio.SetSignal(random.Next(-128, 0));
                if (Coin())
                {
                    radio.SetNoise(random.Next(-128, 0));
                }
            }
            else if (Coin())
            {
                radio.SetRawSignal(random.Next(100, 256));
                if (Coin())
                {
                    radio.SnrDb = (short)random.Next(0, 100);
                    radio.Fields |= RadioFields.Snr;
                }
            }

            if (Coin())
            {
                radio.SetAntenna((byte)random.Next(256));
            }

            RadioInfo read = RoundTrip(in radio);
            Assert.Equal(radio.Fields, read.Fields);
            Assert.Equal(radio.Fcs, read.Fcs);
            Assert.Equal(radio.DataPad, read.DataPad);
            Assert.Equal(radio.TimestampUs, read.TimestampUs);
            Assert.Equal(radio.RateKbps, read.RateKbps);
            Assert.Equal((radio.FrequencyMHz, radio.Channel, radio.Band), (read.FrequencyMHz, read.Channel, read.Band));
            Assert.Equal((radio.SignalDbm, radio.NoiseDbm, radio.SnrDb, radio.RawSignal), (read.SignalDbm, read.NoiseDbm, read.SnrDb, read.RawSignal));
            Assert.Equal((radio.Antenna, radio.Mcs), (read.Antenna, read.Mcs));
        }

        bool Coin() => random.Next(2) == 0;
    }

    private static RadioInfo RoundTrip(in RadioInfo radio)
    {
        byte[] header = new byte[RadiotapWriter.MaxLength];
        int length = RadiotapWriter.Write(header, in radio);
        RadioInfo read = default;
        Assert.Equal(DecodeStatus.Ok, RadioHeader.TryRead(header.AsSpan(0, length), LinkType.Radiotap, ref read, out int headerLength));
        Assert.Equal(length, headerLength);
        return read;
    }
}
