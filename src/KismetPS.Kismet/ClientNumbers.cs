namespace KismetPS.Kismet;

/// <summary>Numbers for those who connect to a server, the same count for all of its ports.</summary>
internal sealed class ClientNumbers
{
    private int _last;

    /// <summary>The next number, from 1.</summary>
    public int Next() => Interlocked.Increment(ref _last);
}
