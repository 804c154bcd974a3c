using System.Text;
using KismetPS.Wireless;
using KismetPS.Wireless.Frames;

namespace KismetPS.TestKit.Frames;

/// <content>Management frames and their elements.</content>
public sealed partial class FrameBuilder
{
    private const int CapabilityEss = 0x0001;
    private const int CapabilityIbss = 0x0002;
    private const int CapabilityPrivacy = 0x0010;

    /// <summary>A beacon: SSID, rates, channel, HT on 5 GHz channels (above 14), security. Channel 0 leaves the channel out.</summary>
    public static FrameBuilder Beacon(MacAddress bssid, string ssid, int channel, SecurityPreset security = SecurityPreset.Open, ulong tsf = 0x0000_0001_2345_6789) =>
        Beacon(bssid, Encoding.UTF8.GetBytes(ssid), channel, security, tsf);

    /// <summary>As the other, with the name as bytes: empty or NUL-filled for a hidden one.</summary>
    public static FrameBuilder Beacon(MacAddress bssid, byte[] ssid, int channel, SecurityPreset security = SecurityPreset.Open, ulong tsf = 0x0000_0001_2345_6789) =>
        BeaconHead(FrameSubtype.Beacon, MacAddress.Broadcast, bssid, CapabilityEss | Privacy(security), tsf)
            .Ssid(ssid).ApElements(channel).Security(security);

    /// <summary>A beacon with nothing but its fixed fields: add the elements.</summary>
    public static FrameBuilder BareBeacon(MacAddress bssid, int capability = CapabilityEss) =>
        BeaconHead(FrameSubtype.Beacon, MacAddress.Broadcast, bssid, capability, 0);

    /// <summary>A beacon of an independent BSS.</summary>
    public static FrameBuilder IbssBeacon(MacAddress station, MacAddress bssid, string ssid, int channel)
    {
        FrameBuilder frame = BeaconHead(FrameSubtype.Beacon, MacAddress.Broadcast, bssid, CapabilityIbss, 0);
        frame._addresses[1] = station;
        return frame.Ssid(ssid).ApElements(channel).Element(6, 0, 0);
    }

    /// <summary>A mesh beacon: wildcard SSID, mesh ID, mesh configuration.</summary>
    public static FrameBuilder MeshBeacon(MacAddress station, string meshId, int channel) =>
        BeaconHead(FrameSubtype.Beacon, MacAddress.Broadcast, station, 0, 0)
            .Ssid("").ApElements(channel).Element(114, Encoding.UTF8.GetBytes(meshId)).Element(113, 1, 1, 0, 1, 0, 0, 9);

    public static FrameBuilder ProbeResponse(MacAddress bssid, MacAddress client, string ssid, int channel, SecurityPreset security = SecurityPreset.Open) =>
        BeaconHead(FrameSubtype.ProbeResponse, client, bssid, CapabilityEss | Privacy(security), 0x0000_0001_2345_6789)
            .Ssid(ssid).ApElements(channel).Security(security);

    /// <summary>A probe request to everyone; an empty name is the wildcard.</summary>
    public static FrameBuilder ProbeRequest(MacAddress client, string ssid = "") =>
        new FrameBuilder(FrameSubtype.ProbeRequest, MacAddress.Broadcast, client, MacAddress.Broadcast).Ssid(ssid).Rates2G();

    public static FrameBuilder AssociationRequest(MacAddress client, MacAddress bssid, string ssid, SecurityPreset security = SecurityPreset.Open) =>
        new FrameBuilder(FrameSubtype.AssociationRequest, bssid, client, bssid)
            .Put16(CapabilityEss | Privacy(security)).Put16(10).Ssid(ssid).Rates2G().Security(security);

    public static FrameBuilder ReassociationRequest(MacAddress client, MacAddress bssid, MacAddress currentAp, string ssid, SecurityPreset security = SecurityPreset.Open)
    {
        FrameBuilder frame = new FrameBuilder(FrameSubtype.ReassociationRequest, bssid, client, bssid)
            .Put16(CapabilityEss | Privacy(security)).Put16(10);
        AddAddress(frame._body, currentAp);
        return frame.Ssid(ssid).Rates2G().Security(security);
    }

