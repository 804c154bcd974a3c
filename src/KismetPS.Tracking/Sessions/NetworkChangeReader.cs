namespace KismetPS.Tracking;

/// <summary>A subscription to network changes. One reading thread at a time.</summary>
internal sealed class NetworkChangeReader : IDisposable
{
    /// <summary>Adds all networks changed since the last call to <paramref name="into"/>, and gives how many. Does not wait.</summary>
    public int Read(List<KismetNetwork> into) => throw new NotImplementedException();

    public void Dispose()
    {
    }
}
