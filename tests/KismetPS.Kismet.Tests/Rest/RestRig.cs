using System.Net;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.Kismet.Rest;
using KismetPS.TestKit.Web;
using Xunit;

namespace KismetPS.Kismet.Tests.Rest;

/// <summary>What tests over a scripted HTTP server share.</summary>
internal static class RestRig
{
    public const string Ap = "4202770D00000000_1";

    /// <summary>Options for a server, polled ten times a second.</summary>
    public static KismetConnectionOptions Options(int port) => new()
    {
        ComputerName = "127.0.0.1",
        Port = port,
        Protocol = KismetServerProtocol.Rest,
        UpdateInterval = TimeSpan.FromMilliseconds(100),
        ConnectTimeout = TimeSpan.FromSeconds(120),
        FirstLook = TimeSpan.FromSeconds(120),
    };

    public static KismetConnection Connect(KismetWeb web, Func<KismetConnectionOptions, KismetConnectionOptions>? change = null)
    {
        KismetConnectionOptions options = Options(web.Port);
        return KismetConnection.Start(change?.Invoke(options) ?? options, ServerLinks.Create);
    }

    /// <summary>The failure of connecting.</summary>
    public static KismetException Fails(KismetConnectionOptions options)
    {
        KismetException e = Assert.Throws<KismetException>(() => KismetConnection.Start(options, ServerLinks.Create));
        Assert.False(string.IsNullOrWhiteSpace(e.Advice), e.Message);
        return e;
    }

    public static async Task Until(Func<bool> condition, string what = "the condition came true", KismetConnection? session = null)
    {
        long end = Environment.TickCount64 + 120_000;
        while (!condition())
        {
            Assert.True(Environment.TickCount64 < end, $"two minutes and not: {what}; {session?.State} {session?.Server.LastFailure} {session?.Error?.Message}");
            await Task.Delay(10);
        }
    }

    /// <summary>A full record as the server keeps it, of an access point unless said otherwise.</summary>
    public static string Record(int number, string? ssid = null, long? last = null, int packets = 5, string extra = "") => $$"""
        {"kismet.device.base.key":"{{"4202770D00000000_" + number}}","kismet.device.base.macaddr":"{{Mac(number)}}","kismet.device.base.phyname":"IEEE802.11",
        "kismet.device.base.type":"Wi-Fi AP","kismet.device.base.commonname":"x","kismet.device.base.channel":"6","kismet.device.base.frequency":2437000,
        "kismet.device.base.crypt":"WPA2 WPA2-PSK AES-CCMP","kismet.device.base.first_time":1700000000,"kismet.device.base.last_time":{{last ?? DateTimeOffset.UtcNow.ToUnixTimeSeconds()}},
        "kismet.device.base.packets.total":{{packets}},"kismet.device.base.signal":{"kismet.common.signal.type":"dbm","kismet.common.signal.last_signal":-51},
        "dot11.device":{"dot11.device.last_beaconed_ssid_record":{"dot11.advertisedssid.ssid":"{{ssid ?? "net" + number}}"},"dot11.device.num_advertised_ssids":1,
        "dot11.device.advertised_ssid_map":[{"dot11.advertisedssid.ssid":"{{ssid ?? "net" + number}}","dot11.advertisedssid.crypt_string":"WPA2 WPA2-PSK AES-CCMP"}]}{{extra}}}
        """;

    public static string Mac(int number) => $"02:00:{(byte)(number >> 24):X2}:{(byte)(number >> 16):X2}:{(byte)(number >> 8):X2}:{(byte)number:X2}";

    public static string Alert(string header, double seconds) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{{\"kismet.alert.header\":\"{header}\",\"kismet.alert.text\":\"{header} seen\",\"kismet.alert.timestamp\":{seconds:0.000000},\"kismet.alert.transmitter_mac\":\"02:00:00:00:00:01\",\"kismet.alert.channel\":\"6\"}}");

    public static SecureString Secret(string text) => RestCredential.Secret(text);

    /// <summary>A certificate of its own making.</summary>
    public static X509Certificate2 Certificate(bool expired = false, string name = "localhost")
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        if (name == "localhost")
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset end = DateTimeOffset.UtcNow.AddDays(expired ? -1 : 1);
        return request.CreateSelfSigned(end.AddDays(-10), end);
    }
}
