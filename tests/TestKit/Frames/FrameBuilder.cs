using KismetPS.Wireless;
using KismetPS.Wireless.Frames;

namespace KismetPS.TestKit.Frames;

/// <summary>
/// Builds 802.11 frames byte by byte, independently of the decoder: start with a frame kind, add fields, end with <see cref="Build"/>.
/// The same calls always give the same bytes.
/// </summary>
public sealed partial class FrameBuilder
{
    private readonly FrameSubtype _subtype;
    private readonly List<MacAddress> _addresses = [];
    private readonly List<byte> _body = [];
    private readonly List<byte> _iv = [];
    private byte[] _meshControl = [];
    private FrameControlFlags _flags;
    private byte _version;
    private ushort _duration;
    private int _sequence;
    private int _fragment;
    private ushort? _qos;
    private uint? _htControl;
    private bool _dataPad;

    private FrameBuilder(FrameSubtype subtype, params ReadOnlySpan<MacAddress> addresses)
    {
        _subtype = subtype;
        _addresses.AddRange(addresses);
    }

    /// <summary>Any frame: the addresses in the order of the header, sequence control behind the third.</summary>
    public static FrameBuilder Any(FrameSubtype subtype, params ReadOnlySpan<MacAddress> addresses) => new(subtype, addresses);

    public FrameBuilder Duration(int value)
    {
        _duration = (ushort)value;
        return this;
    }

    /// <summary>Sequence number 0 to 4095 and fragment number 0 to 15.</summary>
    public FrameBuilder Sequence(int number, int fragment = 0)
    {
        _sequence = number & 0xFFF;
        _fragment = fragment & 0xF;
        return this;
    }

    /// <summary>Sets flags of frame control in addition to those the frame kind needs.</summary>
    public FrameBuilder Flags(FrameControlFlags flags)
    {
        _flags |= flags;
        return this;
    }

    public FrameBuilder Retry() => Flags(FrameControlFlags.Retry);

    /// <summary>The protocol version in frame control, 0 unless called.</summary>
    public FrameBuilder Version(int version)
    {
        _version = (byte)(version & 3);
        return this;
    }

    /// <summary>QoS control; the subtype must have its QoS bit (0x8) for a decoder to see it.</summary>
    public FrameBuilder Qos(int tid, ushort otherBits = 0)
    {
        _qos = (ushort)((tid & 0xF) | otherBits | (_qos ?? 0));
        return this;
    }

    /// <summary>HT control, with the order bit (+HTC).</summary>
    public FrameBuilder HtControl(uint value = 0)
    {
        _htControl = value;
        return Flags(FrameControlFlags.Order);
    }

    /// <summary>Pads the MAC header to four bytes, as receivers that set radiotap flag 0x20 leave it.</summary>
    public FrameBuilder DataPad()
    {
        _dataPad = true;
        return this;
    }

    /// <summary>Bytes behind what is there already.</summary>
    public FrameBuilder Body(params ReadOnlySpan<byte> bytes)
    {
        _body.AddRange(bytes);
        return this;
    }

    /// <summary>One element.</summary>
    public FrameBuilder Element(int id, params ReadOnlySpan<byte> payload)
    {
        _body.Add((byte)id);
        _body.Add((byte)payload.Length);
        _body.AddRange(payload);
        return this;
    }

    /// <summary>One element of the extended kind (255).</summary>
    public FrameBuilder ExtendedElement(int extensionId, params ReadOnlySpan<byte> payload)
    {
        _body.Add(255);
        _body.Add((byte)(payload.Length + 1));
        _body.Add((byte)extensionId);
        _body.AddRange(payload);
        return this;
    }

    /// <summary>A vendor element (221) of a three-byte OUI and type.</summary>
    public FrameBuilder VendorElement(uint oui, byte type, params ReadOnlySpan<byte> payload)
    {
        _body.Add(221);
        _body.Add((byte)(payload.Length + 4));
        _body.Add((byte)(oui >> 16));
        _body.Add((byte)(oui >> 8));
        _body.Add((byte)oui);
        _body.Add(type);
        _body.AddRange(payload);
        return this;
    }

    /// <summary>The 802.11 frame without FCS.</summary>
    public byte[] Build()
    {
        var frame = new List<byte>(64 + _body.Count)
        {
            (byte)((((int)_subtype >> 4) << 2) | (((int)_subtype & 0xF) << 4) | _version),
            (byte)_flags,
        };
        Add16(frame, _duration);
        for (int i = 0; i < _addresses.Count; i++)
        {
            AddAddress(frame, _addresses[i]);
            if (i == 2)
            {
                Add16(frame, (ushort)((_sequence << 4) | _fragment));
            }
        }

        if (_qos is ushort qos)
        {
            Add16(frame, qos);
        }

        if (_htControl is uint control)
        {
            Add32(frame, control);
        }

        while (_dataPad && frame.Count % 4 != 0)
        {
            frame.Add(0);
        }

        frame.AddRange(_iv);
        frame.AddRange(_meshControl);
        frame.AddRange(_body);
        return frame.ToArray();
    }

    /// <summary>The frame with its FCS; <paramref name="bad"/> makes it wrong.</summary>
    public byte[] BuildWithFcs(bool bad = false) => FrameCheck.Append(Build(), bad);

    /// <summary>A radiotap packet of the frame; the FCS is appended where the flags say that it is there (0x10), wrong where they say so (0x40).</summary>
    public byte[] BuildRadiotap(RadiotapFields? radio = null)
    {
        radio ??= new RadiotapFields { Flags = 0, Rate = 12, FrequencyMHz = 2437, SignalDbm = -50 };
        byte flags = radio.Flags ?? 0;
        byte[] frame = (flags & 0x10) != 0 ? BuildWithFcs((flags & 0x40) != 0) : Build();
        return [.. radio.ToArray(), .. frame];
    }

    private static void Add16(List<byte> to, ushort value)
    {
        to.Add((byte)value);
        to.Add((byte)(value >> 8));
    }

    private static void Add32(List<byte> to, uint value)
    {
        Add16(to, (ushort)value);
        Add16(to, (ushort)(value >> 16));
    }

    private static void AddAddress(List<byte> to, MacAddress address)
    {
        Span<byte> bytes = stackalloc byte[MacAddress.Size];
        address.Write(bytes);
        to.AddRange(bytes);
    }

    private FrameBuilder Put16(int value)
    {
        Add16(_body, (ushort)value);
        return this;
    }
}
