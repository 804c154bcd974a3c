using KismetPS.TestKit.Frames;
using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Tracking.Tests.Tracker;

/// <summary>Protection of networks and clients: told, asked for, or seen in data.</summary>
public sealed class SecurityTests
{
    private readonly EngineRig _rig = new();

    [Theory]
    [InlineData(SecurityPreset.Open, WirelessEncryption.Open)]
    [InlineData(SecurityPreset.Wep, WirelessEncryption.Wep)]
    [InlineData(SecurityPreset.Wpa, WirelessEncryption.Wpa)]
    [InlineData(SecurityPreset.WpaWpa2, WirelessEncryption.Wpa | WirelessEncryption.Wpa2)]
    [InlineData(SecurityPreset.Wpa2Psk, WirelessEncryption.Wpa2)]
    [InlineData(SecurityPreset.Wpa2Eap, WirelessEncryption.Wpa2)]
    [InlineData(SecurityPreset.Wpa3Sae, WirelessEncryption.Wpa3)]
    [InlineData(SecurityPreset.Wpa3Transition, WirelessEncryption.Wpa2 | WirelessEncryption.Wpa3)]
    [InlineData(SecurityPreset.Wpa3SuiteB192, WirelessEncryption.Wpa3)]
    [InlineData(SecurityPreset.Owe, WirelessEncryption.Owe)]
    [InlineData(SecurityPreset.OweTransitionOpen, WirelessEncryption.Open)]
    internal void A_network_is_protected_as_it_says(SecurityPreset preset, WirelessEncryption wanted)
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6, preset));
        Assert.Equal(wanted, _rig.Device(Macs.Ap).Encryption);
        Assert.Equal(wanted, Assert.Single(_rig.Networks()).Encryption);
        Assert.Equal(wanted, _rig.Device(Macs.Ap).Ssids[0].Encryption);
        Assert.Equal(wanted, _rig.Device(Macs.Ap).Security.Encryption);
        Assert.Equal(preset == SecurityPreset.OweTransitionOpen, _rig.Device(Macs.Ap).Security.OweTransition);
    }

    [Fact]
    public void Details_of_protection_survive_the_tables()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6, SecurityPreset.Wpa3SuiteB192));
        KismetSecurity security = _rig.Device(Macs.Ap).Security;
        Assert.Equal((KeyManagement.SuiteB192, CipherSuites.Gcmp256, CipherSuites.Gcmp256), (security.KeyManagement, security.PairwiseCiphers, security.GroupCiphers));
        Assert.True(security.MfpRequired);
        _rig.Hear(FrameBuilder.Beacon(Macs.OtherAp, "net", 6, SecurityPreset.Wpa3Transition));
        security = _rig.Device(Macs.OtherAp).Security;
        Assert.Equal((false, true, true), (security.MfpRequired, security.MfpCapable, security.SaeHashToElement));
    }

    [Theory]
    [InlineData(DataProtection.None, WirelessEncryption.Open)]
    [InlineData(DataProtection.Wep, WirelessEncryption.Wep)]
    [InlineData(DataProtection.Tkip, WirelessEncryption.Wpa)]
    [InlineData(DataProtection.Ccmp, WirelessEncryption.Wpa2)]
    internal void Where_nothing_is_told_data_shows(DataProtection protection, WirelessEncryption wanted)
    {
        _rig.Hear(FrameBuilder.ToDs(Macs.Ap, Macs.Client, Macs.Host).Protect(protection).Body(1, 2, 3, 4, 5, 6, 7, 8, 9));
        Assert.Equal(wanted, _rig.Device(Macs.Client).Encryption);
        Assert.Equal(wanted, _rig.Device(Macs.Ap).Encryption);
    }

    [Fact]
    public void What_is_told_outweighs_what_data_shows()
    {
        _rig.Hear(FrameBuilder.ToDs(Macs.Ap, Macs.Client, Macs.Host).Protect(DataProtection.Tkip).Body(1, 2, 3, 4, 5, 6, 7, 8, 9));
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6, SecurityPreset.WpaWpa2));
        Assert.Equal(WirelessEncryption.Wpa | WirelessEncryption.Wpa2, _rig.Device(Macs.Ap).Encryption);
        Assert.Equal(WirelessEncryption.Wpa | WirelessEncryption.Wpa2, _rig.Device(Macs.Client).Encryption);
    }

    [Fact]
    public void A_client_uses_what_it_asked_for()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6, SecurityPreset.Wpa3Transition));
        _rig.Hear(FrameBuilder.AssociationRequest(Macs.Client, Macs.Ap, "net", SecurityPreset.Wpa3Sae));
        _rig.Hear(FrameBuilder.AssociationRequest(Macs.OtherClient, Macs.Ap, "net", SecurityPreset.Wpa2Psk));
        Assert.Equal(WirelessEncryption.Wpa3, _rig.Device(Macs.Client).Encryption);
        Assert.Equal(WirelessEncryption.Wpa2, _rig.Device(Macs.OtherClient).Encryption);
    }

    [Fact]
    public void A_probing_or_bridged_device_takes_no_protection_from_a_network()
    {
        _rig.Hear(FrameBuilder.Beacon(Macs.Ap, "net", 6, SecurityPreset.Wpa2Psk));
        _rig.Hear(FrameBuilder.ProbeRequest(Macs.OtherClient, "net"));
        _rig.Hear(FrameBuilder.FromDs(Macs.Ap, Macs.Host, Macs.Client).Protect(DataProtection.Ccmp).Body(1, 2, 3, 4, 5, 6, 7, 8, 9));
        Assert.Equal(WirelessEncryption.Unknown, _rig.Device(Macs.OtherClient).Encryption);
        Assert.Equal(WirelessEncryption.Unknown, _rig.Device(Macs.Host).Encryption);
        Assert.Equal(WirelessEncryption.Wpa2, _rig.Device(Macs.Client).Encryption);
    }

    [Fact]
    public void A_handshake_is_no_clear_data()
    {
        _rig.Hear(FrameBuilder.EapolKey(1, Macs.Ap, Macs.Client));
        _rig.Hear(FrameBuilder.EapolKey(2, Macs.Ap, Macs.Client));
        Assert.Equal(WirelessEncryption.Unknown, _rig.Device(Macs.Ap).Encryption);
        Assert.Equal(WirelessEncryption.Unknown, _rig.Device(Macs.Client).Encryption);
    }

    [Fact]
    public void A_handshake_counts_at_the_access_point_whole_and_at_the_client_by_what_it_sent()
    {
        for (int message = 1; message <= 4; message++)
        {
            _rig.Hear(FrameBuilder.EapolKey(message, Macs.Ap, Macs.Client));
        }

        Assert.Equal(4, _rig.Device(Macs.Ap).Security.EapolKeys);
        Assert.Equal(2, _rig.Device(Macs.Client).Security.EapolKeys);
        Assert.Equal(4, _rig.Engine.Tracker.EapolKeys);
    }

    /// <summary>A beacon cut by the capture lacks what stands behind the cut; that takes away nothing that an earlier one told.</summary>
    [Fact]
    public void A_cut_beacon_takes_nothing_back()
    {
        byte[] beacon = FrameBuilder.Beacon(Macs.Ap, "net", 6).HtCapabilities().Security(SecurityPreset.Wpa2Psk).Build();
        beacon[34] |= 0x10;
        _rig.Hear(beacon);
        string? standard = _rig.Device(Macs.Ap).Standard;
        _rig.Hear(beacon[..60], originalLength: beacon.Length);
        Assert.Equal((WirelessEncryption.Wpa2, "n"), (_rig.Device(Macs.Ap).Encryption, standard));
        Assert.Equal((WirelessEncryption.Wpa2, "n"), (_rig.Networks()[0].Encryption, _rig.Networks()[0].Standard));
        Assert.Equal(standard, _rig.Device(Macs.Ap).Standard);
        Assert.Empty(_rig.AlertTypes());
    }
}
