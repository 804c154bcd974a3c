using System.Buffers.Binary;

namespace KismetPS.Capture.Drone;

/// <summary>Cuts a byte stream of either drone protocol into frames, whatever pieces it comes in. The first sentinel decides the protocol.</summary>
internal sealed class DroneFramer
{
    /// <summary>The longest payload taken: a frame of either protocol fits the drone's ring of 64 KiB or, in stable, 127 + 10240 bytes.</summary>
    public const int MaxPayload = 65536;

    internal const uint StableSentinel = 0xDECAFBAD;
    internal const uint NewcoreSentinel = 0xDEADBEEF;
    internal const int StableHeader = 9;
    internal const int NewcoreHeader = 12;

    private byte[] _held = new byte[256];
    private int _length;
    private bool _returned;
    private DroneFrameStatus _failed;

    /// <summary>The protocol, once its first sentinel came.</summary>
    public DroneProtocol Protocol { get; private set; }

    /// <summary>Frames given out.</summary>
    public long Frames { get; private set; }

    /// <summary>
    /// Takes the next frame out of <paramref name="input"/>, which moves behind it. After <see cref="DroneFrameStatus.BadSentinel"/> or
    /// <see cref="DroneFrameStatus.TooLong"/> every call says the same until <see cref="Reset"/>.
    /// </summary>
    public DroneFrameStatus Read(ref ReadOnlySpan<byte> input, out DroneFrame frame)
    {
        frame = default;
        if (_returned)
        {
            _returned = false;
            _length = 0;
        }

        if (_failed != DroneFrameStatus.Ok)
        {
            return _failed;
        }

        // In place when the whole frame is there, else gathered: first the header, then as much as it says.
        if (_length == 0 && TryMeasure(input, out int whole) == DroneFrameStatus.Ok && input.Length >= whole)
        {
            frame = Open(input[..whole]);
            input = input[whole..];
            return DroneFrameStatus.Ok;
        }

        while (true)
        {
            DroneFrameStatus status = TryMeasure(_held.AsSpan(0, _length), out int needed);
            if (status is DroneFrameStatus.BadSentinel or DroneFrameStatus.TooLong)
            {
                _failed = status;
                return status;
            }

            if (status == DroneFrameStatus.Ok && _length == needed)
            {
                _returned = true;
                frame = Open(_held.AsSpan(0, _length));
                return DroneFrameStatus.Ok;
            }

            if (input.IsEmpty)
            {
                return DroneFrameStatus.More;
            }

            int take = Math.Min(needed - _length, input.Length);
            if (_held.Length < needed)
            {
                // Grown as it comes, not as the header claims.
                Array.Resize(ref _held, Math.Min(needed, Math.Max(_held.Length * 2, _length + take)));
                take = Math.Min(take, _held.Length - _length);
            }

            input[..take].CopyTo(_held.AsSpan(_length));
            _length += take;
            input = input[take..];
        }
    }

    /// <summary>Forgets everything, for a new connection; the counter stays.</summary>
    public void Reset()
    {
        _length = 0;
        _returned = false;
        _failed = DroneFrameStatus.Ok;
        Protocol = DroneProtocol.Unknown;
    }

    /// <summary>Length of the frame at the start, header included; while that is not there, of what is needed to know it.</summary>
    private DroneFrameStatus TryMeasure(ReadOnlySpan<byte> bytes, out int needed)
    {
        needed = 4;
        if (bytes.Length < needed)
        {
            return DroneFrameStatus.More;
        }

        uint sentinel = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        DroneProtocol protocol = sentinel switch
        {
            StableSentinel => DroneProtocol.Stable,
            NewcoreSentinel => DroneProtocol.Newcore,
            _ => DroneProtocol.Unknown,
        };
        if (protocol == DroneProtocol.Unknown || (Protocol != DroneProtocol.Unknown && protocol != Protocol))
        {
            return DroneFrameStatus.BadSentinel;
        }

        Protocol = protocol;
        needed = protocol == DroneProtocol.Stable ? StableHeader : NewcoreHeader;
        if (bytes.Length < needed)
        {
            return DroneFrameStatus.More;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes[(needed - 4)..]);
        if (length > MaxPayload)
        {
            return DroneFrameStatus.TooLong;
        }

        needed += (int)length;
        return DroneFrameStatus.Ok;
    }

    private DroneFrame Open(ReadOnlySpan<byte> whole)
    {
        Frames++;
        return Protocol == DroneProtocol.Stable
            ? new DroneFrame(Protocol, whole[4], whole[StableHeader..])
            : new DroneFrame(Protocol, BinaryPrimitives.ReadUInt32BigEndian(whole[4..]), whole[NewcoreHeader..]);
    }
}
