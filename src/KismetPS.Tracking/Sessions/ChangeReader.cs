namespace KismetPS.Tracking;

/// <summary>A subscription to device changes. One reading thread at a time.</summary>
internal sealed class ChangeReader : IDisposable
{
    /// <summary>Adds all changes since the last call to <paramref name="into"/>, and gives how many. Does not wait.</summary>
    public int Read(List<KismetDeviceChange> into) => throw new NotImplementedException();

    /// <summary>Expired devices that were pushed out of the bounded backlog before they were read.</summary>
    public long Missed => 0;

    public void Dispose()
    {
    }
}
