using System.Globalization;
using System.Text;
using KismetPS.Tracking;

namespace KismetPS.Cli.Output;

/// <summary>A session's counters in a few lines, for the end of a run.</summary>
internal static class Summary
{
    private const int MaxSensors = 20;

    public static IEnumerable<string> Lines(KismetStatistic statistic, TimeSpan? elapsed = null)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{statistic.Received:N0} received, {statistic.Decoded:N0} decoded, {statistic.Dropped:N0} dropped{Kernel(statistic)}{Took(elapsed)}");
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{statistic.Devices:N0} devices, {statistic.Networks:N0} networks, {statistic.Alerts:N0} alerts");
        if (statistic.DropReasons.Count > 0)
        {
            yield return "left out: " + string.Join(", ", statistic.DropReasons.Select(static r => string.Create(CultureInfo.InvariantCulture, $"{r.Name} {r.Count:N0}")));
        }

        foreach (KismetSensor sensor in statistic.Sensors.Take(MaxSensors))
        {
            var line = new StringBuilder("sensor ").Append(sensor.Id);
            if (sensor.Name is not null && sensor.Name != sensor.Id)
            {
                line.Append(" (").Append(sensor.Name).Append(')');
            }

            line.Append(CultureInfo.InvariantCulture, $": {sensor.Received:N0} received");
            Add(line, sensor.Lost, "lost");
            Add(line, sensor.Reordered, "reordered");
            Add(line, sensor.Duplicates, "duplicates");
            Add(line, sensor.Restarts, "restarts");
            Add(line, sensor.Malformed, "malformed");
            yield return line.ToString();
        }

        if (statistic.Sensors.Count > MaxSensors)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"and {statistic.Sensors.Count - MaxSensors:N0} more sensors");
        }
    }

    // A file has no kernel that could drop anything.
    private static string Kernel(KismetStatistic statistic) =>
        statistic.ReceiveBufferBytes == 0 && statistic.KernelDropped == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", {statistic.KernelDropped:N0} dropped by the kernel");

    private static string Took(TimeSpan? elapsed) => elapsed is TimeSpan time ? string.Create(CultureInfo.InvariantCulture, $" in {time.TotalSeconds:0.0} s") : string.Empty;

    private static void Add(StringBuilder line, long count, string what)
    {
        if (count > 0)
        {
            line.Append(CultureInfo.InvariantCulture, $", {count:N0} {what}");
        }
    }
}
