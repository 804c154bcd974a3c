using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.Tracking;
using KismetPS.Tracking.Remote;

namespace KismetPS.Kismet.Rest;

/// <summary>
/// A Kismet server since 2018, over HTTP. Devices come by polls of what changed since a time, which is the server's own; a listing now and then finds
/// what polls cannot see: devices of sources whose clocks lag, and those the server has dropped. Requests go one at a time, and their interval
/// stretches to four times what they take.
/// </summary>
internal sealed class RestLink : IServerLink
{
    private const int PageSize = 1000;
    private const int ListingSize = 5000;
    private const int DetailRequestsPerPoll = 4;

    // Polls see seconds: what came later in the second that was polled is told again.
    private const int OverlapSeconds = 1;

    private static readonly TimeSpan s_statusEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_channelsEvery = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_listEvery = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_openBudget = TimeSpan.FromSeconds(3);

    private readonly KismetConnectionOptions _options;
    private readonly RemoteTables _tables;
    private readonly RestTables _rest;
    private readonly RestHttp _http;
    private readonly RestEventBus _bus;
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly BackOff _backOff = new();
    private readonly RestTalk _talk = new();
    private RestStatus _status = new();
    private RestPlace? _place;
    private DateTimeOffset? _lastHeard;
    private volatile bool _connected;
    private int _reconnects;
    private PageWalk _pages;
    private volatile DetailList<KismetServerChannel> _channels = DetailList<KismetServerChannel>.Empty;
    private volatile string? _lastFailure;
    private volatile IReadOnlyList<KismetSource> _sources = [];
    private bool _noChannels;
    private bool _noMessages;
    private long _channelsAt;
    private bool _noDetails;
    private TimeSpan _skew;
    private volatile bool _alertsDue = true;
    private long _lostRecords;
    private long _expired;
    private TimeSpan _listingTook;
    private long _statusAt;
    private long _listedAt;

    /// <summary>Makes it; throws <see cref="KismetException"/> where the address is no good.</summary>
    public RestLink(KismetConnectionOptions options, RemoteTables tables)
    {
        _options = options;
        _tables = tables;
        RestCredential credential = RestCredential.Of(options);
        _http = new RestHttp(options, credential);
        _rest = new RestTables(tables, _http.Base.ToString());
        _pages = new PageWalk(PageSize, options.MaxDevices);
        _bus = new RestEventBus(_http, credential) { Told = OnTold, Gap = OnGap };
    }

    /// <inheritdoc/>
    public KismetServerProtocol Protocol => KismetServerProtocol.Rest;

    /// <inheritdoc/>
    public Action<string>? Warning { get; set; }

    /// <summary>Polls so far, and what they took.</summary>
    public RestPollTotals Polls { get; private set; }

    /// <inheritdoc/>
    public KismetServerInfo Info => new()
    {
        SessionId = _tables.SessionId,
        EndPoint = _http.Base.ToString(),
        Protocol = KismetServerProtocol.Rest,
        Era = "Rest",
        ServerName = _status.ServerName,
        Version = _status.Version,
        ServerId = _status.ServerId,
        StartTime = _status.StartSeconds == 0 ? null : RestText.Time(_status.StartSeconds),
        ServerTime = _lastHeard is { } heard ? heard + _skew : null,
        Devices = _status.Devices,
        Networks = _connected && _pages.IsOver ? _tables.NetworkCount : null,
        MemoryBytes = _status.MemoryKilobytes == 0 ? null : _status.MemoryKilobytes * 1024,
        Latitude = _place?.Latitude,
        Longitude = _place?.Longitude,
        AltitudeM = _place?.AltitudeM,
        IsConnected = _connected,
        Reconnects = _reconnects,
        LastHeard = _lastHeard,
        LastFailure = _lastFailure,
        Channels = _channels,
        Messages = _talk.ToList(),
    };

