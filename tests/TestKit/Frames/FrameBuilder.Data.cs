using KismetPS.Wireless;
using KismetPS.Wireless.Frames;

namespace KismetPS.TestKit.Frames;

/// <content>Data frames: the ToDS/FromDS table, QoS, A-MSDU, mesh, EAPOL, protection.</content>
public sealed partial class FrameBuilder
{
    private static ReadOnlySpan<byte> SnapHeader => [0xAA, 0xAA, 0x03, 0, 0, 0];

    /// <summary>Client to access point: A1 BSSID, A2 source, A3 destination.</summary>
    public static FrameBuilder ToDs(MacAddress bssid, MacAddress source, MacAddress destination, int? tid = null) =>
        Data(FrameControlFlags.ToDs, tid, bssid, source, destination);

    /// <summary>Access point to client: A1 destination, A2 BSSID, A3 source.</summary>
    public static FrameBuilder FromDs(MacAddress bssid, MacAddress source, MacAddress destination, int? tid = null) =>
        Data(FrameControlFlags.FromDs, tid, destination, bssid, source);

    /// <summary>Station to station (IBSS, TDLS): A1 destination, A2 source, A3 BSSID.</summary>
    public static FrameBuilder Direct(MacAddress bssid, MacAddress source, MacAddress destination, int? tid = null) =>
        Data(FrameControlFlags.None, tid, destination, source, bssid);

    /// <summary>Four addresses (WDS, mesh): A1 receiver, A2 transmitter, A3 destination, A4 source.</summary>
    public static FrameBuilder Wds(MacAddress receiver, MacAddress transmitter, MacAddress destination, MacAddress source, int? tid = null) =>
        Data(FrameControlFlags.ToDs | FrameControlFlags.FromDs, tid, receiver, transmitter, destination, source);

    /// <summary>Four-address mesh data with mesh control; a proxied destination and source make address extension mode 2.</summary>
    public static FrameBuilder Mesh(
        MacAddress receiver, MacAddress transmitter, MacAddress meshDestination, MacAddress meshSource,
        MacAddress? proxiedDestination = null, MacAddress? proxiedSource = null)
    {
        FrameBuilder frame = Wds(receiver, transmitter, meshDestination, meshSource, tid: 0).Qos(0, 0x0100);
        var control = new List<byte> { (byte)(proxiedDestination is null ? 0 : 2), 31, 7, 0, 0, 0 };
        if (proxiedDestination is MacAddress destination)
        {
            AddAddress(control, destination);
            AddAddress(control, proxiedSource ?? throw new ArgumentNullException(nameof(proxiedSource)));
        }

        frame._meshControl = control.ToArray();
        return frame;
    }

    /// <summary>A null frame of a client to its access point.</summary>
    public static FrameBuilder NullToDs(MacAddress bssid, MacAddress source, bool powerSave = false, int? tid = null)
    {
        var frame = new FrameBuilder(tid is null ? FrameSubtype.Null : FrameSubtype.QosNull, bssid, source, bssid) { _qos = (ushort?)tid };
        return frame.Flags(FrameControlFlags.ToDs | (powerSave ? FrameControlFlags.PowerManagement : FrameControlFlags.None));
    }

    /// <summary>
    /// EAPOL-Key of the four-way handshake (1 to 4; odd from the access point, even from the client) or of the group handshake (5 from the
    /// access point, 6 from the client), with the key information bits IEEE Std 802.11-2020 12.7.6 gives each.
    /// </summary>
    public static FrameBuilder EapolKey(int message, MacAddress bssid, MacAddress client, int keyDataLength = -1)
    {
        // Key information: 0x0002 descriptor version, 0x0008 pairwise, 0x0040 install, 0x0080 ack, 0x0100 MIC, 0x0200 secure, 0x1000 encrypted data.
        (int information, int length) = message switch
        {
            1 => (0x008A, 0),
            2 => (0x010A, 22),
            3 => (0x13CA, 56),
            4 => (0x030A, 0),
            5 => (0x1382, 40),
            6 => (0x0302, 0),
            _ => throw new ArgumentOutOfRangeException(nameof(message)),
        };
        length = keyDataLength < 0 ? length : keyDataLength;
        var key = new byte[95 + length];
        key[0] = 2;
        key[1] = (byte)(information >> 8);
        key[2] = (byte)information;
        key[12] = (byte)message;
        key[93] = (byte)(length >> 8);
        key[94] = (byte)length;
        byte[] eapol = [2, 3, (byte)(key.Length >> 8), (byte)key.Length, .. key];
        FrameBuilder frame = message % 2 == 1 ? FromDs(bssid, bssid, client, tid: 7) : ToDs(bssid, client, bssid, tid: 7);
        return frame.Snap(0x888E, eapol);
    }

    /// <summary>LLC/SNAP with an EtherType, and what it carries.</summary>
    public FrameBuilder Snap(int etherType, params ReadOnlySpan<byte> payload) =>
        Body(SnapHeader).Body((byte)(etherType >> 8), (byte)etherType).Body(payload);

    /// <summary>The protected bit and an IV of that kind in front of the body.</summary>
    public FrameBuilder Protect(DataProtection protection)
    {
        _iv.Clear();
        _iv.AddRange(protection switch
        {
            DataProtection.Wep => [0x11, 0x22, 0x33, 0x00],
            // TKIP: WEPSeed[1] = (TSC1 | 0x20) & 0x7F, key id byte with ExtIV (12.5.2.2); CCMP: PN0 PN1 0 ExtIV (12.5.3.2).
            DataProtection.Tkip => [0x01, 0x21, 0x45, 0x20, 0, 0, 0, 0],
            DataProtection.Ccmp => [0x45, 0x01, 0x00, 0x20, 0, 0, 0, 0],
            _ => Array.Empty<byte>(),
        });
        return protection == DataProtection.None ? this : Flags(FrameControlFlags.Protected);
    }

    /// <summary>Makes the body an A-MSDU and adds a subframe to it, padded to four bytes except for the last.</summary>
    public FrameBuilder Subframe(MacAddress destination, MacAddress source, params ReadOnlySpan<byte> payload)
    {
        while (_body.Count % 4 != 0)
        {
            _body.Add(0);
        }

        AddAddress(_body, destination);
        AddAddress(_body, source);
        _body.Add((byte)(payload.Length >> 8));
        _body.Add((byte)payload.Length);
        return Body(payload).Qos(0, 0x0080);
    }

    private static FrameBuilder Data(FrameControlFlags direction, int? tid, params ReadOnlySpan<MacAddress> addresses)
    {
        var frame = new FrameBuilder(tid is null ? FrameSubtype.Data : FrameSubtype.QosData, addresses) { _qos = (ushort?)tid };
        return frame.Flags(direction);
    }
}
