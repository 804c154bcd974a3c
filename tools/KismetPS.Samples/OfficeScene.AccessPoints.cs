using KismetPS.TestKit.Frames;
using KismetPS.Wireless;

namespace KismetPS.Samples;

/// <content>The networks on the air.</content>
public sealed partial class OfficeScene
{
    private static readonly byte[] s_mld = [0xDA, 0xC7, 0xC8, 0x4A, 0x37, 0x00];

    private readonly AccessPoint _office24 = new("D8:C7:C8:4A:10:E1", -48, -51, -66)
    {
        Ssid = "HF-Office",
        Channel = 1,
        FrequencyMHz = 2412,
        Security = SecurityPreset.Wpa2Eap,
        Elements = static f => f.Country().Ht(1).Load(4, 60).ApName("HF-2-east", 4),
    };

    private readonly AccessPoint _office5 = new("D8:C7:C8:4A:22:F2", -57, -69, -52)
    {
        Ssid = "HF-Office",
        Channel = 36,
        FrequencyMHz = 5180,
        Security = SecurityPreset.Wpa2Eap,
        Elements = static f => f.Country().Vht(1, 42).Load(6, 95),
    };

    private readonly AccessPoint _officeDfs = new("D8:C7:C8:4A:37:F3", -63, -58, -71)
    {
        Ssid = "HF-Office",
        Channel = 100,
        FrequencyMHz = 5500,
        Security = SecurityPreset.Wpa2Eap,
        Elements = static f => f.Country().Vht(1, 106).He(),
    };

    private readonly AccessPoint _office6 = new("D8:C7:C8:4A:37:F6", -61, -60, -78)
    {
        Ssid = "HF-Office",
        Channel = 37,
        FrequencyMHz = 6135,
        Security = SecurityPreset.Wpa3SuiteB192,
        Elements = static f => f.Country().He6(37, 3, 39, 47).Eht(39, 47, s_mld),
    };

    private readonly AccessPoint _guest = new("24:A4:3C:5B:01:60", -44, -50, -59)
    {
        Ssid = "HF-Guest",
        Channel = 6,
        FrequencyMHz = 2437,
        Security = SecurityPreset.Wpa3Transition,
        Elements = static f => f.Country().Ht(6).He(),
    };

    private readonly AccessPoint _sae6 = new("24:A4:3C:5B:01:65", -66, -63, -80)
    {
        Ssid = "HF-6E",
        Channel = 5,
        FrequencyMHz = 5975,
        Security = SecurityPreset.Wpa3Sae,
        Elements = static f => f.Country().He6(5, 2, 7),
    };

    private readonly AccessPoint _backroom = new("4C:5E:0C:77:00:06", -55, -74, -49)
    {
        Ssid = "backroom",
        Channel = 6,
        FrequencyMHz = 2437,
        Security = SecurityPreset.Wpa2Psk,
        Hidden = true,
        Elements = static f => f.Ht(6, streams: 1),
    };

    private readonly AccessPoint _scale = new("00:1D:AA:03:07:11", -71, -83, -62) { Ssid = "SCALE-07", Channel = 11, FrequencyMHz = 2462, Security = SecurityPreset.Wep };

    private readonly AccessPoint _store = new("C0:25:06:99:1A:01", -60, -77, -55)
    {
        Ssid = "FRITZ!Box Lager",
        Channel = 1,
        FrequencyMHz = 2412,
        Security = SecurityPreset.WpaWpa2,
        Elements = static f => f.Ht(1).Wps("AVM", "FBox", "FRITZ!Box 7270"),
    };

    private readonly AccessPoint _cafe = new("50:C7:BF:0D:CA:FE", -74, -68, -85) { Ssid = "Café Möwe ☕", Channel = 11, FrequencyMHz = 2462, };

    private readonly AccessPoint _printer = new("00:1F:29:44:7A:0C", -52, -56, -70)
    {
        Ssid = "DIRECT-7A-HP OfficeJet",
        Channel = 6,
        FrequencyMHz = 2437,
        Security = SecurityPreset.Wpa2Psk,
        Elements = static f => f.Ht(6, streams: 1).Wps("HP", "OfficeJet Pro", "HP OfficeJet"),
    };

    private readonly AccessPoint _oweOpen = new("F0:9F:C2:30:44:00", -69, -62, -76)
    {
        Ssid = "Harbour Free",
        Channel = 44,
        FrequencyMHz = 5220,
        Elements = static f => f.OweTransition(MacAddress.Parse("F2:9F:C2:30:44:00"), "Harbour Free-owe"),
    };

    private readonly AccessPoint _oweHidden = new("F2:9F:C2:30:44:00", -69, -62, -76)
    {
        Ssid = "Harbour Free-owe",
        Channel = 44,
        FrequencyMHz = 5220,
        Security = SecurityPreset.Owe,
        Hidden = true,
        Elements = static f => f.OweTransition(MacAddress.Parse("F0:9F:C2:30:44:00"), "Harbour Free"),
    };

    private IEnumerable<AccessPoint> AccessPoints =>
        [_office24, _office5, _officeDfs, _office6, _guest, _sae6, _backroom, _scale, _store, _cafe, _printer, _oweOpen, _oweHidden];

    // In the middle of the minute the café's router goes to another channel without announcing it.
    private void Retune(AccessPoint ap, long t)
    {
        if (ap == _cafe && t > 31_000_000)
        {
            ap.Channel = 3;
            ap.FrequencyMHz = 2422;
        }
    }
}
