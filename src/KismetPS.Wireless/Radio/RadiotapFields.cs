using System.Buffers.Binary;

namespace KismetPS.Wireless.Radio;

/// <summary>Takes the fields of one radiotap header one after the other. Those that only tell something together are kept for <see cref="Finish"/>.</summary>
internal struct RadiotapFields
{
    private ulong _seen;
    private RadiotapModulation _modulation;
    private uint _channelFlags;
    private byte _signalDb;
    private byte _noiseDb;

    /// <summary>Takes one field by its number; a repeated one is of a single antenna and left.</summary>
    /// <param name="field">Bit number, or type of a TLV.</param>
    /// <param name="data">The field, at least as long as fields of this number are; of TLVs beyond 27 any length.</param>
    /// <param name="firstWord">Whether the first presence word announced it.</param>
    /// <param name="radio">Filled.</param>
    public void Read(int field, ReadOnlySpan<byte> data, bool firstWord, ref RadioInfo radio)
    {
        if (field > 63 || Has(field))
        {
            return;
        }

        _seen |= 1UL << field;
        switch (field)
        {
            case 0:
                radio.SetTimestamp(BinaryPrimitives.ReadUInt64LittleEndian(data));
                break;
            case 1:
                ReadFlags(data[0], ref radio);
                break;
            case 2:
                radio.SetLegacyRate(data[0] * 500);
                break;
            case 3:
                radio.SetFrequency(BinaryPrimitives.ReadUInt16LittleEndian(data));
                _channelFlags = BinaryPrimitives.ReadUInt16LittleEndian(data[2..]);
                break;
            case 4:
                radio.Phy = PhyType.Fhss;
                break;
            case 5:
                radio.SetSignal((sbyte)data[0]);
                break;
            case 6:
                radio.SetNoise((sbyte)data[0]);
                break;
            case 11 when firstWord:
                // In a later word it names the antenna whose signal stands beside it.
                radio.SetAntenna(data[0]);
                break;
            case 12:
                _signalDb = data[0];
                break;
            case 13:
                _noiseDb = data[0];
                break;
            case 18:
                ReadXChannel(data, ref radio);
                break;
            case 22:
                ReadTimestamp(data, ref radio);
                break;
            default:
                _modulation.Read(field, data);
                break;
        }
    }

    /// <summary>Concludes what several fields tell together.</summary>
    public readonly void Finish(ref RadioInfo radio)
    {
        // Decibels over an arbitrary but fixed reference: no dBm, but their difference is a signal-to-noise ratio.
        if (Has(12) && !Has(5))
        {
            radio.SetRawSignal(_signalDb);
        }

        if (Has(12) && Has(13) && !(Has(5) && Has(6)))
        {
            radio.SnrDb = (short)(_signalDb - _noiseDb);
            radio.Fields |= RadioFields.Snr;
        }

        _modulation.Apply(ref radio);
        ChannelFlags.Apply(_channelFlags, ref radio);
    }

    private static void ReadFlags(byte flags, ref RadioInfo radio)
    {
        const int FcsAtEnd = 0x10;
        const int DataPad = 0x20;
        const int BadFcs = 0x40;
        radio.Fcs = (flags & (FcsAtEnd | BadFcs)) switch
        {
            FcsAtEnd => FcsState.Present,
            FcsAtEnd | BadFcs => FcsState.PresentBad,
            BadFcs => FcsState.AbsentBad,
            _ => FcsState.Absent,
        };
        radio.DataPad = (flags & DataPad) != 0;
    }

    /// <summary>Flags u32, MHz u16, channel u8, power u8. Says more than the channel field and so replaces it (tcpdump's rule).</summary>
    private void ReadXChannel(ReadOnlySpan<byte> data, ref RadioInfo radio)
    {
        const uint Is2GHz = 0x0080;
        const uint Is5GHz = 0x0100;
        _channelFlags = BinaryPrimitives.ReadUInt32LittleEndian(data);
        int mhz = BinaryPrimitives.ReadUInt16LittleEndian(data[4..]);
        if (mhz != 0)
        {
            radio.SetFrequency(mhz);
        }
        else
        {
            radio.SetChannel(data[6], (_channelFlags & (Is2GHz | Is5GHz)) switch { Is2GHz => Band.Ghz2, Is5GHz => Band.Ghz5, _ => Band.Unknown });
        }
    }

    /// <summary>Time u64, accuracy u16, unit and position u8, flags u8; for receivers that leave out the TSFT.</summary>
    private readonly void ReadTimestamp(ReadOnlySpan<byte> data, ref RadioInfo radio)
    {
        if (Has(0))
        {
            return;
        }

        ulong time = BinaryPrimitives.ReadUInt64LittleEndian(data);
        switch (data[10] & 0x0F)
        {
            case 0:
                radio.SetTimestamp(unchecked(time * 1000));
                break;
            case 1:
                radio.SetTimestamp(time);
                break;
            case 2:
                radio.SetTimestamp(time / 1000);
                break;
        }
    }

    private readonly bool Has(int field) => (_seen & (1UL << field)) != 0;
}
