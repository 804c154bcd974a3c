using KismetPS.Wireless;
using KismetPS.Wireless.Frames;

namespace KismetPS.Capture;

/// <summary>A station that a frame will soon name, and what for; a guess. Eight bytes, since they are made for every frame.</summary>
internal readonly struct ExpectedStation
{
    /// <summary>Bytes of a frame that are looked at.</summary>
    public const int FrameBytes = TransmitterOffset + MacAddress.Size;

    private const int ReceiverOffset = 4;
    private const int TransmitterOffset = 10;
    private const int AddressBits = 48;
    private const int GroupBit = 0x01;

    // By FrameSubtype, and by the bits "to" and "from" the distribution system of data frames: tables, because a branch on what comes in no order
    // is guessed wrong half of the time.
    private static readonly byte[] s_sends = [.. Enumerable.Range(0, 64).Select(static s => (byte)UseOf((FrameSubtype)s))];
    private static readonly byte[] s_sendsData = [0, (byte)StationUse.Joins, (byte)StationUse.Serves, 0];
    private static readonly byte[] s_receivesData = [0, (byte)StationUse.Serves, (byte)StationUse.Joins, 0];

    private readonly ulong _value;

    private ExpectedStation(ulong address, int use) => _value = address | ((ulong)(uint)use << AddressBits);

    /// <summary>Its address as a number; 0 is none.</summary>
    public ulong Address => _value & ((1UL << AddressBits) - 1);

    /// <summary>What it is needed for.</summary>
    public StationUse Use => (StationUse)(_value >> AddressBits);

    /// <summary>The transmitter of a frame, of which <see cref="FrameBytes"/> are there.</summary>
    public static ExpectedStation Transmitter(ReadOnlySpan<byte> frame)
    {
        int use = s_sends[Subtype(frame)] | (s_sendsData[frame[1] & 3] & DataMask(frame));
        return new ExpectedStation(MacAddress.Read(frame[TransmitterOffset..]).Value, use);
    }

    /// <summary>The other end of a data frame between a client and its access point; with no use where there is none.</summary>
    public static ExpectedStation Receiver(ReadOnlySpan<byte> frame)
    {
        int use = s_receivesData[frame[1] & 3] & DataMask(frame) & ((frame[ReceiverOffset] & GroupBit) - 1);
        return new ExpectedStation(MacAddress.Read(frame[ReceiverOffset..]).Value, use);
    }

    private static StationUse UseOf(FrameSubtype subtype) => StationUse.Sends | subtype switch
    {
        FrameSubtype.Beacon or FrameSubtype.ProbeResponse => StationUse.Advertises | StationUse.Serves,
        FrameSubtype.ProbeRequest => StationUse.Asks,
        FrameSubtype.PsPoll => StationUse.Joins,
        _ => StationUse.None,
    };

    // IEEE Std 802.11-2020 9.2.4.1.3: version, type and subtype from the lowest bit on.
    private static int Subtype(ReadOnlySpan<byte> frame) => ((frame[0] & 0x0C) << 2) | (frame[0] >> 4);

    // All ones for data frames.
    private static int DataMask(ReadOnlySpan<byte> frame) => -((frame[0] >> 3) & ~(frame[0] >> 2) & 1);
}
