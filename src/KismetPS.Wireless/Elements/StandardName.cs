using KismetPS.Wireless.Radio;

namespace KismetPS.Wireless.Elements;

/// <summary>The amendment a station works by, as its letters: b, g, a, n, ac, ax, be.</summary>
internal static class StandardName
{
    /// <summary>The newest generation its elements name; null where they do not tell (OFDM rates in an unknown band are a or g).</summary>
    public static string? Of(ElementParts parts, Band band)
    {
        if ((parts & ElementParts.Eht) != 0)
        {
            return "be";
        }

        if ((parts & ElementParts.He) != 0)
        {
            return "ax";
        }

        if ((parts & ElementParts.Vht) != 0)
        {
            return "ac";
        }

        if ((parts & ElementParts.Ht) != 0)
        {
            return "n";
        }

        if ((parts & ElementParts.OfdmRates) != 0)
        {
            return band switch { Band.Ghz2 => "g", Band.Ghz4 or Band.Ghz5 => "a", _ => null };
        }

        return (parts & ElementParts.Rates) != 0 ? "b" : null;
    }
}
