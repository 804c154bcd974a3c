using System.Text;
using KismetPS.TestKit.Frames;

namespace KismetPS.Samples;

/// <summary>Elements that the frame builder has no call for.</summary>
internal static class Elements
{
    /// <summary>Country (9.4.2.8): Germany, channels 1 to 13.</summary>
    public static FrameBuilder Country(this FrameBuilder frame) => frame.Element(7, (byte)'D', (byte)'E', (byte)' ', 1, 13, 20);

    /// <summary>BSS load (9.4.2.27).</summary>
    public static FrameBuilder Load(this FrameBuilder frame, int stations, int utilization) =>
        frame.Element(11, (byte)stations, (byte)(stations >> 8), (byte)utilization, 0, 0);

    /// <summary>HE capabilities, two streams, MCS 0 to 11 (9.4.2.248), and HE operation (9.4.2.249).</summary>
    public static FrameBuilder He(this FrameBuilder frame, bool wide = false)
    {
        HeCapabilities(frame, wide);
        return frame.ExtendedElement(36, 0, 0, 0, 7, 0xFC, 0xFF);
    }

    /// <summary>HE capabilities and the 6 GHz operation information (bit 17): primary channel, width code 0 to 3, centres.</summary>
    public static FrameBuilder He6(this FrameBuilder frame, int primary, int widthCode, int centre0, int centre1 = 0)
    {
        HeCapabilities(frame, wide: true);
        return frame
            .ExtendedElement(36, 0, 0, 0x02, 9, 0xFC, 0xFF, (byte)primary, (byte)widthCode, (byte)centre0, (byte)centre1, 6)
            .ExtendedElement(59, 0, 0);
    }

    /// <summary>EHT operation (802.11be 9.4.2.311) of 160 MHz, EHT capabilities, and a basic multi-link element with the device's address.</summary>
    public static FrameBuilder Eht(this FrameBuilder frame, int centre0, int centre1, ReadOnlySpan<byte> mld) =>
        frame
            .ExtendedElement(106, 0x01, 0x44, 0x44, 0x44, 0x44, 3, (byte)centre0, (byte)centre1)
            .ExtendedElement(108, [0, 0, .. new byte[9], 0x22, 0x22, 0x22, 0x22, 0x22, 0x22])
            .ExtendedElement(107, [0, 0, 7, .. mld]);

    /// <summary>WPS in the configured state, with names (Wi-Fi Simple Configuration 2.0).</summary>
    public static FrameBuilder Wps(this FrameBuilder frame, string maker, string model, string name)
    {
        var attributes = new List<byte>();
        Attribute(attributes, 0x104A, [0x10]);
        Attribute(attributes, 0x1044, [2]);
        Attribute(attributes, 0x1021, Encoding.UTF8.GetBytes(maker));
        Attribute(attributes, 0x1023, Encoding.UTF8.GetBytes(model));
        Attribute(attributes, 0x1011, Encoding.UTF8.GetBytes(name));
        return frame.VendorElement(0x0050F2, 4, attributes.ToArray());
    }

    /// <summary>The other half of an OWE transition pair: address and name (Wi-Fi Alliance, Opportunistic Wireless Encryption).</summary>
    public static FrameBuilder OweTransition(this FrameBuilder frame, KismetPS.Wireless.MacAddress other, string ssid)
    {
        var payload = new byte[6];
        other.Write(payload);
        byte[] name = Encoding.UTF8.GetBytes(ssid);
        return frame.VendorElement(0x506F9A, 0x1C, [.. payload, (byte)name.Length, .. name]);
    }

    /// <summary>Cisco CCX: the access point's name at offset 10, sixteen bytes, then its clients.</summary>
    public static FrameBuilder ApName(this FrameBuilder frame, string name, int clients)
    {
        var payload = new byte[30];
        Encoding.ASCII.GetBytes(name, payload.AsSpan(10, 15));
        payload[26] = (byte)clients;
        return frame.Element(133, payload);
    }

    private static void HeCapabilities(FrameBuilder frame, bool wide)
    {
        // MAC capabilities 6, PHY capabilities 11 (bit 2 of the first: 80 MHz, bit 3: 160 MHz), a receive and a transmit map for each width.
        byte[] map = [0xFA, 0xFF, 0xFA, 0xFF];
        frame.ExtendedElement(35, [.. new byte[6], (byte)(wide ? 0x0C : 0x04), .. new byte[10], .. map, .. wide ? map : []]);
    }

    private static void Attribute(List<byte> to, int type, byte[] value) => to.Big16(type).Big16(value.Length).Text(value);
}
