using System.Buffers.Binary;
using System.Globalization;
using KismetPS.TestKit;
using KismetPS.Wireless.Radio;
using Xunit;

namespace KismetPS.Wireless.Tests.Radio;

/// <summary>Every packet with a radio header against tshark's wlan_radio and FCS fields.</summary>
public sealed class RadioOracleTests
{
    public static TheoryData<string> Files => OracleCaptures.WithLink((int)LinkType.Radiotap, (int)LinkType.Prism, (int)LinkType.Avs, (int)LinkType.Ppi);

    [CapturesTheory]
    [MemberData(nameof(Files))]
    public void RadioFactsAreTsharks(string file)
    {
        OracleTable table = OracleCaptures.Frames(file);
        List<string> wrong = [];
        foreach (CapturedPacket packet in OracleCaptures.Packets(file))
        {
            int row = packet.Number - 1;
            LinkType link = (LinkType)packet.LinkType;
            RadioInfo radio = default;
            DecodeStatus status = RadioHeader.TryRead(packet.Bytes, link, ref radio, out int length);
            void Check(string column, string actual)
            {
                string expected = table[row, column];
                if (expected != actual && !IsKnown(column, expected, actual, link, packet.Bytes, radio))
                {
                    wrong.Add($"{packet.Number}: {column} is '{expected}', read '{actual}' ({status})");
                }
            }

            Check("wlan_radio.channel", radio.Has(RadioFields.Channel) ? Text(radio.Channel) : "");
            Check("wlan_radio.frequency", radio.Has(RadioFields.Frequency) ? Text(radio.FrequencyMHz) : "");
            Check("wlan_radio.signal_dbm", radio.Has(RadioFields.Signal) ? Text(radio.SignalDbm) : "");
            Check("wlan_radio.noise_dbm", radio.Has(RadioFields.Noise) ? Text(radio.NoiseDbm) : "");
            Check("wlan_radio.data_rate", radio.Has(RadioFields.Rate) ? (radio.RateKbps / 1000.0).ToString("0.######", CultureInfo.InvariantCulture) : "");
            Check("radiotap.flags.fcs", radio.Fcs switch { FcsState.Unknown => "", FcsState.Present or FcsState.PresentBad => "1", _ => "0" });
            Check("radiotap.flags.badfcs", radio.Fcs switch { FcsState.Unknown => "", FcsState.PresentBad or FcsState.AbsentBad => "1", _ => "0" });

            // tshark says 1 for a right FCS, 0 for a wrong one, 2 for one it was not told to check; its CRC verdict is the one of wlan.fcs.
            if (status == DecodeStatus.Ok && radio.Fcs == FcsState.Present && table[row, "wlan.fcs"].Length > 0)
            {
                uint fcs = uint.Parse(table[row, "wlan.fcs"].AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                Assert.Equal(fcs, BinaryPrimitives.ReadUInt32LittleEndian(packet.Bytes.AsSpan()[^4..]));
                string verdict = FcsDetector.Verify(packet.Bytes.AsSpan(length), radio.Fcs) == FcsState.Present ? "1" : "0";
                string expected = table[row, "wlan.fcs.status"];
                if (expected != "2" && expected != verdict)
                {
                    wrong.Add($"{packet.Number}: wlan.fcs.status is '{expected}', found '{verdict}'");
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} differ:\n" + string.Join('\n', wrong.Take(40)));
    }

    /// <summary>Where we differ from tshark 4.0 on purpose.</summary>
    private static bool IsKnown(string column, string expected, string actual, LinkType link, byte[] packet, in RadioInfo radio) => column switch
    {
        // A channel without frequency (Prism, AVS) gets the frequency of its band; tshark leaves it empty.
        "wlan_radio.frequency" => expected.Length == 0 && link is LinkType.Prism or LinkType.Avs && radio.Has(RadioFields.Channel)
            && actual == Text(WirelessChannel.FrequencyMHz(Band.Ghz2, radio.Channel)),

        // Headers that tell the signal once per antenna: tshark keeps the last, which is one antenna's; the first is the receiver's.
        // Prism: tshark takes an RSSI of 0, a field the driver did not fill, for 0 dBm.
        "wlan_radio.signal_dbm" => (link == LinkType.Radiotap && PresentWordsWith(5, packet) > 1)
            || (link == LinkType.Prism && expected == "0" && actual.Length == 0),

        // Prism: tshark shows a negative noise in the header's tree only.
        "wlan_radio.noise_dbm" => link == LinkType.Prism && expected.Length == 0 && radio.NoiseDbm is < 0 and > -128,
        _ => false,
    };

    private static int PresentWordsWith(int bit, byte[] packet)
    {
        int count = 0;
        for (int at = 4; ; at += 4)
        {
            uint word = BinaryPrimitives.ReadUInt32LittleEndian(packet.AsSpan(at));
            count += (int)(word >> bit) & 1;
            if (word >> 31 == 0)
            {
                return count;
            }
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
