using KismetPS.TestKit.Frames;
using KismetPS.Wireless;
using KismetPS.Wireless.Frames;
using Xunit;

namespace KismetPS.Tracking.Tests.Alerts;

/// <summary>Each rule: raised when it should be, silent when it should not.</summary>
public sealed class AlertTests
{
    // As the builder's probe responses have it.
    private const ulong Tsf = 0x0000_0001_2345_6789;

    private readonly EngineRig _rig = new();

    [Fact]
    public void A_quiet_site_raises_nothing()
    {
        for (ulong i = 0; i < 100; i++)
        {
            _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6, SecurityPreset.Wpa2Psk, Tsf + (i * 102_400)));
            _rig.Hear(FrameBuilder.Beacon(Macs.OtherAp, "net", 11, SecurityPreset.Wpa2Psk, Tsf + (i * 102_400)));
            _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client, "net"));
            _rig.Hear(FrameBuilder.ProbeResponse(Macs.Ap, Macs.Client, "net", 6, SecurityPreset.Wpa2Psk));
            _rig.Hear(FrameBuilder.Authentication(Macs.Ap, Macs.Client, Macs.Ap));
            _rig.Hear(FrameBuilder.AssociationRequest(Macs.Client, Macs.Ap, "net", SecurityPreset.Wpa2Psk));
            _rig.Hear(FrameBuilder.ToDs(Macs.Ap, Macs.Client, Macs.Host).Protect(DataProtection.Ccmp).Body(1, 2, 3, 4));
        }

        Assert.Empty(_rig.AlertTypes());
    }

    [Fact]
    public void A_channel_that_changes_unannounced_is_an_alert_with_all_that_is_known()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6));
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 11));
        KismetAlert alert = Assert.Single(_rig.Alerts());
        Assert.Equal(KismetAlertType.ChannelChange, alert.Type);
        Assert.Equal((1L, "net", 11, Macs.Ap.ToString(), Macs.Ap.ToString(), MacAddress.Broadcast.ToString()), (alert.Sequence, alert.Ssid, alert.Channel, alert.Bssid, alert.MacAddress, alert.Destination));
        Assert.Equal(("sensor0", 7), (alert.SensorId, alert.SessionId));
        Assert.Contains("from channel 6 to 11", alert.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_that_changes_as_announced_is_none()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6));
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6).Element(37, 1, 11, 3));
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 11));
        Assert.Empty(_rig.AlertTypes());
    }

    [Fact]
    public void A_beacon_heard_on_a_neighbour_channel_is_no_change()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6), frequency: 2437);
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6), frequency: 2432);
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 0), frequency: 2442);
        Assert.Empty(_rig.AlertTypes());
    }

    [Theory]
    [InlineData(SecurityPreset.Wpa2Psk, SecurityPreset.Open, true)]
    [InlineData(SecurityPreset.Wep, SecurityPreset.Open, true)]
    [InlineData(SecurityPreset.Wpa3Sae, SecurityPreset.Open, true)]
    [InlineData(SecurityPreset.Wpa2Psk, SecurityPreset.Wpa3Transition, false)]
    [InlineData(SecurityPreset.Open, SecurityPreset.Open, false)]
    [InlineData(SecurityPreset.Open, SecurityPreset.Wpa2Psk, false)]
    internal void Protection_that_vanishes_is_an_alert(SecurityPreset before, SecurityPreset after, bool raised)
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6, before));
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6, after));
        Assert.Equal(raised, _rig.AlertTypes().Contains(KismetAlertType.EncryptionDropped));
    }

    [Fact]
    public void A_beacon_interval_that_changes_is_an_alert()
    {
        byte[] beacon = FrameBuilder.Beacon(Macs.Ap, "net", 6).Build();
        _rig.Hear(beacon);
        _rig.Hear(beacon);
        Assert.Empty(_rig.AlertTypes());
        beacon[24 + 8] = 50;
        _rig.Hear(beacon);
        Assert.Equal([KismetAlertType.BeaconIntervalChange], _rig.AlertTypes());
        Assert.Contains("from 100 to 50", _rig.Alerts()[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2_000_000, true)]
    [InlineData(500_000, false)]
    public void A_clock_that_runs_backwards_is_an_alert(ulong back, bool raised)
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6, tsf: Tsf));
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6, tsf: Tsf - back));
        Assert.Equal(raised, _rig.AlertTypes().Contains(KismetAlertType.BssTimestamp));
    }

    [Theory]
    [InlineData(SecurityPreset.Wpa2Psk, SecurityPreset.Open, true)]
    [InlineData(SecurityPreset.Wpa3Sae, SecurityPreset.Wep, true)]
    [InlineData(SecurityPreset.Wpa2Psk, SecurityPreset.Wpa3Sae, false)]
    [InlineData(SecurityPreset.Open, SecurityPreset.Open, false)]
    [InlineData(SecurityPreset.Open, SecurityPreset.Wpa2Psk, false)]
    [InlineData(SecurityPreset.Wpa2Psk, SecurityPreset.OweTransitionOpen, false)]
    internal void The_name_of_a_protected_network_on_a_weaker_one_is_an_alert(SecurityPreset known, SecurityPreset other, bool raised)
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6, known));
        _rig.Hear(FrameBuilder.Beacon(Macs.OtherAp, "net", 6, other));
        _rig.Hear(FrameBuilder.Beacon(Macs.ApNumber(1), "another", 6, other));
        Assert.Equal(raised ? [KismetAlertType.SsidSpoof] : [], _rig.AlertTypes());
        Assert.All(_rig.Alerts(), a => Assert.Equal(Macs.OtherAp.ToString(), a.Bssid));
    }

    [Fact]
    public void A_hidden_network_that_takes_a_protected_name_is_an_alert_too()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6, SecurityPreset.Wpa2Psk));
        _rig.Hear(FrameBuilder.Beacon(Macs.OtherAp, "", 6));
        Assert.Empty(_rig.AlertTypes());
        _rig.Hear(FrameBuilder.ProbeResponse(Macs.OtherAp, Macs.Client, "net", 6));
        Assert.Equal([KismetAlertType.SsidSpoof], _rig.AlertTypes());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_name_of_an_access_point_and_an_independent_network_is_an_alert(bool accessPointFirst)
    {
        FrameBuilder ap = FrameBuilder.Beacon(Macs.Ap, "net", 6);
        FrameBuilder independent = FrameBuilder.IbssBeacon(Macs.Client, Macs.Ibss, "net", 6);
        _rig.Hear(accessPointFirst ? ap : independent);
        Assert.Empty(_rig.AlertTypes());
        _rig.Hear(accessPointFirst ? independent : ap);
        Assert.Equal([KismetAlertType.AdHocConflict], _rig.AlertTypes());
    }

    [Theory]
    [InlineData(32, false)]
    [InlineData(33, true)]
    [InlineData(60, true)]
    public void A_name_longer_than_a_name_can_be_is_an_alert(int length, bool raised)
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, new string('x', length), 6));
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.Client, new string('x', length)));
        Assert.Equal(raised ? [KismetAlertType.LongSsid, KismetAlertType.LongSsid] : [], _rig.AlertTypes());
    }

    [Fact]
    public void A_probe_response_without_a_name_is_an_alert()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "", 6));
        _rig.Hear(FrameBuilder.ProbeResponse(Macs.Ap, Macs.Client, "net", 6));
        Assert.Empty(_rig.AlertTypes());
        _rig.Hear(FrameBuilder.ProbeResponse(Macs.Ap, Macs.Client, "", 6));
        Assert.Equal([KismetAlertType.NullProbeResponse], _rig.AlertTypes());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(71, false)]
    [InlineData(72, true)]
    [InlineData(65_535, true)]
    public void A_reason_that_does_not_exist_is_an_alert(int reason, bool raised)
    {
        _rig.Hear(FrameBuilder.Deauthentication(Macs.Client, Macs.Ap, Macs.Ap, reason));
        _rig.Hear(FrameBuilder.Disassociation(Macs.OtherClient, Macs.OtherAp, Macs.OtherAp, reason));
        _rig.Hear(FrameBuilder.Deauthentication(Macs.Client, Macs.ApNumber(1), Macs.ApNumber(1), reason).Flags(FrameControlFlags.Protected));
        Assert.Equal(raised ? [KismetAlertType.InvalidReasonCode, KismetAlertType.InvalidReasonCode] : [], _rig.AlertTypes());
    }

    [Fact]
    public void Disconnecting_everybody_is_an_alert()
    {
        _rig.Hear(FrameBuilder.Deauthentication(Macs.Client, Macs.Ap, Macs.Ap));
        Assert.Empty(_rig.AlertTypes());
        _rig.Hear(FrameBuilder.Disassociation(MacAddress.Broadcast, Macs.Ap, Macs.Ap));
        Assert.Equal([KismetAlertType.BroadcastDisconnect], _rig.AlertTypes());
    }

    [Theory]
    [InlineData(10, 50, true)]
    [InlineData(9, 50, false)]
    [InlineData(20, 200, false)]
    public void Ten_disconnections_in_a_second_are_a_flood(int count, int everyMs, bool raised)
    {
        for (int i = 0; i < count; i++)
        {
            _rig.Hear(FrameBuilder.Deauthentication(Macs.Invented(i), Macs.Ap, Macs.Ap));
            _rig.Pass(TimeSpan.FromMilliseconds(everyMs - 1));
        }

        Assert.Equal(raised ? [KismetAlertType.DeauthenticationFlood] : [], _rig.AlertTypes());
    }

    [Theory]
    [InlineData(true, 1, true)]
    [InlineData(false, 1, true)]
    [InlineData(true, 0.05, false)]
    [InlineData(true, 11, false)]
    public void Data_after_leaving_is_an_alert(bool sentByAccessPoint, double secondsLater, bool raised)
    {
        _rig.Hear(sentByAccessPoint
            ? FrameBuilder.Deauthentication(Macs.Client, Macs.Ap, Macs.Ap)
            : FrameBuilder.Disassociation(Macs.Ap, Macs.Client, Macs.Ap));
        _rig.Pass(TimeSpan.FromSeconds(secondsLater));
        _rig.Hear(FrameBuilder.NullToDs(Macs.Ap, Macs.Client));
        _rig.Hear(FrameBuilder.ToDs(Macs.Ap, Macs.OtherClient, Macs.Host).Snap(0x0800, 1));
        Assert.Empty(_rig.AlertTypes());
        _rig.Hear(FrameBuilder.ToDs(Macs.Ap, Macs.Client, Macs.Host).Snap(0x0800, 1));
        Assert.Equal(raised ? [KismetAlertType.DisassociatedTraffic] : [], _rig.AlertTypes());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Data_after_coming_back_is_none(int how)
    {
        _rig.Hear(FrameBuilder.Deauthentication(Macs.Client, Macs.Ap, Macs.Ap));
        _rig.Hear(how switch
        {
            0 => FrameBuilder.Authentication(Macs.Ap, Macs.Client, Macs.Ap),
            1 => FrameBuilder.AssociationRequest(Macs.Client, Macs.Ap, "net"),
            _ => FrameBuilder.ReassociationRequest(Macs.Client, Macs.OtherAp, Macs.Ap, "net"),
        });
        _rig.Pass(TimeSpan.FromSeconds(1));
        _rig.Hear(FrameBuilder.ToDs(Macs.Ap, Macs.Client, Macs.Host).Snap(0x0800, 1));
        Assert.Empty(_rig.AlertTypes());
    }

    [Fact]
    public void One_kind_about_one_bssid_is_raised_once_a_minute()
    {
        for (int i = 0; i < 120; i++)
        {
            _rig.Hear(FrameBuilder.Deauthentication(MacAddress.Broadcast, Macs.Ap, Macs.Ap));
            _rig.Pass(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, _rig.Alerts().Count);
        Assert.Equal(118, _rig.Engine.Tracker.Alerts.Suppressed);

        // Another BSSID and another kind are not held back by it.
        _rig.Hear(FrameBuilder.Deauthentication(MacAddress.Broadcast, Macs.OtherAp, Macs.OtherAp));
        _rig.Hear(FrameBuilder.Deauthentication(Macs.Client, Macs.Ap, Macs.Ap, reason: 0));
        Assert.Equal([3L, 4L], _rig.Reader.Alerts(2).Select(static a => a.Sequence));
    }

    [Fact]
    public void The_log_is_bounded_and_numbers_show_what_went()
    {
        EngineRig rig = new(new TrackerOptions { MaxAlerts = 10 });
        for (int i = 0; i < 25; i++)
        {
            rig.Hear(FrameBuilder.Deauthentication(MacAddress.Broadcast, Macs.ApNumber(i), Macs.ApNumber(i)));
        }

        Assert.Equal(Enumerable.Range(16, 10).Select(static n => (long)n), rig.Alerts().Select(static a => a.Sequence));
        Assert.Equal(25, rig.Engine.Tracker.Alerts.Count);
    }

    [Fact]
    public void Another_sensors_copies_are_no_flood()
    {
        for (int i = 0; i < 6; i++)
        {
            byte[] frame = FrameBuilder.Deauthentication(Macs.Client, Macs.Ap, Macs.Ap).Sequence(i).Build();
            _rig.Hear(frame, sensor: 0);
            _rig.Hear(frame, sensor: 1);
        }

        Assert.Empty(_rig.AlertTypes());
    }

    [Fact]
    public void A_name_in_an_alert_cannot_act_on_a_terminal()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "a\u001b[31m", 6));
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "a\u001b[31m", 11));
        KismetAlert alert = Assert.Single(_rig.Alerts());
        Assert.DoesNotContain('\u001b', alert.Text);
        Assert.Contains("\\x1B", alert.Text, StringComparison.Ordinal);
    }
}
