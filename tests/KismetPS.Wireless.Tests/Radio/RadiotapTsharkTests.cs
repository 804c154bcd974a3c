using System.Globalization;
using KismetPS.TestKit;
using KismetPS.Wireless.Radio;
using Xunit;
using static KismetPS.Wireless.Tests.Radio.RadiotapBuilder;

namespace KismetPS.Wireless.Tests.Radio;

/// <summary>Headers made at random, every field in every combination, read by us and by tshark.</summary>
public sealed class RadiotapTsharkTests
{
    private static readonly byte[] Frame = [0xD4, 0, 0, 0, 0x02, 0, 0, 0, 0, 1];

    private static readonly string[] Columns =
    [
        "radiotap.length", "radiotap.mactime", "radiotap.flags.fcs", "radiotap.flags.badfcs", "radiotap.flags.datapad", "radiotap.channel.freq",
        "radiotap.dbm_antsignal", "radiotap.dbm_antnoise", "wlan_radio.data_rate", "radiotap.mcs.index", "radiotap.vht.nss.0", "wlan_radio.channel",
        "wlan.fc.type_subtype",
    ];

    [TsharkFact]
    public void RandomHeadersAreReadAsTsharkReadsThem()
    {
        Random random = new(20240607);
        List<byte[]> packets = [];
        for (int i = 0; i < 3000; i++)
        {
            packets.Add(Header(random).ToArray(Frame));
        }

        string file = Path.Combine(Path.GetTempPath(), $"kismetps-radiotap-{Guid.NewGuid():N}.pcap");
        try
        {
            PcapFileWriter.Write(file, (int)LinkType.Radiotap, packets);
            string[][] rows = Tshark.Fields(file, Columns);
            Assert.Equal(packets.Count, rows.Length);
            List<string> wrong = [];
            for (int i = 0; i < rows.Length; i++)
            {
                Compare(i, packets[i], rows[i], wrong);
            }

            Assert.True(wrong.Count == 0, $"{wrong.Count} differ:\n" + string.Join('\n', wrong.Take(30)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Compare(int i, byte[] packet, string[] row, List<string> wrong)
    {
        RadioInfo radio = default;
        Assert.Equal(DecodeStatus.Ok, RadioHeader.TryRead(packet, LinkType.Radiotap, ref radio, out int length));

        // A bad FCS makes tshark leave the frame alone; a data pad is beside the point of a control frame.
        string First(int column) => row[column].Split(',')[0];
        void Check(int column, string actual, string? expected = null)
        {
            expected ??= First(column);
            if (expected != actual)
            {
                wrong.Add($"{i}: {Columns[column]} is '{expected}', read '{actual}': {Convert.ToHexString(packet)}");
            }
        }

        string Text(RadioFields field, long value) => radio.Has(field) ? value.ToString(CultureInfo.InvariantCulture) : "";
        Check(0, length.ToString(CultureInfo.InvariantCulture));
        Check(1, Text(RadioFields.Timestamp, (long)radio.TimestampUs));
        Check(2, radio.Fcs switch { FcsState.Unknown => "", FcsState.Present or FcsState.PresentBad => "1", _ => "0" });
        Check(3, radio.Fcs switch { FcsState.Unknown => "", FcsState.PresentBad or FcsState.AbsentBad => "1", _ => "0" });
        Check(4, radio.DataPad ? "1" : "0", First(4) == "1" ? "1" : "0");
        Check(5, Text(RadioFields.Frequency, radio.FrequencyMHz), First(5) == "0" ? "" : First(5));
        Check(6, Text(RadioFields.Signal, radio.SignalDbm));
        Check(7, Text(RadioFields.Noise, radio.NoiseDbm));
        Check(9, radio.Phy == PhyType.Ht ? Text(RadioFields.Mcs, radio.Mcs) : First(9));
        Check(11, Text(RadioFields.Channel, radio.Channel));
        if (!HasOtherRate(radio))
        {
            string rate = radio.Has(RadioFields.Rate) ? (radio.RateKbps / 1000.0).ToString("0.0", CultureInfo.InvariantCulture) : "";
            Check(8, rate, double.TryParse(row[8], CultureInfo.InvariantCulture, out double told) ? told.ToString("0.0", CultureInfo.InvariantCulture) : "");
        }
    }

    /// <summary>Where tshark 4.0 gives another rate, or none: HE; HT MCS 32 (it scales 20 MHz rates, the standard has 6.0 and 6.7) and 76 (its table ends before); the VHT combinations that IEEE Std 802.11-2020 21.5 excludes.</summary>
    private static bool HasOtherRate(in RadioInfo radio) => radio.Phy switch
    {
        PhyType.He => true,
        PhyType.Ht => radio.Mcs is 32 or 76,
        PhyType.Vht => (radio.Mcs, radio.Streams, radio.WidthMHz) is (9, not (3 or 6), 20) or (6, 3 or 7, 80) or (9, 6, 80) or (9, 3, 160),
        _ => false,
    };

    private static RadiotapBuilder Header(Random random)
    {
        byte[] Bytes(int count)
        {
            byte[] bytes = new byte[count];
            random.NextBytes(bytes);
            return bytes;
        }

        RadiotapBuilder builder = new();
        int modulation = random.Next(4);
        for (int field = 0; field < Layout.Length; field++)
        {
            if (random.Next(3) == 0)
            {
                continue;
            }

            switch (field)
            {
                case 0:
                    builder.With(0, [.. Bytes(5), 0, 0, 0]);
                    break;
                case 2:
                    builder.With(2, (byte)new[] { 2, 4, 11, 22, 12, 18, 24, 36, 48, 72, 96, 108 }[random.Next(12)]);
                    break;
                case 3:
                    builder.With(3, Le16(new[] { 2412, 2437, 2484, 5180, 5825, 5955, 6415, 7115 }[random.Next(8)], 0));
                    break;
                case 19:
                    if (modulation == 1)
                    {
                        builder.With(19, 0x07, (byte)random.Next(8), (byte)random.Next(77));
                    }

                    break;
                case 21:
                    if (modulation == 2)
                    {
                        builder.With(21, [0x44, 0, .. Bytes(1), (byte)random.Next(26), (byte)((random.Next(10) << 4) | random.Next(1, 9)), 0, 0, 0, 0, 0, 0, 0]);
                    }

                    break;
                case 23:
                    if (modulation == 3)
                    {
                        builder.With(23, Bytes(12));
                    }

                    break;
                case 4 or 18 or 22 or 25 or 26:
                    // FHSS, XChannel, timestamp: tshark has its own view of what they mean. 25 it does not know. 26 says that no frame follows.
                    break;
                default:
                    builder.With(field, Bytes(Layout[field].Size));
                    break;
            }
        }

        if (random.Next(3) == 0)
        {
            builder.NextVendor(Bytes(random.Next(40)), (uint)random.Next()).NextRadiotap().With(5, Bytes(1)).With(11, Bytes(1));
        }

        for (int antenna = random.Next(3); antenna > 0; antenna--)
        {
            builder.NextRadiotap().With(5, Bytes(1)).With(11, Bytes(1));
        }

        return builder;
    }
}
