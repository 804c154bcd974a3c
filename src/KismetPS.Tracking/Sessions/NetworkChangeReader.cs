using KismetPS.Tracking.Engine;

namespace KismetPS.Tracking;

/// <summary>A subscription to network changes: each changed network once, as it is now. One reading thread at a time.</summary>
internal sealed class NetworkChangeReader(IDeviceView reader, DeviceFilter? filter, bool existing)
{
    private readonly DeviceFilter _filter = filter ?? new DeviceFilter();
    private long _cursor = existing ? 0 : reader.Revision;

    /// <summary>Adds all networks changed since the last call to <paramref name="into"/>, and gives how many. Does not wait.</summary>
    public int Read(List<KismetNetwork> into)
    {
        int before = into.Count;
        long until = reader.Revision;
        reader.Networks(_filter, _cursor, network =>
        {
            into.Add(network);
            return true;
        });
        _cursor = until;
        return into.Count - before;
    }
}
