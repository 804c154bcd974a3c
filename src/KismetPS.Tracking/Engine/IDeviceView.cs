namespace KismetPS.Tracking.Engine;

/// <summary>What readers walk: the tables of a capture, or what a remote server told. Every change raises the revision. Any thread.</summary>
internal interface IDeviceView
{
    /// <summary>The revision now.</summary>
    long Revision { get; }

    /// <summary>Devices that changed after one revision and were added by another, each with whether it was added after the first; until the callback gives false.</summary>
    /// <returns>Where to go on if the callback gave false, for <paramref name="from"/> of another call; -1 at the end.</returns>
    int Devices(DeviceFilter filter, long after, long until, Func<KismetDevice, bool, bool> take, int from = 0);

    /// <summary>Networks that changed after a revision, until the callback gives false.</summary>
    void Networks(DeviceFilter filter, long after, Func<KismetNetwork, bool> take);

    /// <summary>Alerts with a number above <paramref name="after"/>, oldest first.</summary>
    IReadOnlyList<KismetAlert> Alerts(long after);
}
