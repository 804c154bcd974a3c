using System.Text.Json;

namespace KismetPS.Kismet.Rest;

/// <summary>Where a server is, as its receiver says.</summary>
internal sealed record RestPlace(double Latitude, double Longitude, double? AltitudeM)
{
    /// <summary>Reads an answer; null where the receiver has no fix.</summary>
    public static RestPlace? Read(ReadOnlySpan<byte> json)
    {
        int wrong = 0;
        bool has = false;
        double latitude = 0;
        double longitude = 0;
        double altitude = 0;
        long fix = 0;
        try
        {
            Utf8JsonReader reader = new(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool point = reader.ValueTextEquals("kismet.common.location.geopoint"u8);
                bool isFix = reader.ValueTextEquals("kismet.common.location.fix"u8);
                bool isAltitude = reader.ValueTextEquals("kismet.common.location.alt"u8);
                reader.Read();
                if (point)
                {
                    has = JsonField.TryPlace(ref reader, out latitude, out longitude, ref wrong);
                }
                else if (isFix)
                {
                    fix = JsonField.Number(ref reader, ref wrong);
                }
                else if (isAltitude)
                {
                    altitude = JsonField.Fraction(ref reader, ref wrong);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (JsonException)
        {
            return null;
        }

        // Fix: 2 is a place, 3 a place with a height.
        return has && fix >= 2 ? new RestPlace(latitude, longitude, fix >= 3 ? altitude : null) : null;
    }
}
