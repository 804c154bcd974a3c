using KismetPS.Tracking;

namespace KismetPS.PowerShell.Model;

/// <summary>Counts devices by a property. The count is of devices, so one that several sessions heard counts once per session.</summary>
internal sealed class DeviceMeasure
{
    private readonly List<KismetDevice> _devices = [];

    public void Add(IEnumerable<KismetDevice> devices) => _devices.AddRange(devices);

    /// <summary>Groups, largest first, the unknown value last.</summary>
    public IEnumerable<KismetDeviceGroup> By(KismetMeasure property) => _devices
        .GroupBy(d => Value(d, property))
        .OrderBy(static g => g.Key is null)
        .ThenByDescending(static g => g.Count())
        .ThenBy(static g => g.Key as IComparable)
        .Select(g => new KismetDeviceGroup
        {
            Property = property,
            Value = g.Key,
            Count = g.Count(),
            Share = (double)g.Count() / _devices.Count,
            MeanSignalDbm = g.Average(static d => (double?)d.SignalDbm),
        });

    private static object? Value(KismetDevice device, KismetMeasure property) => property switch
    {
        KismetMeasure.Channel => device.Channel,
        KismetMeasure.Encryption => device.Encryption,
        KismetMeasure.Vendor => device.Vendor,
        _ => device.Type,
    };
}
