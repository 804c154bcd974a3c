using KismetPS.TestKit.Frames;
using KismetPS.Wireless;
using KismetPS.Wireless.Frames;
using Xunit;

namespace KismetPS.Tracking.Tests.Tracker;

/// <summary>What a device is taken for, and what outweighs what.</summary>
public sealed class DeviceTypeTests
{
    private readonly EngineRig _rig = new();

    [Fact]
    public void A_beacon_makes_an_access_point()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6));
        Assert.Equal(KismetDeviceType.AccessPoint, _rig.Device(Macs.Ap).Type);
        Assert.Equal(Macs.Ap.ToString(), _rig.Device(Macs.Ap).Bssid);
    }

    [Fact]
    public void Data_to_an_access_point_makes_both_and_nothing_of_the_destination()
    {
        _rig.Hear(FrameBuilder.ToDs(Macs.Ap, Macs.Client, Macs.Host).Snap(0x0800, 1, 2, 3));
        Assert.Equal(KismetDeviceType.AccessPoint, _rig.Device(Macs.Ap).Type);
        Assert.Equal(0, _rig.Device(Macs.Ap).Packets);
        Assert.Equal(KismetDeviceType.Client, _rig.Device(Macs.Client).Type);
        Assert.Equal(Macs.Ap.ToString(), _rig.Device(Macs.Client).Bssid);
        Assert.Null(_rig.Find(Macs.Host));
    }

    [Fact]
    public void Data_from_an_access_point_makes_its_client_and_the_host_behind_it()
    {
        _rig.Hear(FrameBuilder.FromDs(Macs.Ap, Macs.Host, Macs.Client).Snap(0x0800, 1, 2, 3));
        Assert.Equal(KismetDeviceType.AccessPoint, _rig.Device(Macs.Ap).Type);
        Assert.Equal(KismetDeviceType.Client, _rig.Device(Macs.Client).Type);
        Assert.Equal(KismetDeviceType.Bridged, _rig.Device(Macs.Host).Type);
        Assert.Equal(Macs.Ap.ToString(), _rig.Device(Macs.Host).Bssid);
        Assert.Equal([Macs.Client.ToString()], _rig.Device(Macs.Ap).Clients);
    }

    [Fact]
    public void A_broadcast_makes_no_client()
    {
        _rig.Hear(FrameBuilder.FromDs(Macs.Ap, Macs.Host, MacAddress.Broadcast).Snap(0x0806, 1));
        Assert.Equal([Macs.Ap.ToString(), Macs.Host.ToString()], _rig.Devices().Select(static d => d.MacAddress).Order());
    }

    [Fact]
    public void A_bridged_host_heard_on_the_air_becomes_a_client_and_does_not_fall_back()
    {
        _rig.Hear(FrameBuilder.FromDs(Macs.Ap, Macs.Client, MacAddress.Broadcast).Snap(0x0806, 1));
        Assert.Equal(KismetDeviceType.Bridged, _rig.Device(Macs.Client).Type);
        _rig.Hear(FrameBuilder.ToDs(Macs.Ap, Macs.Client, Macs.Host).Snap(0x0800, 1));
        Assert.Equal(KismetDeviceType.Client, _rig.Device(Macs.Client).Type);
        _rig.Hear(FrameBuilder.FromDs(Macs.Ap, Macs.Client, MacAddress.Broadcast).Snap(0x0806, 2));
        Assert.Equal(KismetDeviceType.Client, _rig.Device(Macs.Client).Type);
    }

    [Fact]
    public void Probing_is_the_weakest_sign()
    {
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client, "home"));
        Assert.Equal(KismetDeviceType.Probe, _rig.Device(Macs.Client).Type);
        _rig.Hear(FrameBuilder.NullToDs(Macs.Ap, Macs.Client));
        Assert.Equal(KismetDeviceType.Client, _rig.Device(Macs.Client).Type);
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client, "home"));
        Assert.Equal(KismetDeviceType.Client, _rig.Device(Macs.Client).Type);
    }

    [Fact]
    public void An_access_point_that_probes_or_joins_another_stays_one()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6));
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.Ap, "uplink"));
        _rig.Hear(FrameBuilder.ToDs(Macs.OtherAp, Macs.Ap, Macs.Host).Snap(0x0800, 1));
        KismetDevice ap = _rig.Device(Macs.Ap);
        Assert.Equal(KismetDeviceType.AccessPoint, ap.Type);
        Assert.Equal(Macs.Ap.ToString(), ap.Bssid);
        Assert.Contains(ap.MacAddress, _rig.Device(Macs.OtherAp).Clients);
    }

    [Fact]
    public void An_independent_bss_is_a_device_that_never_sends()
    {
        _rig.Hear(FrameBuilder.IbssBeacon(Macs.Client, Macs.Ibss, "adhoc", 6));
        _rig.Hear(FrameBuilder.Direct(Macs.Ibss, Macs.OtherClient, Macs.Client).Snap(0x0800, 1));
        KismetDevice bss = _rig.Device(Macs.Ibss);
        Assert.Equal(KismetDeviceType.AdHoc, bss.Type);
        Assert.Equal(0, bss.Packets);
        Assert.Equal("adhoc", bss.Ssid);
        Assert.Equal([Macs.Client.ToString(), Macs.OtherClient.ToString()], bss.Clients.Order());
        Assert.Equal(KismetDeviceType.AdHoc, _rig.Device(Macs.Client).Type);
        Assert.Equal(KismetDeviceType.AdHoc, _rig.Device(Macs.OtherClient).Type);
        Assert.Equal("adhoc", _rig.Device(Macs.OtherClient).Ssid);
    }

    [Fact]
    public void A_direct_link_names_clients_of_the_access_point_it_names()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6));
        _rig.Hear(FrameBuilder.Direct(Macs.Ap, Macs.Client, Macs.OtherClient).Snap(0x890D, 2));
        Assert.Equal(KismetDeviceType.Client, _rig.Device(Macs.Client).Type);
        Assert.Null(_rig.Find(Macs.OtherClient));
        Assert.Equal(KismetDeviceType.AccessPoint, _rig.Device(Macs.Ap).Type);
    }

    /// <summary>A direct link (TDLS) heard before its access point looks like an independent BSS; what is heard later puts it right.</summary>
    [Fact]
    public void A_client_on_a_direct_link_heard_before_its_access_point_does_not_stay_ad_hoc()
    {
        MacAddress ap = MacAddress.Parse("06:0C:42:00:00:01");
        _rig.Hear(FrameBuilder.Direct(ap, Macs.Client, Macs.OtherClient).Snap(0x890D, 2));
        _rig.Hear(FrameBuilder.Beacon(ap, "net", 6));
        _rig.Hear(FrameBuilder.ToDs(ap, Macs.Client, Macs.Host).Snap(0x0800, 1));
        Assert.Equal(KismetDeviceType.AccessPoint, _rig.Device(ap).Type);
        Assert.Equal(KismetDeviceType.Client, _rig.Device(Macs.Client).Type);
    }

    /// <summary>An independent BSS always has a locally administered BSSID, so a registered one is an access point's.</summary>
    [Fact]
    public void A_registered_bssid_is_no_independent_bss()
    {
        _rig.Hear(FrameBuilder.Direct(Macs.Ap, Macs.Client, Macs.OtherClient).Snap(0x890D, 2));
        Assert.Equal(KismetDeviceType.AccessPoint, _rig.Device(Macs.Ap).Type);
        Assert.Equal(KismetDeviceType.Client, _rig.Device(Macs.Client).Type);
    }

    [Fact]
    public void Four_addresses_make_bridges_and_the_hosts_behind_them()
    {
        _rig.Hear(FrameBuilder.Wds(Macs.OtherAp, Macs.Ap, Macs.Host, Macs.OtherHost).Snap(0x0800, 1));
        Assert.Equal(KismetDeviceType.Wds, _rig.Device(Macs.Ap).Type);
        Assert.Equal(KismetDeviceType.Wds, _rig.Device(Macs.OtherAp).Type);
        Assert.Equal(KismetDeviceType.Bridged, _rig.Device(Macs.Host).Type);
        Assert.Equal(KismetDeviceType.Bridged, _rig.Device(Macs.OtherHost).Type);
        Assert.Equal((0, 1), ((int)_rig.Device(Macs.Host).Packets, (int)_rig.Device(Macs.OtherHost).Packets));
        Assert.Null(_rig.Device(Macs.Host).Bssid);
    }

    [Fact]
    public void A_mesh_names_all_six_addresses()
    {
        MacAddress near = Macs.ApNumber(1), far = Macs.ApNumber(2), last = Macs.ApNumber(3);
        _rig.Hear(FrameBuilder.Mesh(far, near, last, near, Macs.Host, Macs.OtherHost).Snap(0x0800, 1));
        Assert.Equal(KismetDeviceType.Wds, _rig.Device(near).Type);
        Assert.Equal(KismetDeviceType.Wds, _rig.Device(far).Type);
        Assert.Equal(KismetDeviceType.Bridged, _rig.Device(Macs.Host).Type);
        Assert.Equal(KismetDeviceType.Bridged, _rig.Device(Macs.OtherHost).Type);
        Assert.NotNull(_rig.Find(last));
    }

    [Fact]
    public void A_mesh_station_shows_its_mesh_id()
    {
        _rig.Hear(FrameBuilder.MeshBeacon(Macs.Ap, "my-mesh", 6));
        KismetDevice station = _rig.Device(Macs.Ap);
        Assert.Equal(KismetDeviceType.Wds, station.Type);
        Assert.Equal("my-mesh", station.Ssid);
    }

    /// <summary>
    /// Group-addressed mesh data has FromDS alone (IEEE Std 802.11-2020 table 9-30), and where it is protected nothing else shows that it is mesh;
    /// mesh peers authenticate with the BSSID field naming the sender. A mesh beacon says what they are.
    /// </summary>
    [Fact]
    public void A_mesh_station_does_not_become_an_access_point_by_sending()
    {
        MacAddress peer = Macs.OtherAp;
        _rig.Hear(FrameBuilder.MeshBeacon(Macs.Ap, "my-mesh", 6));
        _rig.Hear(FrameBuilder.FromDs(Macs.Ap, Macs.Host, MacAddress.Broadcast, tid: 0).Protect(DataProtection.Ccmp).Body(1, 2, 3, 4));
        _rig.Hear(FrameBuilder.Authentication(peer, Macs.Ap, Macs.Ap, algorithm: 3));
        Assert.Equal(KismetDeviceType.Wds, _rig.Device(Macs.Ap).Type);
    }

    [Fact]
    public void An_aggregate_names_hosts_and_clients_inside_it()
    {
        byte[] frame = FrameBuilder.FromDs(Macs.Ap, Macs.Ap, Macs.Client, tid: 0)
            .Subframe(Macs.Client, Macs.Host, 1, 2, 3)
            .Subframe(Macs.OtherClient, Macs.OtherHost, 4, 5, 6)
            .Build();
        _rig.Hear(frame);
        Assert.Equal(KismetDeviceType.Bridged, _rig.Device(Macs.Host).Type);
        Assert.Equal(KismetDeviceType.Bridged, _rig.Device(Macs.OtherHost).Type);
        Assert.Equal(KismetDeviceType.Client, _rig.Device(Macs.OtherClient).Type);
        Assert.Equal(1, _rig.Device(Macs.Ap).Packets);
        Assert.Equal(0, _rig.Device(Macs.Host).Packets);
    }

    [Fact]
    public void A_protected_aggregate_is_not_looked_into()
    {
        byte[] frame = FrameBuilder.FromDs(Macs.Ap, Macs.Ap, Macs.Client, tid: 0)
            .Subframe(Macs.Client, Macs.Host, 1, 2, 3)
            .Flags(FrameControlFlags.Protected)
            .Build();
        _rig.Hear(frame);
        Assert.Null(_rig.Find(Macs.Host));
    }

    [Fact]
    public void Only_a_transmitter_is_there()
    {
        _rig.Hear(FrameBuilder.Ack(Macs.Client));
        _rig.Hear(FrameBuilder.Cts(Macs.Client));
        _rig.Hear(FrameBuilder.Rts(Macs.Client, Macs.Ap));
        _rig.Hear(FrameBuilder.BlockAck(Macs.Client, Macs.Ap));
        _rig.Hear(FrameBuilder.Deauthentication(Macs.Client, Macs.Ap, Macs.OtherAp));
        _rig.Hear(FrameBuilder.ProbeResponse(Macs.Ap, Macs.Client, "net", 6));
        Assert.Equal([Macs.Ap.ToString()], _rig.Devices().Select(static d => d.MacAddress));
    }

    [Fact]
    public void A_poll_for_buffered_frames_is_a_clients()
    {
        _rig.Hear(FrameBuilder.PsPoll(Macs.Ap, Macs.Client));
        Assert.Equal(KismetDeviceType.Client, _rig.Device(Macs.Client).Type);
        Assert.Equal(1, _rig.Device(Macs.Client).Packets);
    }

    [Fact]
    public void Who_triggers_or_ends_contention_free_time_runs_the_bss()
    {
        _rig.Hear(FrameBuilder.Trigger(MacAddress.Broadcast, Macs.Ap));
        _rig.Hear(FrameBuilder.CfEnd(MacAddress.Broadcast, Macs.OtherAp));
        Assert.Equal(KismetDeviceType.AccessPoint, _rig.Device(Macs.Ap).Type);
        Assert.Equal(KismetDeviceType.AccessPoint, _rig.Device(Macs.OtherAp).Type);
    }

    [Fact]
    public void A_bandwidth_signalling_transmitter_is_the_same_device()
    {
        _rig.Hear(FrameBuilder.Rts(Macs.Ap, Macs.Client));
        _rig.Hear(FrameBuilder.Rts(Macs.Ap, Macs.Client, bandwidthSignalling: true));
        Assert.Equal(2, Assert.Single(_rig.Devices()).Packets);
    }

    [Theory]
    [InlineData("01:00:5E:00:00:01")]
    [InlineData("FF:FF:FF:FF:FF:FF")]
    [InlineData("00:00:00:00:00:00")]
    public void What_cannot_be_a_station_is_none_in_any_role(string address)
    {
        MacAddress none = MacAddress.Parse(address);
        _rig.Hear(FrameBuilder.Beacon(none, "net", 6));
        _rig.Hear(FrameBuilder.ProbeRequest(none, "net"));
        _rig.Hear(FrameBuilder.ToDs(none, Macs.Client, Macs.Host).Snap(0x0800, 1));
        _rig.Hear(FrameBuilder.FromDs(Macs.Ap, none, none).Snap(0x0800, 1));
        _rig.Hear(FrameBuilder.Wds(none, Macs.Ap, none, none).Snap(0x0800, 1));
        _rig.Hear(FrameBuilder.Direct(none, Macs.Client, none).Snap(0x0800, 1));
        _rig.Hear(FrameBuilder.AssociationRequest(Macs.Client, none, "net"));
        _rig.Hear(FrameBuilder.Authentication(none, Macs.Client, none));
        _rig.Hear(FrameBuilder.PsPoll(none, Macs.Client));
        Assert.Equal([Macs.Ap.ToString(), Macs.Client.ToString()], _rig.Devices().Select(static d => d.MacAddress).Order());
    }
}
