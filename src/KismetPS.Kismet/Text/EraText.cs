using System.Text;

namespace KismetPS.Kismet.Text;

/// <summary>Comparison of names: byte for byte in stable, without case in newcore.</summary>
internal static class EraText
{
    public static bool Equals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, TextEra era) =>
        era == TextEra.Stable ? left.SequenceEqual(right) : Ascii.EqualsIgnoreCase(left, right);
}
