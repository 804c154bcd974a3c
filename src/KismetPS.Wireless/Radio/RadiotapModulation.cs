using System.Buffers.Binary;

namespace KismetPS.Wireless.Radio;

/// <summary>
/// The modulation a frame was sent with, from radiotap's MCS, VHT, HE, U-SIG and EHT fields. Each says for every value whether the receiver
/// knows it; a rate is given only where all is known that it depends on.
/// </summary>
internal struct RadiotapModulation
{
    private const int Mcs = 19;
    private const int Vht = 21;
    private const int He = 23;
    private const int S1G = 32;
    private const int USig = 33;
    private const int Eht = 34;

    private PhyType _phy;
    private int _width;
    private int _carriers;
    private int _guardNs;
    private int _streams;
    private int _mcs;
    private bool _mcsKnown;
    private bool _dcm;

    /// <summary>Takes a field by its number; others are left.</summary>
    public void Read(int field, ReadOnlySpan<byte> data)
    {
        switch (field)
        {
            case Mcs:
                ReadMcs(data);
                break;
            case Vht:
                ReadVht(data);
                break;
            case He:
                ReadHe(data);
                break;
            case S1G:
                Take(PhyType.S1G);
                break;
            case USig when data.Length >= 4:
                ReadUSig(BinaryPrimitives.ReadUInt32LittleEndian(data));
                break;
            case Eht when data.Length >= 40:
                ReadEht(data);
                break;
        }
    }

    /// <summary>Fills modulation, MCS, streams, width and rate.</summary>
    public readonly void Apply(ref RadioInfo radio)
    {
        if (_phy == PhyType.Unknown)
        {
            return;
        }

        radio.Phy = _phy;
        if (_mcsKnown)
        {
            radio.Mcs = (byte)_mcs;
            radio.Fields |= RadioFields.Mcs;
        }

        radio.Streams = (byte)_streams;
        if (_width != 0)
        {
            radio.WidthMHz = (ushort)_width;
            radio.Fields |= RadioFields.Width;
        }

        if (_mcsKnown && _guardNs != 0)
        {
            radio.SetRate(Rate());
        }
    }

    private readonly int Rate() => _phy switch
    {
        PhyType.Ht => ModulationRates.Ht(_mcs, _width, _guardNs == 400),
        PhyType.Vht => ModulationRates.Vht(_mcs, _streams, _width, _guardNs == 400),
        PhyType.He => ModulationRates.HeUnit(_mcs, _streams, _carriers, _guardNs, _dcm),
        PhyType.Eht when _carriers != 0 => ModulationRates.EhtUnit(_mcs, _streams, _carriers, _guardNs),
        PhyType.Eht => ModulationRates.Eht(_mcs, _streams, _width, _guardNs),
        _ => 0,
    };

    /// <summary>Known u8, flags u8, MCS u8.</summary>
    private void ReadMcs(ReadOnlySpan<byte> data)
    {
        const int WidthKnown = 0x01;
        const int IndexKnown = 0x02;
        const int GuardKnown = 0x04;
        const int ShortGuard = 0x04;

        Take(PhyType.Ht);
        int known = data[0];
        int flags = data[1];
        if ((known & WidthKnown) != 0)
        {
            // 2 and 3 are 20 MHz in the lower and upper half of a 40 MHz channel.
            _width = (flags & 0x03) == 1 ? 40 : 20;
        }

        if ((known & GuardKnown) != 0)
        {
            _guardNs = (flags & ShortGuard) != 0 ? 400 : 800;
        }

        if ((known & IndexKnown) != 0 && data[2] <= 76)
        {
            _mcs = data[2];
            _mcsKnown = true;
            _streams = ModulationRates.HtStreams(_mcs);
        }
    }

    /// <summary>Known u16, flags u8, bandwidth u8, MCS and streams u8 for four users, coding u8, group u8, partial AID u16.</summary>
    private void ReadVht(ReadOnlySpan<byte> data)
    {
        const int GuardKnown = 0x0004;
        const int WidthKnown = 0x0040;
        const int ShortGuard = 0x04;

        Take(PhyType.Vht);
        int known = BinaryPrimitives.ReadUInt16LittleEndian(data);
        if ((known & GuardKnown) != 0)
        {
            _guardNs = (data[2] & ShortGuard) != 0 ? 400 : 800;
        }

        if ((known & WidthKnown) != 0)
        {
            // The width received, wherever in a wider channel it lay: 0 20; 1 40, 2-3 20 in it; 4 80, 5-6 40, 7-10 20; 11 160, 12-13 80, 14-17 40, 18-25 20.
            _width = (data[3] & 0x1F) switch
            {
                1 or 5 or 6 or (>= 14 and <= 17) => 40,
                4 or 12 or 13 => 80,
                11 => 160,
                <= 25 => 20,
                _ => 0,
            };
        }

        // A user without streams is not there; the frame is that of the first who is.
        for (int user = 0; user < 4; user++)
        {
            int streams = data[4 + user] & 0x0F;
            if (streams is >= 1 and <= 8)
            {
                _streams = streams;
                _mcs = data[4 + user] >> 4;
                _mcsKnown = true;
                break;
            }
        }
    }

