using System.Globalization;

namespace KismetPS.Bench.Report;

/// <summary>Figures as text, always with a point.</summary>
internal static class Units
{
    /// <summary>Events a second: 8.2 k/s, 4.41 M/s.</summary>
    public static string Rate(double perSecond) =>
        perSecond >= 1e6 ? Text(perSecond / 1e6, "F2", " M/s") : perSecond >= 1e4 ? Text(perSecond / 1e3, "F0", " k/s") : Text(perSecond / 1e3, "F1", " k/s");

    /// <summary>Nanoseconds.</summary>
    public static string Ns(double ns) => Text(ns, "F0", " ns");

    /// <summary>A factor; below ten with two places.</summary>
    public static string Times(double factor) => factor >= 100 ? Text(factor, "F0", "x") : factor >= 10 ? Text(factor, "F1", "x") : Text(factor, "F2", "x");

    /// <summary>A part of a whole.</summary>
    public static string Percent(double part) => Text(part * 100, "F0", " %");

    /// <summary>A plain number.</summary>
    public static string Number(double value, string format = "F0") => Text(value, format, "");

    private static string Text(double value, string format, string unit) => value.ToString(format, CultureInfo.InvariantCulture) + unit;
}
