namespace KismetPS.Kismet.Text.Client;

/// <summary>What INFO, GPS and BATTERY tell. -1: not told.</summary>
internal struct ServerTotals
{
    private const double MetresPerFoot = 0.3048;

    public ServerTotals()
    {
    }

    public long Networks = -1;
    public long Packets = -1;
    public long Clients = -1;
    public double Rate = -1;
    public int Battery = -1;
    public double Latitude;
    public double Longitude;
    public double Altitude;
    public int Fix;
    public bool InFeet;

    /// <summary>The place, nulls without a fix.</summary>
    public readonly (double? Latitude, double? Longitude, double? AltitudeM) Position() =>
        Fix < 2 || !HeardFacts.IsPlace(Latitude, Longitude) ? (null, null, null) : (Latitude, Longitude, Altitude * (InFeet ? MetresPerFoot : 1));

    /// <summary>Takes one value; false when it is none.</summary>
    public bool TrySet(TextField field, scoped in Word word)
    {
        switch (field)
        {
            case TextField.Networks:
                return HeardFacts.Count(word, ref Networks);
            case TextField.Packets:
                return HeardFacts.Count(word, ref Packets);
            case TextField.Clients:
                return HeardFacts.Count(word, ref Clients);
            case TextField.Rate:
                return word.TryGetDouble(out Rate);
            case TextField.Percentage:
                return HeardFacts.Number(word, 0, 100, ref Battery);
            case TextField.Lat:
                return word.TryGetDouble(out Latitude);
            case TextField.Lon:
                return word.TryGetDouble(out Longitude);
            case TextField.Alt:
                return word.TryGetDouble(out Altitude);
            case TextField.Fix:
                return HeardFacts.Number(word, -1, int.MaxValue, ref Fix);
            default:
                return true;
        }
    }
}