    /// <summary>Six words of 16 bits.</summary>
    private void ReadHe(ReadOnlySpan<byte> data)
    {
        const int McsKnown = 0x0020;
        const int DcmKnown = 0x0040;
        const int StbcKnown = 0x0200;
        const int WidthKnown = 0x4000;
        const int GuardKnown = 0x0002;

        Take(PhyType.He);
        int known1 = BinaryPrimitives.ReadUInt16LittleEndian(data);
        int known2 = BinaryPrimitives.ReadUInt16LittleEndian(data[2..]);
        int data3 = BinaryPrimitives.ReadUInt16LittleEndian(data[4..]);
        int data5 = BinaryPrimitives.ReadUInt16LittleEndian(data[8..]);
        int data6 = BinaryPrimitives.ReadUInt16LittleEndian(data[10..]);

        _dcm = (known1 & DcmKnown) != 0 && (data3 & 0x1000) != 0;
        if ((known1 & McsKnown) != 0)
        {
            _mcs = (data3 >> 8) & 0x0F;
            _mcsKnown = true;
        }

        if ((known2 & GuardKnown) != 0)
        {
            _guardNs = GuardInterval((data5 >> 4) & 3);
        }

        if ((known1 & WidthKnown) != 0)
        {
            // 0-3 whole channels, 4-10 resource units of so many tones.
            (_width, int tones) = (data5 & 0x0F) switch
            {
                0 => (20, 242),
                1 => (40, 484),
                2 => (80, 996),
                3 => (160, 1992),
                4 => (0, 26),
                5 => (0, 52),
                6 => (0, 106),
                7 => (0, 242),
                8 => (0, 484),
                9 => (0, 996),
                10 => (0, 1992),
                _ => (0, 0),
            };
            _carriers = ModulationRates.UnitCarriers(tones);
        }

        // Space-time streams; STBC sends one spatial stream over two of them.
        int streams = data6 & 0x0F;
        bool stbc = (known1 & StbcKnown) != 0 && (data3 & 0x8000) != 0;
        _streams = streams > 8 ? 0 : stbc ? streams / 2 : streams;
    }

    /// <summary>Common u32, value u32, mask u32.</summary>
    private void ReadUSig(uint common)
    {
        const uint WidthKnown = 0x2;
        Take(PhyType.Eht);
        if ((common & WidthKnown) != 0)
        {
            _width = ((common >> 15) & 7) switch
            {
                0 => 20,
                1 => 40,
                2 => 80,
                3 => 160,
                4 or 5 => 320,
                _ => 0,
            };
        }
    }

    /// <summary>Known u32, nine words of data, then one word per user.</summary>
    private void ReadEht(ReadOnlySpan<byte> data)
    {
        const uint GuardKnown = 0x4;
        const uint UnitKnown = 0x0040_0000;
        const uint McsKnown = 0x2;
        const uint StreamsKnown = 0x10;
        const uint DataForUser = 0x80;

        Take(PhyType.Eht);
        uint known = BinaryPrimitives.ReadUInt32LittleEndian(data);
        if ((known & GuardKnown) != 0)
        {
            _guardNs = GuardInterval((int)(BinaryPrimitives.ReadUInt32LittleEndian(data[4..]) >> 7) & 3);
        }

        if ((known & UnitKnown) != 0)
        {
            _carriers = EhtUnitCarriers((int)BinaryPrimitives.ReadUInt32LittleEndian(data[8..]) & 0x1F);
        }

        // The user whose data this is; where none is marked, the only one there is.
        ReadOnlySpan<byte> users = data[40..];
        uint user = users.Length is >= 4 and < 8 ? BinaryPrimitives.ReadUInt32LittleEndian(users) : 0;
        for (int at = 0; at + 4 <= users.Length; at += 4)
        {
            uint candidate = BinaryPrimitives.ReadUInt32LittleEndian(users[at..]);
            if ((candidate & DataForUser) != 0)
            {
                user = candidate;
                break;
            }
        }

        if ((user & McsKnown) != 0)
        {
            _mcs = (int)(user >> 20) & 0x0F;
            _mcsKnown = true;
        }

        if ((user & StreamsKnown) != 0)
        {
            // As the NSS subfield of EHT-SIG: streams less one.
            int streams = ((int)(user >> 24) & 0x0F) + 1;
            _streams = streams <= 8 ? streams : 0;
        }
    }

    /// <summary>Data subcarriers of the unit sizes of radiotap's EHT field: 26 to 4x996 tones, then the multiples 52+26, 106+26, 484+242, 996+484, 996+484+242, 2x996+484, 3x996, 3x996+484.</summary>
    private static int EhtUnitCarriers(int size) => size switch
    {
        0 => 24,
        1 => 48,
        2 => 102,
        3 => 234,
        4 => 468,
        5 => 980,
        6 => 1960,
        7 => 3920,
        8 => 72,
        9 => 126,
        10 => 702,
        11 => 1448,
        12 => 1682,
        13 => 2428,
        14 => 2940,
        15 => 3408,
        _ => 0,
    };

    private static int GuardInterval(int code) => code switch { 0 => 800, 1 => 1600, 2 => 3200, _ => 0 };

    /// <summary>The latest generation of those present counts: HE and EHT frames may carry older fields beside theirs.</summary>
    private void Take(PhyType phy)
    {
        if (_phy != phy)
        {
            this = default;
            _phy = phy;
        }
    }
}
