using System.Runtime.CompilerServices;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;

namespace KismetPS.Capture.Tzsp;

/// <summary>What the numbers in tags mean. A later tag of the same number overrules an earlier one.</summary>
internal static class TzspValue
{
    // No receiver reports less than thermal noise in 20 MHz by this much, or more than 0 dBm: such numbers are the card's own units.
    private const int LeastDbm = -200;
    private const int MostSnrDb = 200;

    /// <summary>Tag 10: negative values are dBm (MikroTik, Network Chemistry), others the card's own units; 0 is what drivers say that do not know.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetSignal(ref RadioInfo radio, int rssi)
    {
        radio.Fields &= ~(RadioFields.Signal | RadioFields.RawSignal);
        if (rssi is < 0 and >= LeastDbm)
        {
            radio.SignalDbm = (short)rssi;
            radio.Fields |= RadioFields.Signal;
        }
        else if (rssi is >= short.MinValue and <= short.MaxValue)
        {
            radio.RawSignal = (short)rssi;
            radio.Fields |= RadioFields.RawSignal;
        }
    }

    /// <summary>Tag 11: its name says signal-to-noise ratio, its text noise. Below zero it can only be a noise floor in dBm, else a ratio in dB.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetNoise(ref RadioInfo radio, int value)
    {
        radio.Fields &= ~(RadioFields.Noise | RadioFields.Snr);
        if (value is < 0 and >= LeastDbm)
        {
            radio.NoiseDbm = (short)value;
            radio.Fields |= RadioFields.Noise;
        }
        else if (value is >= 0 and <= MostSnrDb)
        {
            radio.SnrDb = (short)value;
            radio.Fields |= RadioFields.Snr;
        }
    }

    /// <summary>Tag 12.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetRate(ref TzspFacts facts, ref RadioInfo radio, uint value)
    {
        int kbps = TzspRate.ToKbps(value, out bool standard);
        radio.RateKbps = kbps;
        radio.Fields = kbps != 0 ? radio.Fields | RadioFields.Rate : radio.Fields & ~RadioFields.Rate;
        facts.Fields = standard ? facts.Fields & ~TzspFields.NonStandardRate : facts.Fields | TzspFields.NonStandardRate;
    }

    /// <summary>Tag 13, in microseconds.</summary>
    public static void SetTimestamp(ref RadioInfo radio, ulong value)
    {
        radio.TimestampUs = value;
        radio.Fields |= RadioFields.Timestamp;
    }

    /// <summary>Tag 16; values other than 0 and 1 say nothing.</summary>
    public static void SetDecrypted(ref TzspFacts facts, uint value)
    {
        facts.Decrypted = value == 0;
        facts.Fields = value <= 1 ? facts.Fields | TzspFields.Decrypted : facts.Fields & ~TzspFields.Decrypted;
    }

    /// <summary>Tag 17. An error counts the frame as one that nothing is taken from, whether the sensor left the FCS on it or not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetFcsError(ref TzspFacts facts, ref RadioInfo radio, uint value)
    {
        facts.FcsError = value == 1;
        facts.Fields = value <= 1 ? facts.Fields | TzspFields.FcsError : facts.Fields & ~TzspFields.FcsError;
        radio.Fcs = value == 1 ? FcsState.AbsentBad : FcsState.Unknown;
    }

    /// <summary>Tag 40.</summary>
    public static void SetPacketCount(ref TzspFacts facts, uint value)
    {
        facts.PacketCount = value;
        facts.Fields |= TzspFields.PacketCount;
    }

    /// <summary>Tag 41. What no frame can have says nothing.</summary>
    public static void SetOriginalLength(ref TzspFacts facts, uint value)
    {
        if (value <= int.MaxValue)
        {
            facts.OriginalLength = (int)value;
            facts.Fields |= TzspFields.OriginalLength;
        }
    }

    /// <summary>Tag 82: seconds above, nanoseconds below.</summary>
    public static void SetClock(ref TzspFacts facts, ulong value)
    {
        uint nanoseconds = (uint)value;
        if (nanoseconds < 1_000_000_000)
        {
            facts.SensorClockNs = ((long)(value >> 32) * 1_000_000_000L) + nanoseconds;
            facts.Fields |= TzspFields.SensorClock;
        }
    }

    /// <summary>Tag 84.</summary>
    public static void SetCaptureId(ref TzspFacts facts, uint value)
    {
        facts.CaptureId = value;
        facts.Fields |= TzspFields.CaptureId;
    }

    /// <summary>After all tags: a sensor that stripped the FCS still counts it in the length on the air.</summary>
    public static void SetFcsStripped(in TzspFacts facts, ref RadioInfo radio, int frameLength)
    {
        if (radio.Fcs == FcsState.Unknown && facts.LinkType == LinkType.Ieee80211
            && facts.Has(TzspFields.OriginalLength) && facts.OriginalLength - frameLength == 4)
        {
            radio.Fcs = FcsState.Absent;
        }
    }
}
