namespace KismetPS.Kismet.Text.Server;

/// <summary>The sources of a server that is served further. Nobody waits for that server: it is asked in the background.</summary>
internal sealed class RemoteSources(KismetConnection connection)
{
    private static readonly TimeSpan s_age = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    private Task? _asking;
    private long _asked;
    private bool _answered;

    /// <summary>What is known; null before the first answer. By one thread at a time.</summary>
    public IReadOnlyList<KismetSource>? Read()
    {
        _answered |= _asking is { IsCompleted: true };

        // Servers of the text protocol tell them each second by themselves; over HTTP each time is a request.
        bool isDue = _answered && connection.Protocol == KismetServerProtocol.Rest && _asking!.IsCompleted && Environment.TickCount64 - _asked >= (long)s_age.TotalMilliseconds;
        if (_asking is null || isDue)
        {
            _asked = Environment.TickCount64;
            _asking = AskAsync();
        }

        IReadOnlyList<KismetSource> known = connection.Link.KnownSources;
        return known.Count > 0 || _answered ? known : null;
    }

    private async Task AskAsync()
    {
        using CancellationTokenSource limit = new(s_limit);
        try
        {
            await connection.Link.GetSourcesAsync(limit.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // sources that cannot be had now are asked for again; the connection itself tells its user what is wrong
        catch (Exception)
#pragma warning restore CA1031
        {
            // What was known stays.
        }
    }
}
