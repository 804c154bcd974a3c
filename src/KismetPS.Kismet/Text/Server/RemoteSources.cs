namespace KismetPS.Kismet.Text.Server;

/// <summary>The sources of a server that is served further. They are asked for in the background: what is read is what was told last.</summary>
internal sealed class RemoteSources(KismetConnection connection)
{
    // The text protocol tells them each second anyway; over HTTP each time is a request.
    private static readonly TimeSpan s_textAge = TimeSpan.FromMilliseconds(900);
    private static readonly TimeSpan s_restAge = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    private Task<IReadOnlyList<KismetSource>?>? _asking;
    private IReadOnlyList<KismetSource>? _told;
    private long _asked;

    /// <summary>What is known; null before the first answer. By one thread at a time.</summary>
    public IReadOnlyList<KismetSource>? Read()
    {
        TimeSpan age = connection.Protocol == KismetServerProtocol.Rest ? s_restAge : s_textAge;
        if (_asking is null || (_asking.IsCompleted && Environment.TickCount64 - _asked >= (long)age.TotalMilliseconds))
        {
            _asked = Environment.TickCount64;
            _asking = AskAsync();
        }

        if (_asking.IsCompletedSuccessfully)
        {
            // A server that is away for a moment keeps the sources it had.
            _told = _asking.Result ?? _told ?? [];
        }

        return _told;
    }

    private async Task<IReadOnlyList<KismetSource>?> AskAsync()
    {
        using CancellationTokenSource limit = new(s_limit);
        try
        {
            return await connection.Link.GetSourcesAsync(limit.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // sources that cannot be had now are asked for again; the connection itself tells its user what is wrong
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
