using KismetPS.TestKit.Frames;
using KismetPS.Wireless;

namespace KismetPS.Samples;

/// <content>Who uses them.</content>
public sealed partial class OfficeScene
{
    private static readonly MacAddress s_router = MacAddress.Parse("00:1B:54:10:00:01");
    private static readonly MacAddress s_server = MacAddress.Parse("00:1B:78:10:00:02");

    private void Clients()
    {
        OfficeClients();
        GuestClients();
        Things();
        SixGigahertzClients();
        CafeClients();
        Passers();
    }

    private void OfficeClients()
    {
        string[] laptops = ["3C:A9:F4:10:20:01", "3C:A9:F4:10:20:02", "3C:A9:F4:10:20:03", "3C:15:C2:10:20:04", "3C:15:C2:10:20:05"];
        for (int i = 0; i < laptops.Length; i++)
        {
            var laptop = new Station(laptops[i], -50 - (3 * i), -54 - (4 * i), -70 + (3 * i));
            AccessPoint ap = i % 2 == 0 ? _office24 : _office5;
            Probe(700_000 + (i * 1_900_000), laptop, ap, "HF-Office");
            long t = Join(800_000 + (i * 1_900_000), laptop, ap);
            if (i == 1)
            {
                // Carried through the corridor: it roams.
                Talk(t, 28_000_000, 1_400, laptop, ap, s_router);
                t = Join(28_200_000, laptop, _officeDfs, from: ap);
                ap = _officeDfs;
            }

            Talk(t, OfficeUs + SensorsUs, 1_500 + (200 * i), laptop, ap, i % 2 == 0 ? s_router : s_server);
        }
    }

    private void GuestClients()
    {
        string[] phones = ["5A:31:7C:00:9E:11", "9E:04:D2:71:30:42", "DA:A1:19:5E:8B:03", "F6:7B:09:C2:18:C4", "5C:0A:5B:20:30:05"];
        for (int i = 0; i < phones.Length; i++)
        {
            var phone = new Station(phones[i], -46 - (4 * i), -49 - (5 * i), -63 - i);
            Probe(2_100_000 + (i * 2_300_000), phone, _guest, i % 2 == 0 ? string.Empty : "HF-Guest");
            long t = Join(2_300_000 + (i * 2_300_000), phone, _guest);
            Talk(t, OfficeUs + SensorsUs, 2_000 + (250 * i), phone, _guest, s_router);
        }
    }

    private void Things()
    {
        (string Address, AccessPoint Ap, int Near, int East, int West)[] things =
        [
            ("24:0A:C4:30:00:01", _store, -62, -79, -57),
            ("24:0A:C4:30:00:02", _store, -67, -81, -60),
            ("24:0A:C4:30:00:03", _store, -70, -86, -66),
            ("AC:CC:8E:30:00:04", _backroom, -58, -76, -52),
            ("B8:27:EB:30:00:05", _backroom, -61, -78, -50),
            ("00:80:92:30:00:06", _scale, -72, -85, -64),
            ("00:0E:58:30:00:07", _office24, -56, -60, -73),
            ("00:1F:29:44:7A:8C", _office24, -53, -57, -71),
        ];
        for (int i = 0; i < things.Length; i++)
        {
            var thing = new Station(things[i].Address, things[i].Near, things[i].East, things[i].West);
            AccessPoint ap = things[i].Ap;
            if (ap.Hidden)
            {
                // Asking for it by name is what tells the name of a hidden network.
                Probe(5_000_000 + (i * 900_000), thing, ap, ap.Ssid);
            }

            long t = Join(6_000_000 + (i * 900_000), thing, ap);
            Talk(t, OfficeUs + SensorsUs, 2_600 + (170 * i), thing, ap, s_server);
        }
    }

    private void SixGigahertzClients()
    {
        var first = new Station("3C:A9:F4:10:60:01", -64, -62, -79);
        var second = new Station("72:5F:E0:44:60:02", -68, -66, -83);
        Talk(Join(9_000_000, first, _office6), OfficeUs + SensorsUs, 1_700, first, _office6, s_router);
        Talk(Join(11_000_000, second, _sae6), OfficeUs + SensorsUs, 2_100, second, _sae6, s_router);
    }

    private void CafeClients()
    {
        string[] guests = ["A6:22:10:9C:77:01", "CE:8D:43:10:05:02", "5C:0A:5B:70:70:03"];
        for (int i = 0; i < guests.Length; i++)
        {
            var guest = new Station(guests[i], -76 - i, -71 - i, -87);
            Talk(Join(3_000_000 + (i * 700_000), guest, _cafe), 30_000_000, 2_500, guest, _cafe, MacAddress.Parse("50:C7:BF:0D:CA:FF"));
        }

        string[] free = ["E2:40:1B:33:44:01", "3C:5A:B4:33:44:02"];
        for (int i = 0; i < free.Length; i++)
        {
            AccessPoint ap = i == 0 ? _oweHidden : _oweOpen;
            var client = new Station(free[i], -71, -65 - i, -79);
            Probe(12_000_000 + (i * 800_000), client, ap, ap.Ssid);
            Talk(Join(12_400_000 + (i * 800_000), client, ap), OfficeUs + SensorsUs, 2_300, client, ap);
        }
    }

    // Telephones in pockets: a new address for each burst of probes, and old names asked for.
    private void Passers()
    {
        string[][] names = [["Airport Free Wi-Fi"], ["Oma Gertrud", "iPhone von Jo"], [string.Empty], ["HF-Office-old"], ["東京カフェ"], [string.Empty, "Hotel Bellevue"], [string.Empty], ["Linksys"]];
        for (int i = 0; i < names.Length; i++)
        {
            var phone = new Station(new MacAddress(0x02_00_00_00_00_00UL | ((ulong)_dice.Roll(0x3F) << 42) | (ulong)(0x51_0000_0000L + (i * 0x01_1F_37L))).ToString(), -70 - (2 * i), -72 - i, -75 - i);
            for (int burst = 0; burst < 3; burst++)
            {
                foreach (string name in names[i])
                {
                    int frequency = burst switch { 0 => 2412, 1 => 2437, _ => 2462 };
                    Put(4_000_000 + (i * 6_300_000) + (burst * 40_000), phone, frequency, FrameBuilder.ProbeRequest(phone.Address, name).HtCapabilities(1), rate: 2);
                }
            }
        }
    }
}
