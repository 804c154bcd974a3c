using System.Diagnostics;

namespace KismetPS.Kismet.Rest;

/// <summary>What a server told last of itself: its run, its clock, its place.</summary>
internal sealed class RestServerState(RestHttp http)
{
    private const string Path = "system/status.json";

    private TimeSpan _skew;
    private long _readAt;

    /// <summary>Called when another run of the program answers than before, with whether it is the same server, before anything else is taken.</summary>
    public required Action<bool> OtherRun { get; init; }

    /// <summary>Its status.</summary>
    public RestStatus Status { get; private set; } = new();

    /// <summary>Where it is; null: not told.</summary>
    public RestPlace? Place { get; private set; }

    /// <summary>When it last answered, by our clock.</summary>
    public DateTimeOffset? LastHeard { get; private set; }

    /// <summary>When it last answered, by its clock.</summary>
    public DateTimeOffset? Clock => LastHeard is { } heard ? heard + _skew : null;

    /// <summary>Now, by its clock: what is asked for by time is asked for by that, which may be hours from ours.</summary>
    public DateTimeOffset Now => DateTimeOffset.UtcNow + _skew;

    /// <summary>It answered.</summary>
    public void Heard() => LastHeard = DateTimeOffset.UtcNow;

    /// <summary>Whether the status is older than that.</summary>
    public bool IsOlderThan(TimeSpan age) => Stopwatch.GetElapsedTime(_readAt) > age;

    /// <summary>Asks for it.</summary>
    public async Task ReadAsync(CancellationToken stop, TimeSpan? timeout = null)
    {
        RestAnswer answer = await http.GetAsync(Path, stop, timeout: timeout).ConfigureAwait(false);
        if (answer.IsHtml)
        {
            throw http.Failure.Html(Path);
        }

        if (RestStatus.Read(answer.Body) is not { } status)
        {
            throw http.Failure.Invalid(answer.IsJson ? JsonAnswerStatus.Truncated : JsonAnswerStatus.Text, Path, answer.Text);
        }

        if (Status.StartSeconds != 0 && status.IsOtherRun(Status))
        {
            OtherRun(status.ServerId == Status.ServerId);
        }

        _skew = status.Clock is { } clock ? clock - DateTimeOffset.UtcNow : _skew;
        Status = status;
        RestAnswer place = await http.AskAsync(HttpMethod.Get, "gps/location.json", null, stop).ConfigureAwait(false);
        Place = place.IsOk ? RestPlace.Read(place.Body) : null;
        Heard();
        _readAt = Stopwatch.GetTimestamp();
    }
}
