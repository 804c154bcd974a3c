using System.Buffers.Text;

namespace KismetPS.Kismet.Text.Client;

/// <summary>What BSSID, NETWORK, SSID and CLIENT tell of what was heard. Zero is unknown, as on the wire, unless said otherwise.</summary>
internal struct HeardFacts
{
    private const double MetresPerFoot = 0.3048;

    public long Type;
    public long Llc;
    public long Data;
    public long Crypted;
    public long First;
    public long Last;
    public long Bytes;
    public long Retries;
    public long Timestamp;
    public ulong CryptSet;
    public int Channel;
    public int FrequencyMHz;
    public int CarrierSet;
    public int EncodingSet;
    public int MaxSeenRate;
    public int BeaconRate;
    public double MaxRateMbps;
    public short Signal;
    public short SignalMin;
    public short SignalMax;
    public short Noise;
    public bool Cloaked;
    public bool IsStable;

    public int GpsFixed;
    public long AggPoints;
    public double MinLat;
    public double MinLon;
    public double MaxLat;
    public double MaxLon;
    public double BestLat;
    public double BestLon;
    public double BestAlt;
    public double AggLat;
    public double AggLon;
    public double AggAlt;

    /// <summary>Frames in all.</summary>
    public readonly long Packets => Llc + Data;

    /// <summary>Takes one value; false when it is none. Fields that are not of these sentences are passed over.</summary>
    public bool TrySet(TextField field, scoped in Word word)
    {
        switch (field)
        {
            case TextField.Type:
                return word.TryGetInt64(out Type);
            case TextField.LlcPackets:
                return word.TryCount(ref Llc);
            case TextField.DataPackets:
                return word.TryCount(ref Data);
            case TextField.CryptPackets:
                return word.TryCount(ref Crypted);
            case TextField.FirstTime:
                return word.TryCount(ref First);
            case TextField.LastTime:
                return word.TryCount(ref Last);
            case TextField.DataSize:
                return word.TryCount(ref Bytes);
            case TextField.Retries:
                // Since the last line.
                long more = 0;
                bool told = word.TryCount(ref more);
                Retries = Math.Min(Retries + more, long.MaxValue / 2);
                return told;
            case TextField.BssTimestamp:
                return word.TryCount(ref Timestamp);
            case TextField.CryptSet or TextField.DataCryptSet or TextField.Wep:
                return word.TryGetUInt64(out CryptSet);
            case TextField.Channel:
                return word.TryNumber(0, 1000, ref Channel);
            case TextField.FreqMhz:
                FrequencyMHz = MostUsed(word.Value);
                return true;
            case TextField.CarrierSet:
                return word.TryNumber(0, int.MaxValue, ref CarrierSet);
            case TextField.EncodingSet:
                return word.TryNumber(0, int.MaxValue, ref EncodingSet);
            case TextField.MaxSeenRate:
                return word.TryNumber(0, int.MaxValue, ref MaxSeenRate);
            case TextField.BeaconRate:
                return word.TryNumber(0, int.MaxValue, ref BeaconRate);
            case TextField.MaxRate:
                return word.TryGetDouble(out MaxRateMbps);
            case TextField.Cloaked:
                int cloaked = 0;
                bool known = word.TryNumber(0, int.MaxValue, ref cloaked);
                Cloaked = cloaked != 0;
                return known;
            case TextField.SignalDbm:
                return word.TryDbm(ref Signal);
            case TextField.MinSignalDbm:
                return word.TryDbm(ref SignalMin);
            case TextField.MaxSignalDbm:
                return word.TryDbm(ref SignalMax);
            case TextField.NoiseDbm:
                return word.TryDbm(ref Noise);

            // Stable prints whatever the driver gave: dBm, or some number of its own, which is no negative one.
            case TextField.Signal:
                return word.TryDbm(ref Signal);
            case TextField.BestSignal:
                return word.TryDbm(ref SignalMax);
            case TextField.Noise:
                return word.TryDbm(ref Noise);
            case TextField.GpsFixed:
                return word.TryNumber(-1, int.MaxValue, ref GpsFixed);
            case TextField.AggPoints:
                return word.TryCount(ref AggPoints);
            case TextField.MinLat:
                return word.TryGetDouble(out MinLat);
            case TextField.MinLon:
                return word.TryGetDouble(out MinLon);
            case TextField.MaxLat:
                return word.TryGetDouble(out MaxLat);
            case TextField.MaxLon:
                return word.TryGetDouble(out MaxLon);
            case TextField.BestLat:
                return word.TryGetDouble(out BestLat);
            case TextField.BestLon:
                return word.TryGetDouble(out BestLon);
            case TextField.BestAlt:
                return word.TryGetDouble(out BestAlt);
            case TextField.AggLat:
                return word.TryGetDouble(out AggLat);
            case TextField.AggLon:
                return word.TryGetDouble(out AggLon);
            case TextField.AggAlt:
                return word.TryGetDouble(out AggAlt);
            default:
                return true;
        }
    }

    /// <summary>Where it most likely is: at the best signal, else the mean of where it was heard, else the middle between the ends; nulls when never with a fix.</summary>
    public readonly (double? Latitude, double? Longitude, double? AltitudeM) Position()
    {
        if (GpsFixed <= 0)
        {
            return default;
        }

        double metres = IsStable ? MetresPerFoot : 1;
        if (IsPlace(BestLat, BestLon))
        {
            return (BestLat, BestLon, BestAlt * metres);
        }

        if (AggPoints > 0)
        {
            // Sums in stable and in 2009-05, means since: a mean is always a place, a sum of several points hardly ever.
            double points = IsStable || !IsPlace(AggLat, AggLon) ? AggPoints : 1;
            if (IsPlace(AggLat / points, AggLon / points))
            {
                return (AggLat / points, AggLon / points, AggAlt / points * metres);
            }
        }

        // They start at the wrong ends of the world.
        return MinLat <= MaxLat && MinLon <= MaxLon && IsPlace(MinLat, MinLon) && IsPlace(MaxLat, MaxLon)
            ? ((MinLat + MaxLat) / 2, (MinLon + MaxLon) / 2, null)
            : default;
    }

    /// <summary>Whether these are coordinates and not the zeros that stand for none.</summary>
    public static bool IsPlace(double latitude, double longitude) => latitude is >= -90 and <= 90 && longitude is >= -180 and <= 180 && (latitude != 0 || longitude != 0);

    // "2412:712*2437:3*": the one most packets were heard on.
    private static int MostUsed(ReadOnlySpan<byte> list)
    {
        int best = 0;
        long most = 0;
        while (Utf8Parser.TryParse(list, out int mhz, out int used) && used < list.Length && list[used] == ':' &&
            Utf8Parser.TryParse(list[(used + 1)..], out long count, out int digits))
        {
            if (mhz is > 0 and < 100_000 && count > most)
            {
                (best, most) = (mhz, count);
            }

            list = list[(used + 1 + digits)..];
            list = list.IsEmpty ? list : list[1..];
        }

        return best;
    }
}
