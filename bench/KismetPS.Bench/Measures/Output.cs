using System.Globalization;

namespace KismetPS.Bench.Measures;

/// <summary>What a measuring process tells the one that started it: <c>name=number</c> on a line of its own, as the C loops do.</summary>
internal static class Output
{
    /// <summary>One number.</summary>
    public static void Put(string name, long value) => Console.Out.WriteLine($"{name}={value.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>The process has done what it was asked and waits for the next word.</summary>
    public static void Ready()
    {
        Console.Out.WriteLine("ready");
        Console.Out.Flush();
    }
}
