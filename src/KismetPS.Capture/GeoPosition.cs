using System.Globalization;

namespace KismetPS.Capture;

/// <summary>A place on earth as a GPS receiver told it. Immutable, so that it can be passed between threads.</summary>
/// <param name="Latitude">Degrees, WGS 84, -90 to 90.</param>
/// <param name="Longitude">Degrees, WGS 84, -180 to 180.</param>
/// <param name="Fix">2 or 3 dimensions.</param>
/// <param name="AltitudeM">Metres; meaningful with a fix of 3.</param>
/// <param name="Speed">As the peer's GPS gives it.</param>
/// <param name="Heading">Degrees.</param>
internal sealed record GeoPosition(double Latitude, double Longitude, int Fix, double AltitudeM, double Speed, double Heading)
{
    /// <summary>Latitude and longitude with six decimals, about a tenth of a metre.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Latitude:F6},{Longitude:F6}");
}