    public static FrameBuilder AssociationResponse(MacAddress bssid, MacAddress client, int status = 0, int aid = 1, bool reassociation = false) =>
        new FrameBuilder(reassociation ? FrameSubtype.ReassociationResponse : FrameSubtype.AssociationResponse, client, bssid, bssid)
            .Put16(CapabilityEss).Put16(status).Put16(aid | 0xC000).Rates2G();

    /// <summary>Authentication; algorithm 0 open, 1 shared key, 3 SAE.</summary>
    public static FrameBuilder Authentication(MacAddress receiver, MacAddress transmitter, MacAddress bssid, int algorithm = 0, int transaction = 1, int status = 0) =>
        new FrameBuilder(FrameSubtype.Authentication, receiver, transmitter, bssid).Put16(algorithm).Put16(transaction).Put16(status);

    public static FrameBuilder Deauthentication(MacAddress receiver, MacAddress transmitter, MacAddress bssid, int reason = 7) =>
        new FrameBuilder(FrameSubtype.Deauthentication, receiver, transmitter, bssid).Put16(reason);

    public static FrameBuilder Disassociation(MacAddress receiver, MacAddress transmitter, MacAddress bssid, int reason = 8) =>
        new FrameBuilder(FrameSubtype.Disassociation, receiver, transmitter, bssid).Put16(reason);

    public static FrameBuilder Action(MacAddress receiver, MacAddress transmitter, MacAddress bssid, int category, int code) =>
        new FrameBuilder(FrameSubtype.Action, receiver, transmitter, bssid).Body((byte)category, (byte)code);

    public FrameBuilder Ssid(string name) => Ssid(Encoding.UTF8.GetBytes(name));

    public FrameBuilder Ssid(byte[] name) => Element(0, name);

    /// <summary>The rates, and where the elements can tell it the channel, of an access point.</summary>
    public FrameBuilder ApElements(int channel)
    {
        if (channel <= 14)
        {
            Rates2G();
            return channel == 0 ? this : Element(3, (byte)channel);
        }

        return Element(1, 0x8C, 18, 0x98, 36, 0xB0, 72, 96, 108).Ht(channel);
    }

    /// <summary>1, 2, 5.5, 11 basic, 6 to 54 Mbit/s.</summary>
    public FrameBuilder Rates2G() => Element(1, 0x82, 0x84, 0x8B, 0x96, 12, 18, 24, 36).Element(50, 48, 72, 96, 108);

    /// <summary>The protection a preset stands for; the privacy bit is set by the frame kinds that take the preset.</summary>
    public FrameBuilder Security(SecurityPreset security) => security switch
    {
        SecurityPreset.Wpa => Element(221, SecurityElements.Wpa()),
        SecurityPreset.WpaWpa2 => Element(48, SecurityElements.Rsn(2, [4, 2], [2])).Element(221, SecurityElements.Wpa()),
        SecurityPreset.Wpa2Psk => Element(48, SecurityElements.Rsn(4, [4], [2])),
        SecurityPreset.Wpa2Eap => Element(48, SecurityElements.Rsn(4, [4], [1])),
        SecurityPreset.Wpa3Sae => Element(48, SecurityElements.Rsn(4, [4], [8], 0x00C0)).Element(244, 0x20),
        SecurityPreset.Wpa3Transition => Element(48, SecurityElements.Rsn(4, [4], [2, 8], 0x0080)).Element(244, 0x20),
        SecurityPreset.Wpa3SuiteB192 => Element(48, SecurityElements.Rsn(9, [9], [12], 0x00C0, groupManagement: 12)),
        SecurityPreset.Owe => Element(48, SecurityElements.Rsn(4, [4], [18], 0x00C0)),
        SecurityPreset.OweTransitionOpen => OweTransition(new MacAddress(0x0200_0000_0E01), "_owe"),
        _ => this,
    };

    private static FrameBuilder BeaconHead(FrameSubtype subtype, MacAddress receiver, MacAddress bssid, int capability, ulong tsf)
    {
        var frame = new FrameBuilder(subtype, receiver, bssid, bssid);
        Add32(frame._body, (uint)tsf);
        Add32(frame._body, (uint)(tsf >> 32));
        return frame.Put16(100).Put16(capability);
    }

    private static int Privacy(SecurityPreset security) =>
        security is SecurityPreset.Open or SecurityPreset.OweTransitionOpen ? 0 : CapabilityPrivacy;
}
