using KismetPS.Wireless;

namespace KismetPS.Capture.Pcap;

/// <summary>An interface of a capture file: its link type, clock and name. A classic pcap file has exactly one.</summary>
internal sealed class CaptureInterface
{
    private const long NsPerSecond = 1_000_000_000;

    // Ticks of the clock in nanoseconds: whole (microseconds and such, the usual case) or as a fraction.
    private long _nsPerTick = 1000;
    private long _ticksPerNs;
    private int _binaryShift = -1;

    /// <summary>Number within its section, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>What its packets are.</summary>
    public required LinkType LinkType { get; init; }

    /// <summary>Most bytes kept of a packet, 0 for no limit.</summary>
    public uint SnapLength { get; init; }

    /// <summary>pcapng if_name, null if untold.</summary>
    public string? Name { get; set; }

    /// <summary>pcapng if_description, null if untold.</summary>
    public string? Description { get; set; }

    /// <summary>pcapng if_MACaddr, null if untold.</summary>
    public MacAddress? Mac { get; set; }

    /// <summary>Bytes of frame check sequence at the end of its packets (pcapng if_fcslen, pcap link type field), -1 if untold.</summary>
    public int FcsLength { get; set; } = -1;

    /// <summary>pcapng if_tsoffset: seconds to add to its times.</summary>
    public long TimestampOffset { get; set; }

    /// <summary>The origin its packets are delivered under; set by the source at the first one.</summary>
    public FrameOrigin? Origin { get; set; }

    /// <summary>Sets the clock by pcapng if_tsresol: top bit clear: a tick is 10^-n s, set: 2^-n s.</summary>
    public void SetResolution(byte resolution)
    {
        int exponent = resolution & 0x7F;
        _binaryShift = -1;
        _nsPerTick = 0;
        _ticksPerNs = 0;
        if ((resolution & 0x80) != 0)
        {
            _binaryShift = exponent;
        }
        else if (exponent <= 9)
        {
            _nsPerTick = PowerOfTen(9 - exponent);
        }
        else if (exponent - 9 <= 18)
        {
            _ticksPerNs = PowerOfTen(exponent - 9);
        }

        // Finer than 10^-27 s: 2^64 ticks are less than a nanosecond, every time is the epoch.
    }

    /// <summary>Ticks of this interface's clock as Unix nanoseconds; what a 64-bit count cannot hold (before 1970, after 2262) becomes the nearest it can.</summary>
    public long ToUnixNs(ulong ticks)
    {
        if (_nsPerTick > 0 && TimestampOffset == 0 && ticks <= (ulong)(long.MaxValue / _nsPerTick))
        {
            return (long)ticks * _nsPerTick;
        }

        Int128 ns = _nsPerTick > 0 ? (Int128)ticks * _nsPerTick
            : _ticksPerNs > 0 ? ticks / (ulong)_ticksPerNs
            : _binaryShift >= 0 ? ((Int128)ticks * NsPerSecond) >> _binaryShift
            : 0;
        ns += (Int128)TimestampOffset * NsPerSecond;
        return ns < 0 ? 0 : ns > long.MaxValue ? long.MaxValue : (long)ns;
    }

    private static long PowerOfTen(int exponent)
    {
        long value = 1;
        for (int i = 0; i < exponent; i++)
        {
            value *= 10;
        }

        return value;
    }
}
