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
    public int Charging;
    public int Mains;
    public double Latitude;
    public double Longitude;
    public double Altitude;
    public int Fix;
    public bool InFeet;

    /// <summary>The place, nulls without a fix.</summary>
    public readonly (double? Latitude, double? Longitude, double? AltitudeM) Position() =>
        Fix < 2 || !HeardFacts.IsPlace(Latitude, Longitude) ? (null, null, null) : (Latitude, Longitude, Fix < 3 ? null : Altitude * (InFeet ? MetresPerFoot : 1));

    /// <summary>Charge in percent; null where it is not told or there is no battery: what is empty, on mains and not charging is none.</summary>
    public readonly int? BatteryPercent() => Battery < 0 || (Battery == 0 && Charging == 0 && Mains == 1) ? null : Battery;

    /// <summary>Takes one value; false when it is none.</summary>
    public bool TrySet(TextField field, scoped in Word word)
    {
        switch (field)
        {
            case TextField.Networks:
                return word.TryCount(ref Networks);
            case TextField.Packets:
                return word.TryCount(ref Packets);
            case TextField.Clients:
                return word.TryCount(ref Clients);
            case TextField.Rate:
                return word.TryGetDouble(out Rate);
            case TextField.Percentage:
                return word.TryNumber(0, 100, ref Battery);
            case TextField.Charging:
                return word.TryNumber(0, int.MaxValue, ref Charging);
            case TextField.Ac:
                return word.TryNumber(0, int.MaxValue, ref Mains);
            case TextField.Lat:
                return word.TryGetDouble(out Latitude);
            case TextField.Lon:
                return word.TryGetDouble(out Longitude);
            case TextField.Alt:
                return word.TryGetDouble(out Altitude);
            case TextField.Fix:
                return word.TryNumber(-1, int.MaxValue, ref Fix);
            default:
                return true;
        }
    }
}
