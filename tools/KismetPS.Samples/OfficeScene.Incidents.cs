using System.Text;
using KismetPS.TestKit.Frames;
using KismetPS.Wireless;

namespace KismetPS.Samples;

/// <content>What deserves a look: links between access points, names that attack their readers, a twin, a flood.</content>
public sealed partial class OfficeScene
{
    private void Incidents()
    {
        Repeater();
        Mesh();
        AdHoc();
        HostileNames();
        EvilTwin();
        DeauthenticationFlood();
    }

    private void Repeater()
    {
        var repeater = new Station("C0:25:06:99:1A:77", -66, -80, -61);
        MacAddress behind = MacAddress.Parse("B8:27:EB:30:00:99");
        for (int i = 0; i < 22; i++)
        {
            long t = 7_000_000 + (i * 2_650_000L);
            Put(t, repeater, 2412, Payload(FrameBuilder.Wds(_store.Address, repeater.Address, s_server, behind), DataProtection.Tkip), mayRepeat: true);
            Put(t + 5_000, _store, 2412, Payload(FrameBuilder.Wds(repeater.Address, _store.Address, behind, s_server), DataProtection.Tkip));
        }
    }

    private void Mesh()
    {
        Station[] nodes = [new("12:00:5E:10:00:01", -73, -70, -82), new("12:00:5E:10:00:02", -79, -75, -87)];
        for (int i = 0; i < 24; i++)
        {
            long t = 300_000 + (i * 2_700_000L);
            Station node = nodes[i % 2];
            Put(t, node, 5745, FrameBuilder.MeshBeacon(node.Address, "yard-mesh", 149), rate: 12);
            Put(t + 400_000, node, 5745, FrameBuilder.Mesh(nodes[1 - (i % 2)].Address, node.Address, nodes[1 - (i % 2)].Address, node.Address).Body(_dice.Bytes(40)), rate: 48);
        }
    }

    private void AdHoc()
    {
        var laptop = new Station("00:1B:77:40:11:0A", -77, -82, -74);
        MacAddress cell = MacAddress.Parse("02:1B:77:9C:00:0A");
        for (int i = 0; i < 12; i++)
        {
            Put(1_100_000 + (i * 5_100_000L), laptop, 2462, FrameBuilder.IbssBeacon(laptop.Address, cell, "beamer", 11), rate: 2);
        }
    }

    // A device that takes names to be a way in: a formula, terminal escapes, markup of two kinds, bytes that are no text, one longer than the
    // standard allows.
    private void HostileNames()
    {
        var attacker = new Station("02:BA:D0:00:00:02", -80, -78, -84);
        byte[][] names =
        [
            Encoding.UTF8.GetBytes("=cmd|' /c calc'!A0"),
            Encoding.UTF8.GetBytes("\u001b[2J\u001b[31mPWNED"),
            Encoding.UTF8.GetBytes("<script>alert(1)</script>"),
            Encoding.UTF8.GetBytes("[red]x[/] ; \"a\",b"),
            [0xFF, 0xFE, 0x00, 0x41, 0x0D, 0x0A, 0xC3, 0x28],
            Encoding.UTF8.GetBytes(new string('A', 60)),
        ];
        for (int i = 0; i < 18; i++)
        {
            long t = 15_000_000 + (i * 1_024_000L);
            Put(t, attacker, 2437, FrameBuilder.Beacon(attacker.Address, names[i % names.Length], 6), rate: 2);
        }
    }

    // The guests' network again, without protection, from an address nobody knows.
    private void EvilTwin()
    {
        var twin = new Station("02:BA:D0:00:00:01", -58, -64, -72);
        for (int i = 0; i < 20; i++)
        {
            long t = 38_000_000 + (i * 1_331_200L);
            Put(t, twin, 2437, FrameBuilder.Beacon(twin.Address, "HF-Guest", 6).Ht(6), rate: 2);
        }
    }

    // And the guests are driven off the real one, in its name.
    private void DeauthenticationFlood()
    {
        for (int i = 0; i < 64; i++)
        {
            Put(40_000_000 + (i * 12_000L), _guest, 2437, FrameBuilder.Deauthentication(MacAddress.Broadcast, _guest.Address, _guest.Address), rate: 2);
        }
    }
}