    /// <inheritdoc/>
    public KismetStatistic Statistics
    {
        get
        {
            List<KismetCounter> reasons = [];
            Add("RecordMalformed", _rest.Malformed);
            Add("RecordBroken", Interlocked.Read(ref _lostRecords));
            Add("EventMalformed", _bus.Malformed);
            Add("WrongType", _rest.WrongValues);
            Add("SameAddress", _rest.SameAddress);
            Add("Repeated", _rest.Repeated);
            long malformed = _rest.Malformed + Interlocked.Read(ref _lostRecords) + _bus.Malformed;
            return new KismetStatistic
            {
                SessionId = _tables.SessionId,
                Name = _tables.SessionName,
                Received = _rest.Records,
                Malformed = malformed,
                Dropped = malformed + _rest.SameAddress,
                Bytes = _http.Bytes + _bus.Bytes,
                Devices = _tables.DeviceCount,
                Networks = _tables.NetworkCount,
                Expired = _expired,
                Evicted = _tables.Evicted,
                Alerts = _tables.AlertCount,
                DropReasons = new DetailList<KismetCounter>(reasons),
            };

            void Add(string name, long count)
            {
                if (count > 0)
                {
                    reasons.Add(new KismetCounter { Name = name, Count = count });
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Open(CancellationToken stop) => OpenAsync(stop).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Run(CancellationToken stop) => RunAsync(stop).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public IReadOnlyList<KismetSource> KnownSources => _sources;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<KismetSource>> GetSourcesAsync(CancellationToken cancel)
    {
        List<KismetSource> sources = [];
        await _http.StreamAsync(
            "datasource/all_sources.json",
            null,
            JsonAnswerForm.Array,
            static run => run(),
            record =>
            {
                if (RestSource.Read(record, _tables.SessionId) is { } source)
                {
                    sources.Add(source);
                }
            },
            CountLost,
            cancel).ConfigureAwait(false);
        _sources = sources;
        return sources;
    }

    /// <inheritdoc/>
    public async Task<KismetSource?> AddSourceAsync(string definition, CancellationToken cancel)
    {
        RestAnswer answer = await CommandAsync("datasource/add_source.cmd", $"{{\"definition\":{JsonSerializer.Serialize(definition)}}}", cancel).ConfigureAwait(false);
        return RestSource.Read(answer.Body, _tables.SessionId);
    }

    /// <inheritdoc/>
    public async Task SetSourceAsync(KismetSource source, SourceChange change, CancellationToken cancel)
    {
        double? rate = change.HopRate ?? (change.DwellSeconds is int dwell and > 0 ? 1.0 / dwell : null);
        string rateText = rate is double r ? string.Create(CultureInfo.InvariantCulture, $"\"rate\":{r}") : string.Empty;
        if (change.Channels is { Count: > 0 } channels)
        {
            await OfSourceAsync(source, "set_channel", $"{{\"channels\":{JsonSerializer.Serialize(channels)}{(rate is null ? "" : ",")}{rateText}}}", cancel).ConfigureAwait(false);
        }
        else if ((change.Channel ?? (change.Hop == false ? source.Channel : null)) is { } channel)
        {
            await OfSourceAsync(source, "set_channel", $"{{\"channel\":{JsonSerializer.Serialize(channel)}}}", cancel).ConfigureAwait(false);
        }
        else if (change.Hop == true || rate is not null)
        {
            await OfSourceAsync(source, "set_hop", $"{{{rateText}}}", cancel).ConfigureAwait(false);
        }

        if (change.Paused == true)
        {
            await OfSourceAsync(source, "pause_source", "{}", cancel).ConfigureAwait(false);
        }
        else if (change.Paused == false)
        {
            await OfSourceAsync(source, source.Running == false ? "open_source" : "resume_source", "{}", cancel).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task RemoveSourceAsync(KismetSource source, CancellationToken cancel) => OfSourceAsync(source, "close_source", "{}", cancel);

    /// <summary>Asks any endpoint: <paramref name="command"/> is its path, arguments are <c>name=value</c>, a body is JSON text or an object and makes it a POST.</summary>
    public async Task<KismetCommandReply> SendAsync(string command, IReadOnlyList<string> arguments, object? body, CancellationToken cancel)
    {
        string path = command.TrimStart('/');
        if (arguments.Count > 0)
        {
            path += (path.Contains('?', StringComparison.Ordinal) ? '&' : '?') + string.Join('&', arguments.Select(Argument));
        }

        string? json = body switch
        {
            null => path.Split('?')[0].EndsWith(".cmd", StringComparison.Ordinal) ? "{}" : null,
            string text => text,
            _ => JsonSerializer.Serialize(body),
        };
        if (DeviceQuery.IsWithoutFields(path, json))
        {
            json = DeviceQuery.FieldAsList(json) ?? throw new KismetException(
                KismetErrorId.ArgumentInvalid,
                $"{path.Split('?')[0]} without fields is asking for all that the server knows of its devices.",
                "That stalls a large server until it drops its sensors: name fields, as with -Body @{ fields = 'kismet.device.base.macaddr', 'kismet.device.base.type' }.");
        }

        RestAnswer answer = json is null
            ? await _http.GetAsync(path, cancel, command: true).ConfigureAwait(false)
            : await CommandAsync(path, json, cancel).ConfigureAwait(false);
        return new KismetCommandReply
        {
            Command = command,
            Id = (int)answer.Status,
            Text = answer.IsJson ? null : answer.Text,
            Json = answer.IsJson ? answer.Text : null,
            Elapsed = answer.Elapsed,
            SessionId = _tables.SessionId,
        };
    }

    public void Dispose()
    {
        _connected = false;
        _http.Dispose();
    }

    private static string Argument(string text) =>
        text.Split('=', 2) is [{ } name, { } value] ? $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}" : Uri.EscapeDataString(text);

    private async Task OpenAsync(CancellationToken stop)
    {
        await ReadStatusAsync(stop, _options.ConnectTimeout).ConfigureAwait(false);
        _connected = true;
        await ReadPagesAsync(s_openBudget, stop).ConfigureAwait(false);
        await ReadDetailsAsync(stop).ConfigureAwait(false);
    }

    private async Task RunAsync(CancellationToken stop)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task bus = Task.Run(() => _bus.RunAsync(ended.Token), CancellationToken.None);
        try
        {
            while (true)
            {
                stop.ThrowIfCancellationRequested();
                long start = Stopwatch.GetTimestamp();
                try
                {
                    await CycleAsync(stop).ConfigureAwait(false);
                    Back();
                }
                catch (KismetException e)
                {
                    Away(e);
                    if (e.Id is KismetErrorId.AuthenticationFailed or KismetErrorId.RoleMissing or KismetErrorId.ServerRedirect)
                    {
                        // Asking again would not help: somebody has to mend it first.
                        throw;
                    }

                    if (!_options.Reconnect)
                    {
                        throw new KismetException(KismetErrorId.ConnectionLost, e.Message, e.Advice, e);
                    }

                    await Task.Delay(_backOff.Next(), stop).ConfigureAwait(false);
                    continue;
                }

                TimeSpan took = Stopwatch.GetElapsedTime(start);
                TimeSpan interval = took * 4 > _options.UpdateInterval ? took * 4 : _options.UpdateInterval;
                await _wake.WaitAsync(interval - took > TimeSpan.Zero ? interval - took : TimeSpan.Zero, stop).ConfigureAwait(false);
            }
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await bus.ConfigureAwait(false);
        }
    }

    private async Task CycleAsync(CancellationToken stop)
    {
        if (!_connected || Stopwatch.GetElapsedTime(_statusAt) > s_statusEvery)
        {
            await ReadStatusAsync(stop).ConfigureAwait(false);
        }

        if (!_pages.IsOver)
        {
            await ReadPagesAsync(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(false);
        }
        else
        {
            await PollAsync(stop).ConfigureAwait(false);
        }

        await ReadDetailsAsync(stop).ConfigureAwait(false);
        if (_alertsDue || !_bus.IsOpen)
        {
            // Another gap may come while this one is filled.
            _alertsDue = false;
            try
            {
                string since = _rest.LastAlertSeconds.ToString("0.000000", CultureInfo.InvariantCulture);
                await StreamAsync($"alerts/last-time/{since}/alerts.json", null, JsonAnswerForm.Array, record => _rest.TakeAlert(record), stop).ConfigureAwait(false);
                await ReadMessagesAsync(stop).ConfigureAwait(false);
            }
            catch
            {
                _alertsDue = true;
                throw;
            }
        }

        if (!_noChannels && (_channelsAt == 0 || Stopwatch.GetElapsedTime(_channelsAt) > s_channelsEvery))
        {
            await ReadChannelsAsync(stop).ConfigureAwait(false);
        }

        // A listing costs at most a twentieth of the time.
        if (Stopwatch.GetElapsedTime(_listedAt) > (_listingTook * 20 > s_listEvery ? _listingTook * 20 : s_listEvery))
        {
            await ListAsync(stop).ConfigureAwait(false);
        }
    }

    private async Task ReadStatusAsync(CancellationToken stop, TimeSpan? timeout = null)
    {
        const string Path = "system/status.json";
        RestAnswer answer = await _http.GetAsync(Path, stop, timeout: timeout).ConfigureAwait(false);
        if (answer.IsHtml)
        {
            throw _http.Failure.Html(Path);
        }

        if (RestStatus.Read(answer.Body) is not { } status)
        {
            throw _http.Failure.Invalid(answer.IsJson ? JsonAnswerStatus.Truncated : JsonAnswerStatus.Text, Path, answer.Text);
        }

        if (_status.StartSeconds != 0 && status.IsOtherRun(_status))
        {
            using (_tables.Enter())
            {
                _rest.Restarted(sameServer: status.ServerId == _status.ServerId);
            }

            _talk.Clear();
            (_pages, _listedAt, _alertsDue, _channelsAt) = (new PageWalk(PageSize, _options.MaxDevices), 0, true, 0);
        }

        // What is asked for by time is asked for by the server's clock: it may be hours from ours.
        _skew = status.Clock is { } clock ? clock - DateTimeOffset.UtcNow : _skew;
        _status = status;
        RestAnswer place = await _http.AskAsync(HttpMethod.Get, "gps/location.json", null, stop).ConfigureAwait(false);
        _place = place.IsOk ? RestPlace.Read(place.Body) : null;
        _lastHeard = DateTimeOffset.UtcNow;
        _statusAt = Stopwatch.GetTimestamp();
        if (_options.DeviceTimeout > TimeSpan.Zero)
        {
            using (_tables.Enter())
            {
                _expired += _tables.Expire(DateTimeOffset.UtcNow + _skew - _options.DeviceTimeout);
            }
        }
    }

    // The first time all devices, page by page, so that the server is never held for long.
    private async Task ReadPagesAsync(TimeSpan budget, CancellationToken stop)
    {
        long start = Stopwatch.GetTimestamp();
        while (!_pages.IsOver && (budget == Timeout.InfiniteTimeSpan || Stopwatch.GetElapsedTime(start) < budget))
        {
            await ReadPageAsync(_pages, DeviceQuery.FactsBody, _rest.Take, stop).ConfigureAwait(false);
            _listedAt = Stopwatch.GetTimestamp();
        }
    }

    private async Task ReadPageAsync(PageWalk pages, byte[] body, RecordHandler take, CancellationToken stop)
    {
        pages.Again();
        string outside = await StreamAsync(
            $"devices/views/all/devices.json?page={pages.Page}&length={pages.Size}",
            body,
            JsonAnswerForm.Array,
            record =>
            {
                pages.See(record);
                take(record);
            },
            stop).ConfigureAwait(false);
        pages.EndPage(outside);
    }

    // Not every release has these; what they tell is no reason to end a session that has devices.
    private async Task ReadMessagesAsync(CancellationToken stop)
    {
        if (_noMessages)
        {
            return;
        }

        try
        {
            await StreamAsync(
                string.Create(CultureInfo.InvariantCulture, $"messagebus/last-time/{_talk.LastSeconds}/messages.json"), null, JsonAnswerForm.Array, record => _talk.Take(record), stop).ConfigureAwait(false);
        }
        catch (KismetException e) when (e.Id is KismetErrorId.ServerUnknown or KismetErrorId.RoleMissing)
        {
            _noMessages = true;
        }
    }

    private async Task ReadChannelsAsync(CancellationToken stop)
    {
        RestAnswer answer = await _http.AskAsync(HttpMethod.Get, "channels/channels.json", null, stop).ConfigureAwait(false);
        _noChannels = !answer.IsOk;
        _channels = answer.IsOk ? new DetailList<KismetServerChannel>(RestChannels.Read(answer.Body)) : _channels;
        _channelsAt = Stopwatch.GetTimestamp();
    }

    private async Task PollAsync(CancellationToken stop)
    {
        // The clock of a sensor may run ahead: what it says must not hide the others.
        long now = (DateTimeOffset.UtcNow + _skew).ToUnixTimeSeconds();
        long since = Math.Max(0, Math.Min(_rest.LastPacketSeconds, now) - OverlapSeconds);
        long start = Stopwatch.GetTimestamp();
        long bytes = _http.Bytes;
        await StreamAsync(
            string.Create(CultureInfo.InvariantCulture, $"devices/last-time/{since}/devices.itjson"), DeviceQuery.FactsBody, JsonAnswerForm.Lines, _rest.Take, stop).ConfigureAwait(false);
        Polls = new RestPollTotals(Polls.Count + 1, Polls.Time + Stopwatch.GetElapsedTime(start), Polls.Bytes + _http.Bytes - bytes);
    }

    private async Task ReadDetailsAsync(CancellationToken stop)
    {
        for (int i = 0; i < DetailRequestsPerPoll; i++)
        {
            List<string> keys;
            using (_tables.Enter())
            {
                keys = _rest.TakeWanting(DeviceQuery.MaxKeys);
            }

            if (keys.Count == 0 || _noDetails)
            {
                return;
            }

            try
            {
                await StreamAsync("devices/multikey/devices.json", DeviceQuery.ForKeys(keys, details: true), JsonAnswerForm.Array, _rest.TakeDetails, stop).ConfigureAwait(false);
            }
            catch (KismetException e) when (e.Id == KismetErrorId.ServerUnknown)
            {
                // A release before that endpoint: what polls tell has to do.
                _noDetails = true;
            }
        }
    }

    private async Task ListAsync(CancellationToken stop)
    {
        long start = Stopwatch.GetTimestamp();
        List<string> changed = [];
        using (_tables.Enter())
        {
            _rest.BeginListing();
        }

        PageWalk pages = new(ListingSize, _options.MaxDevices);
        while (!pages.IsOver)
        {
            await ReadPageAsync(
                pages,
                DeviceQuery.ListingBody,
                record =>
                {
                    if (_rest.TakeListed(record) is { } key)
                    {
                        changed.Add(key);
                    }
                },
                stop).ConfigureAwait(false);
        }

        using (_tables.Enter())
        {
            _expired += _rest.EndListing(pages.Page);
        }

        foreach (string[] keys in changed.Chunk(DeviceQuery.MaxKeys))
        {
            await StreamAsync("devices/multikey/devices.json", DeviceQuery.ForKeys(keys, details: false), JsonAnswerForm.Array, _rest.Take, stop).ConfigureAwait(false);
        }

        _listingTook = Stopwatch.GetElapsedTime(start);
        _listedAt = Stopwatch.GetTimestamp();
    }

    private Task<string> StreamAsync(string path, byte[]? form, JsonAnswerForm answerForm, RecordHandler take, CancellationToken stop) =>
        _http.StreamAsync(path, form, answerForm, Gated, take, CountLost, stop);

    private void Gated(Action run)
    {
        using (_tables.Enter())
        {
            run();
        }
    }

    private void CountLost(int count) => Interlocked.Add(ref _lostRecords, count);

    private void Back()
    {
        _lastHeard = DateTimeOffset.UtcNow;
        _backOff.Reset();
        if (!_connected)
        {
            _connected = true;
            _reconnects++;
            _tables.Stale = false;
        }
    }

    private void Away(KismetException e)
    {
        if (_connected)
        {
            _connected = false;
            _lastFailure = e.Message;
            _alertsDue = true;
            _tables.Stale = true;
            Warning?.Invoke(e.Message);
        }
    }

    private void OnGap()
    {
        _alertsDue = true;
        Wake();
    }

    private void OnTold(string topic, byte[] json)
    {
        switch (topic)
        {
            case "NEW_DEVICE":
                using (_tables.Enter())
                {
                    _rest.Take(json);
                }

                break;
            case "MESSAGE":
                _talk.Take(json);
                break;
            case "ALERT":
                using (_tables.Enter())
                {
                    _rest.TakeAlert(json);
                }

                break;
            default:
                break;
        }
    }

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake.
        }
    }

    private async Task OfSourceAsync(KismetSource source, string command, string json, CancellationToken cancel)
    {
        try
        {
            await CommandAsync($"datasource/by-uuid/{Uri.EscapeDataString(source.Uuid)}/{command}.cmd", json, cancel).ConfigureAwait(false);
        }
        catch (KismetException e) when (e.Id == KismetErrorId.CommandRefused && e.Message.Contains("no such datasource", StringComparison.OrdinalIgnoreCase))
        {
            throw new KismetException(KismetErrorId.SourceNotFound, $"The server has no capture source {source.Uuid}.", "Get-KismetSource lists them.", e);
        }
        catch (KismetException e) when (e.Id == KismetErrorId.CommandRefused && e.Message.Contains("already ", StringComparison.OrdinalIgnoreCase))
        {
            // It is as it was asked to be.
        }
    }

    private async Task<RestAnswer> CommandAsync(string path, string json, CancellationToken cancel)
    {
        RestAnswer answer = await _http.AskAsync(HttpMethod.Post, path, DeviceQuery.Form(json), cancel).ConfigureAwait(false);
        if ((int)answer.Status == 500 && answer.Text is "{}" or "[]")
        {
            throw new KismetException(KismetErrorId.CommandRefused, $"The server refuses {path.Split('?')[0]}: {await ReasonAsync(cancel).ConfigureAwait(false)}", "Its messages say more.");
        }

        await _http.CheckAsync(answer, path.Split('?')[0], command: true, cancel).ConfigureAwait(false);
        return answer;
    }

    // A command that fails says no reason: it is among the messages.
    private async Task<string> ReasonAsync(CancellationToken cancel)
    {
        string reason = "it gives no reason";
        await _http.StreamAsync(
            string.Create(CultureInfo.InvariantCulture, $"messagebus/last-time/{(DateTimeOffset.UtcNow + _skew).ToUnixTimeSeconds() - 3}/messages.json"),
            null,
            JsonAnswerForm.Array,
            static run => run(),
            record =>
            {
                if (RestMessage.Read(record) is { IsError: true } message)
                {
                    reason = message.Text;
                }
            },
            null,
            cancel).ConfigureAwait(false);
        return reason;
    }
}
