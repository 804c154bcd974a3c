using KismetPS.TestKit.Frames;
using KismetPS.Wireless;
using KismetPS.Wireless.Frames;

namespace KismetPS.Tracking.Tests;

/// <summary>Frames of a made-up site in a random order, the same for the same seed: every kind the builder knows, few stations or many.</summary>
internal sealed class RandomAir(int seed, int stations)
{
    private readonly Random _random = new(seed);

    /// <summary>A frame.</summary>
    public byte[] Next()
    {
        FrameBuilder frame = Kind(_random.Next(24));
        if (_random.Next(8) == 0)
        {
            frame.Retry();
        }

        return frame.Sequence(_random.Next(4096)).Build();
    }

    /// <summary>A frame with bytes changed, cut or put in.</summary>
    public byte[] NextDamaged()
    {
        List<byte> frame = [.. Next()];
        for (int times = _random.Next(4); times > 0 && frame.Count > 0; times--)
        {
            int at = _random.Next(frame.Count);
            switch (_random.Next(4))
            {
                case 0:
                    frame[at] = (byte)_random.Next(256);
                    break;
                case 1:
                    frame[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 2:
                    frame.RemoveRange(at, frame.Count - at);
                    break;
                default:
                    frame.Insert(at, (byte)_random.Next(256));
                    break;
            }
        }

        return [.. frame];
    }

    private MacAddress Station() => _random.Next(40) switch
    {
        0 => MacAddress.Broadcast,
        1 => default,
        2 => new MacAddress(0x0100_5E00_0000UL + (ulong)_random.Next(4)),
        _ => Macs.Invented(_random.Next(stations)),
    };

    private MacAddress Ap() => _random.Next(20) == 0 ? Station() : Macs.ApNumber(_random.Next(Math.Max(2, stations / 4)));

    private string Name() => _random.Next(10) switch
    {
        0 => string.Empty,
        1 => "a\0b\e[31m",
        _ => $"net-{_random.Next(stations)}",
    };

    private SecurityPreset Security() => (SecurityPreset)_random.Next(Enum.GetValues<SecurityPreset>().Length);

    private FrameBuilder Kind(int kind) => kind switch
    {
        0 => FrameBuilder.Beacon(Ap(), Name(), _random.Next(14), Security(), (ulong)_random.NextInt64()),
        1 => FrameBuilder.Beacon(Ap(), new byte[_random.Next(60)], 36 + (4 * _random.Next(4)), Security()),
        2 => FrameBuilder.ProbeResponse(Ap(), Station(), Name(), 11, Security()),
        3 => FrameBuilder.ProbeRequest(Station(), Name()),
        4 => FrameBuilder.AssociationRequest(Station(), Ap(), Name(), Security()),
        5 => FrameBuilder.ReassociationRequest(Station(), Ap(), Ap(), Name(), Security()),
        6 => FrameBuilder.AssociationResponse(Ap(), Station()),
        7 => FrameBuilder.Authentication(Ap(), Station(), Ap(), _random.Next(4)),
        8 => FrameBuilder.Deauthentication(Station(), Ap(), Ap(), _random.Next(100)),
        9 => FrameBuilder.Disassociation(Station(), Station(), Ap(), _random.Next(100)),
        10 => FrameBuilder.ToDs(Ap(), Station(), Station()).Snap(0x0800, 1, 2, 3),
        11 => FrameBuilder.ToDs(Ap(), Station(), Station(), tid: 3).Protect((DataProtection)_random.Next(4)).Body(1, 2, 3, 4, 5),
        12 => FrameBuilder.FromDs(Ap(), Station(), Station()).Snap(0x0806, 9),
        13 => FrameBuilder.Direct(_random.Next(2) == 0 ? Macs.Ibss : Ap(), Station(), Station()).Snap(0x0800, 1),
        14 => FrameBuilder.Wds(Ap(), Ap(), Station(), Station()).Snap(0x0800, 1),
        15 => FrameBuilder.Mesh(Ap(), Ap(), Ap(), Ap(), Station(), Station()).Snap(0x0800, 1),
        16 => Aggregate(),
        17 => FrameBuilder.EapolKey(1 + _random.Next(6), Ap(), Station()),
        18 => FrameBuilder.IbssBeacon(Station(), Macs.Ibss, Name(), 6),
        19 => FrameBuilder.MeshBeacon(Ap(), Name(), 6),
        20 => FrameBuilder.PsPoll(Ap(), Station()),
        21 => FrameBuilder.Rts(Ap(), Station(), bandwidthSignalling: _random.Next(2) == 0),
        22 => FrameBuilder.CfEnd(MacAddress.Broadcast, Ap()),
        _ => FrameBuilder.Any((FrameSubtype)_random.Next(64), Station(), Station(), Station()).Body(1, 2, 3, 4, 5, 6, 7, 8),
    };

    private FrameBuilder Aggregate()
    {
        FrameBuilder frame = FrameBuilder.FromDs(Ap(), Ap(), Station(), tid: 0);
        for (int i = _random.Next(100); i >= 0; i--)
        {
            frame.Subframe(Station(), Station(), 1, 2, 3);
        }

        return frame;
    }
}
