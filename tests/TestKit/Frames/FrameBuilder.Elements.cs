using System.Buffers.Binary;
using System.Text;
using KismetPS.Wireless;

namespace KismetPS.TestKit.Frames;

/// <content>Elements by name.</content>
public sealed partial class FrameBuilder
{
    /// <summary>HT capabilities (streams x MCS 0-7, 40 MHz, short GI) and HT operation; secondary 0 none, 1 above, 3 below.</summary>
    public FrameBuilder Ht(int primaryChannel, int streams = 2, int secondary = 0)
    {
        HtCapabilities(streams);
        Span<byte> operation = stackalloc byte[22];
        operation[0] = (byte)primaryChannel;
        operation[1] = (byte)(secondary == 0 ? 0 : secondary | 4);
        return Element(61, operation);
    }

    /// <summary>HT capabilities alone, as a client has them.</summary>
    public FrameBuilder HtCapabilities(int streams = 2)
    {
        Span<byte> capabilities = stackalloc byte[26];
        BinaryPrimitives.WriteUInt16LittleEndian(capabilities, 0x0062);
        capabilities[3..(3 + streams)].Fill(0xFF);
        return Element(45, capabilities);
    }

    /// <summary>VHT capabilities (MCS 0-9 on every stream) and operation; width code 0 = 20/40, 1 = 80 and, with the second centre, 160.</summary>
    public FrameBuilder Vht(int widthCode, int centre0, int centre1 = 0, int streams = 2)
    {
        VhtCapabilities(streams);
        return Element(192, (byte)widthCode, (byte)centre0, (byte)centre1, 0xFC, 0xFF);
    }

    public FrameBuilder VhtCapabilities(int streams = 2)
    {
        Span<byte> capabilities = stackalloc byte[12];
        // Supported width set 1 (160 MHz), short GI for 80 and 160 MHz.
        BinaryPrimitives.WriteUInt32LittleEndian(capabilities, 0x0000_0064);
        ushort map = (ushort)(0xFFFF << (2 * streams));
        for (int i = 0; i < streams; i++)
        {
            map |= (ushort)(2 << (2 * i));
        }

        BinaryPrimitives.WriteUInt16LittleEndian(capabilities[4..], map);
        BinaryPrimitives.WriteUInt16LittleEndian(capabilities[8..], map);
        return Element(191, capabilities);
    }

    /// <summary>HE capabilities: MCS 0-11 on every stream; widths 0x02 40 MHz in 2.4 GHz, 0x04 40 and 80 in 5 and 6 GHz, 0x08 160.</summary>
    public FrameBuilder HeCapabilities(int streams = 2, byte widths = 0x0C)
    {
        int map = 0xFFFF << (2 * streams);
        for (int i = 0; i < streams; i++)
        {
            map |= 2 << (2 * i);
        }

        byte low = (byte)map;
        byte high = (byte)(map >> 8);
        byte[] maps = (widths & 0x08) != 0 ? [low, high, low, high, low, high, low, high] : [low, high, low, high];
        return ExtendedElement(35, [0, 0, 0, 0, 0, 0, widths, .. new byte[10], .. maps]);
    }

    /// <summary>HE capabilities and operation of an access point in 6 GHz: primary channel, 6 GHz information with width 20, 40, 80 or 160 MHz.</summary>
    public FrameBuilder He6Ghz(int primaryChannel, int widthMHz = 80, int streams = 2)
    {
        int code = widthMHz switch { 20 => 0, 40 => 1, 80 => 2, _ => 3 };
        return HeCapabilities(streams)
            .ExtendedElement(36, 0, 0, 2, 0, 0xFC, 0xFF, (byte)primaryChannel, (byte)code, (byte)primaryChannel, 0, 6)
            .ExtendedElement(59, 0x34, 0x12);
    }

    /// <summary>EHT capabilities (MCS 0-13 on every stream, every width to 320 MHz; needs HE capabilities beside it) and operation.</summary>
    public FrameBuilder Eht(int widthMHz, int streams = 2)
    {
        byte nss = (byte)((streams << 4) | streams);
        int code = widthMHz switch { 20 => 0, 40 => 1, 80 => 2, 160 => 3, _ => 4 };
        return ExtendedElement(108, [0, 0, 0x02, .. new byte[8], nss, nss, nss, nss, nss, nss, nss, nss, nss])
            .ExtendedElement(106, 1, 0x44, 0x44, 0x44, 0x44, (byte)code, 0, 0);
    }

    /// <summary>Basic multi-link element: address of the device, and link number and address of its other links.</summary>
    public FrameBuilder MultiLink(MacAddress mld, params ReadOnlySpan<(int Id, MacAddress Address)> links)
    {
        var payload = new List<byte> { 0, 0, 7 };
        AddAddress(payload, mld);
        foreach ((int id, MacAddress address) in links)
        {
            payload.AddRange([0, 9, (byte)(0x20 | id), 0, 7]);
            AddAddress(payload, address);
        }

        return ExtendedElement(107, payload.ToArray());
    }

    /// <summary>Reduced neighbour report of one neighbour.</summary>
    public FrameBuilder Neighbor(MacAddress bssid, int operatingClass, int channel)
    {
        var payload = new List<byte> { 0, 7, (byte)operatingClass, (byte)channel, 255 };
        AddAddress(payload, bssid);
        return Element(201, payload.ToArray());
    }

    /// <summary>Country of two letters, channels 1 to 13.</summary>
    public FrameBuilder Country(string letters) => Element(7, (byte)letters[0], (byte)letters[1], (byte)' ', 1, 13, 20);

    /// <summary>QBSS load.</summary>
    public FrameBuilder QbssLoad(int stations, int utilization) => Element(11, (byte)stations, (byte)(stations >> 8), (byte)utilization, 0, 0);

    /// <summary>Channel switch announcement.</summary>
    public FrameBuilder ChannelSwitch(int channel, int count) => Element(37, 0, (byte)channel, (byte)count);

    /// <summary>Cisco CCX name of the access point.</summary>
    public FrameBuilder CiscoName(string name)
    {
        var payload = new byte[30];
        Encoding.ASCII.GetBytes(name, payload.AsSpan(10, 16));
        return Element(133, payload);
    }

    /// <summary>OWE transition mode: the partner's BSSID and name.</summary>
    public FrameBuilder OweTransition(MacAddress partner, string ssid)
    {
        var payload = new List<byte>();
        AddAddress(payload, partner);
        payload.Add((byte)ssid.Length);
        payload.AddRange(Encoding.ASCII.GetBytes(ssid));
        return VendorElement(0x506F9A, 0x1C, payload.ToArray());
    }

    /// <summary>Wi-Fi Protected Setup: version, state (1 not configured, 2 configured), maker, model, device name.</summary>
    public FrameBuilder Wps(int state, string manufacturer, string model, string deviceName)
    {
        var payload = new List<byte>();
        Attribute(0x104A, [0x10]);
        Attribute(0x1044, [(byte)state]);
        Attribute(0x1021, Encoding.UTF8.GetBytes(manufacturer));
        Attribute(0x1023, Encoding.UTF8.GetBytes(model));
        Attribute(0x1011, Encoding.UTF8.GetBytes(deviceName));
        return VendorElement(0x0050F2, 4, payload.ToArray());

        void Attribute(int type, byte[] value) => payload.AddRange([(byte)(type >> 8), (byte)type, (byte)(value.Length >> 8), (byte)value.Length, .. value]);
    }
}
