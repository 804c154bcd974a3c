using KismetPS.Export.Formats;
using KismetPS.Tracking;

namespace KismetPS.Cli.Output;

/// <summary>Devices to the standard output or a file, in a file format.</summary>
internal static class DeviceOutput
{
    /// <summary>All devices to the standard output.</summary>
    public static void Write(CliContext context, IEnumerable<KismetDevice> devices, DeviceFileFormat format)
    {
        context.Out.Flush();
        using DeviceFileWriter writer = DeviceFileWriter.Open(context.OutStream, format);
        WriteAll(writer, devices);
    }

    /// <summary>All devices to a file, whose extension says the format.</summary>
    public static void Write(string path, IEnumerable<KismetDevice> devices)
    {
        using DeviceFileWriter writer = DeviceFileWriter.Open(path);
        WriteAll(writer, devices);
    }

    /// <summary>The loudest first; those without a signal last, in the order of their addresses.</summary>
    public static IReadOnlyList<KismetDevice> BySignal(IEnumerable<KismetDevice> devices) =>
        [.. devices.OrderByDescending(static d => d.SignalDbm ?? int.MinValue).ThenBy(static d => d.MacAddress, StringComparer.Ordinal)];

    /// <inheritdoc cref="BySignal(IEnumerable{KismetDevice})"/>
    public static IReadOnlyList<KismetNetwork> BySignal(IEnumerable<KismetNetwork> networks) =>
        [.. networks.OrderByDescending(static n => n.SignalDbm ?? int.MinValue).ThenBy(static n => n.Bssid, StringComparer.Ordinal).ThenBy(static n => n.Ssid, StringComparer.Ordinal)];

    private static void WriteAll(DeviceFileWriter writer, IEnumerable<KismetDevice> devices)
    {
        foreach (KismetDevice device in devices)
        {
            writer.Write(device);
        }

        writer.Complete();
    }
}
