namespace KismetPS.Tracking.Tests.Oracle;

/// <summary>Why an address of tshark's table is no device of ours.</summary>
internal static class AbsentDevice
{
    private const string NoStation = "no station address";
    private const string Damaged = "only in frames with a wrong FCS";
    private const string Receiver = "only a receiver of management or control frames";

    private static readonly Dictionary<string, string[]> s_listed = new(StringComparer.Ordinal)
    {
        ["aircrack-n-02.cap"] = [$"00:00:00:00:00:00 {NoStation}", $"e0:3e:44:04:bc:d0 {Receiver}"],
        ["aircrack-wpa2-psk-linksys.cap"] = [$"00:14:bf:0f:03:32 {Receiver}"],
        ["aircrack-wpaclean_crash.pcap"] = [$"00:00:00:a0:00:00 {Receiver}"],
        ["scapy-bad_rsn_parsing_overrides_ssid.pcap"] = [$"ec:17:2f:82:1e:29 {Damaged}"],
        ["synth-modern-avs.pcap"] = [$"00:00:00:00:00:00 {NoStation}"],
        ["synth-modern-prism.pcap"] = [$"00:00:00:00:00:00 {NoStation}"],
        ["synth-modern-radiotap-fcs.pcap"] = [$"00:00:00:00:00:00 {NoStation}", $"02:aa:bb:cc:00:0b {Damaged}", $"02:aa:bb:cc:00:10 {Damaged}"],
        ["synth-modern-radiotap.pcap"] = [$"00:00:00:00:00:00 {NoStation}"],
        ["synth-modern-raw.pcap"] = [$"00:00:00:00:00:00 {NoStation}"],
        ["tcpdump-ieee802.11_rates_oobr.pcap"] = [$"30:30:30:30:30:30 {Receiver}"],
        ["tcpdump-ieee802.11_rx-stbc.pcap"] = [$"20:7c:8f:50:3f:3a {Damaged}", $"68:a3:c4:03:46:da {Damaged}"],
        ["ws-wpa-Induction.pcap"] =
        [
            $"00:0d:1d:06:e0:f2 {Damaged}",
            $"06:0c:41:82:b2:53 {Damaged}",
            $"4a:91:5a:a3:e4:0b {Damaged}",
            $"98:d3:04:64:fa:55 {Damaged}",
            $"f4:9f:8f:ea:7b:e6 {Damaged}",
        ],
    };

    /// <summary>The reason its frames give.</summary>
    public static string ReasonFor(string mac, IReadOnlyList<OracleFrame> frames)
    {
        if (!ExpectedDevices.IsStation(mac))
        {
            return NoStation;
        }

        OracleFrame[] good = [.. frames.Where(f => !f.IsDamaged && f.Addresses.Contains(mac))];
        if (good.Length == 0)
        {
            return Damaged;
        }

        return good.All(f => f.Transmitter != mac && f.Receiver == mac && !f.IsData) ? Receiver : "should be a device";
    }

    /// <summary>All there are in a capture, each with its reason.</summary>
    public static IEnumerable<string> ListedFor(string file) =>
        s_listed.TryGetValue(file, out string[]? listed) ? listed : [];
}
