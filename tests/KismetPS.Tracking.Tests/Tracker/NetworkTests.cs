using KismetPS.TestKit.Frames;
using KismetPS.Wireless;
using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Tracking.Tests.Tracker;

/// <summary>Networks and their names: hidden ones learnt, several of one access point, what beacons tell of them.</summary>
public sealed class NetworkTests
{
    private readonly EngineRig _rig = new();

    [Fact]
    public void A_hidden_name_is_learnt_from_a_probe_response_and_stays_hidden()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "", 6, SecurityPreset.Wpa2Psk));
        Assert.Null(_rig.Device(Macs.Ap).Ssid);
        _rig.Hear(FrameBuilder.ProbeResponse(Macs.Ap, Macs.Client, "secret", 6, SecurityPreset.Wpa2Psk));
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "", 6, SecurityPreset.Wpa2Psk));
        KismetNetwork network = Assert.Single(_rig.Networks());
        Assert.Equal(("secret", true, 2L), (network.Ssid, network.Hidden, network.Beacons));
        Assert.Equal("secret", _rig.Device(Macs.Ap).Ssid);
        Assert.Equal(3, Assert.Single(_rig.Device(Macs.Ap).Ssids).Packets);
    }

    [Fact]
    public void A_nul_filled_name_is_a_hidden_one()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, new byte[6], 6));
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "", 6));
        _rig.Hear(FrameBuilder.AssociationRequest(Macs.Client, Macs.Ap, "secret"));
        KismetNetwork network = Assert.Single(_rig.Networks());
        Assert.Equal(("secret", true, 2L), (network.Ssid, network.Hidden, network.Beacons));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_hidden_name_is_learnt_from_who_joins(bool again)
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "", 6));
        _rig.Hear(again
            ? FrameBuilder.ReassociationRequest(Macs.Client, Macs.Ap, Macs.OtherAp, "secret")
            : FrameBuilder.AssociationRequest(Macs.Client, Macs.Ap, "secret"));
        Assert.Equal("secret", Assert.Single(_rig.Networks()).Ssid);
        Assert.Equal("secret", _rig.Device(Macs.Client).Ssid);
    }

    [Fact]
    public void Who_joins_renames_no_network_and_adds_none()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "true", 6));
        _rig.Hear(FrameBuilder.AssociationRequest(Macs.Client, Macs.Ap, "lie"));
        Assert.Equal("true", Assert.Single(_rig.Networks()).Ssid);
        Assert.Equal("true", _rig.Device(Macs.Ap).Ssid);
    }

    [Fact]
    public void A_network_known_only_from_who_joins_is_one()
    {
        _rig.Hear(FrameBuilder.AssociationRequest(Macs.Client, Macs.Ap, "net", SecurityPreset.Wpa2Psk));
        KismetNetwork network = Assert.Single(_rig.Networks());
        Assert.Equal(("net", 0L, false), (network.Ssid, network.Beacons, network.Hidden));
        Assert.Equal("net", _rig.Device(Macs.Ap).Ssid);
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6, SecurityPreset.Wpa2Psk));
        Assert.Equal(1, Assert.Single(_rig.Networks()).Beacons);
    }

    [Fact]
    public void A_name_that_was_hidden_and_is_beaconed_is_hidden_no_more()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "", 6));
        _rig.Hear(FrameBuilder.ProbeResponse(Macs.Ap, Macs.Client, "net", 6));
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6));
        Assert.False(Assert.Single(_rig.Networks()).Hidden);
    }

    [Fact]
    public void One_bssid_may_have_several_names()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "one", 6));
        _rig.Hear(FrameBuilder.ProbeResponse(Macs.Ap, Macs.Client, "two", 6, SecurityPreset.Wpa2Psk));
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "one", 6));
        Assert.Equal(["one", "two"], _rig.Networks().Select(static n => n.Ssid).Order());
        Assert.Equal(["one", "two"], _rig.Device(Macs.Ap).Ssids.Select(static s => s.Ssid));
        Assert.Equal("one", _rig.Device(Macs.Ap).Ssid);
        Assert.Equal(WirelessEncryption.Wpa2, _rig.Device(Macs.Ap).Ssids[1].Encryption);
    }

    [Fact]
    public void A_name_longer_than_32_bytes_is_none()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, new string('x', 33), 6));
        Assert.Equal(KismetDeviceType.AccessPoint, _rig.Device(Macs.Ap).Type);
        Assert.Empty(_rig.Networks());
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, new string('x', 32), 6));
        Assert.Equal(new string('x', 32), Assert.Single(_rig.Networks()).Ssid);
    }

    [Fact]
    public void A_beacon_without_any_name_element_makes_no_network()
    {
        _rig.Hear(FrameBuilder.BareBeacon(Macs.Ap).Rates2G());
        Assert.Equal(KismetDeviceType.AccessPoint, _rig.Device(Macs.Ap).Type);
        Assert.Empty(_rig.Networks());
    }

    [Fact]
    public void The_channel_a_beacon_tells_outweighs_the_one_it_was_heard_on()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 1), frequency: 2437);
        _rig.Hear(FrameBuilder.Rts(Macs.Client, Macs.Ap), frequency: 2437);
        Assert.Equal((1, 2412), (_rig.Device(Macs.Ap).Channel, _rig.Device(Macs.Ap).FrequencyMHz));
        Assert.Equal((1, 2412), (_rig.Networks()[0].Channel, _rig.Networks()[0].FrequencyMHz));
    }

    [Fact]
    public void A_device_that_tells_no_channel_is_on_the_sensors()
    {
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client), frequency: 5180);
        Assert.Equal((36, 5180), (_rig.Device(Macs.Client).Channel, _rig.Device(Macs.Client).FrequencyMHz));
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client), frequency: 2412);
        Assert.Equal((1, 2412), (_rig.Device(Macs.Client).Channel, _rig.Device(Macs.Client).FrequencyMHz));
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client), frequency: 0);
        Assert.Equal(1, _rig.Device(Macs.Client).Channel);
    }

    [Fact]
    public void What_is_sent_in_a_bss_is_its_networks_whoever_sends()
    {
        byte[] beacon = FrameBuilder.Beacon(Macs.Ap, "net", 6).Build();
        byte[] data = FrameBuilder.ToDs(Macs.Ap, Macs.Client, Macs.Host).Snap(0x0800, 1, 2, 3).Build();
        byte[] empty = FrameBuilder.NullToDs(Macs.Ap, Macs.Client).Build();
        byte[] leave = FrameBuilder.Deauthentication(Macs.Ap, Macs.Client, Macs.Ap).Build();
        foreach (byte[] frame in (byte[][])[beacon, data, empty, leave])
        {
            _rig.Hear(frame);
        }

        KismetNetwork network = Assert.Single(_rig.Networks());
        Assert.Equal((4L, 1L), (network.Packets, network.DataPackets));
        Assert.Equal(beacon.Length + data.Length + empty.Length + leave.Length, network.Bytes);
        Assert.Equal(1, network.ClientCount);
        Assert.Equal([Macs.Client.ToString()], network.Clients);
    }

    [Fact]
    public void A_client_that_roams_belongs_to_the_last_and_stays_known_to_the_first()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 1));
        _rig.Hear(FrameBuilder.Beacon(Macs.OtherAp, "net", 11));
        _rig.Hear(FrameBuilder.NullToDs(Macs.Ap, Macs.Client));
        Assert.Equal(Macs.Ap.ToString(), _rig.Device(Macs.Client).Bssid);
        _rig.Hear(FrameBuilder.ReassociationRequest(Macs.Client, Macs.OtherAp, Macs.Ap, "net"));
        Assert.Equal(Macs.OtherAp.ToString(), _rig.Device(Macs.Client).Bssid);
        Assert.Equal(1, _rig.Device(Macs.Ap).ClientCount);
        Assert.Equal(1, _rig.Device(Macs.OtherAp).ClientCount);
    }

    [Fact]
    public void A_client_heard_a_thousand_times_is_one_client()
    {
        for (int i = 0; i < 1000; i++)
        {
            _rig.Hear(FrameBuilder.NullToDs(Macs.Ap, Macs.Client).Sequence(i));
        }

        Assert.Equal([Macs.Client.ToString()], _rig.Device(Macs.Ap).Clients);
        Assert.Equal((1000L, 0L), (_rig.Device(Macs.Client).Packets, _rig.Device(Macs.Client).DataPackets));
    }

    [Fact]
    public void Probed_names_are_kept_once_in_the_order_they_came()
    {
        foreach (string name in (string[])["home", "", "work", "home", "caf\u00e9"])
        {
            _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client, name));
        }

        Assert.Equal(["home", "work", "caf\u00e9"], _rig.Device(Macs.Client).ProbedSsids);
        Assert.Empty(_rig.Networks());
    }
}
