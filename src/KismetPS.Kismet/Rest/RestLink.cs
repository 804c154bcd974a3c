using System.Diagnostics;
using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.Tracking;
using KismetPS.Tracking.Remote;

namespace KismetPS.Kismet.Rest;

/// <summary>
/// A Kismet server since 2018, over HTTP. Requests go one at a time, and the interval of polls stretches to four times what they take; while the server is
/// away what is known is stale, and attempts come less often the longer it takes.
/// </summary>
internal sealed class RestLink : IServerLink
{
    private readonly KismetConnectionOptions _options;
    private readonly RestIntervals _intervals;
    private readonly RemoteTables _tables;
    private readonly RestHttp _http;
    private readonly RestTables _rest;
    private readonly RestRecords _records;
    private readonly RestServerState _server;
    private readonly RestDevicePolls _devices;
    private readonly RestNews _news;
    private readonly RestChannelPolls _channels;
    private readonly RestCommands _commands;
    private readonly RestSourceControl _sources;
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly BackOff _backOff = new();
    private volatile bool _connected;
    private int _reconnects;
    private volatile string? _lastFailure;

    /// <summary>Makes it; throws <see cref="KismetException"/> where the address is no good.</summary>
    public RestLink(KismetConnectionOptions options, RemoteTables tables, RestIntervals? intervals = null)
    {
        _options = options;
        _intervals = intervals ?? new RestIntervals();
        _tables = tables;
        RestCredential credential = RestCredential.Of(options);
        _http = new RestHttp(options, credential);
        _rest = new RestTables(tables, _http.Base.ToString());
        _records = new RestRecords(_http, tables);
        _server = new RestServerState(_http) { OtherRun = OnOtherRun };
        _devices = new RestDevicePolls(options, _intervals, tables, _rest, _http, _records);
        _news = new RestNews(_http, credential, tables, _rest, _records, Wake);
        _channels = new RestChannelPolls(_http, _intervals.Channels);
        _commands = new RestCommands(_http, _records, _server, tables.SessionId);
        _sources = new RestSourceControl(_records, _commands, tables.SessionId);
    }

    /// <inheritdoc/>
    public KismetServerProtocol Protocol => KismetServerProtocol.Rest;

    /// <inheritdoc/>
    public Action<string>? Warning { get; set; }

    /// <summary>Polls so far, and what they took.</summary>
    public RestPollTotals Polls => _devices.Totals;

    /// <inheritdoc/>
    public KismetServerInfo Info
    {
        get
        {
            RestStatus status = _server.Status;
            RestPlace? place = _server.Place;
            return new KismetServerInfo
            {
                SessionId = _tables.SessionId,
                EndPoint = _http.Base.ToString(),
                Protocol = KismetServerProtocol.Rest,
                Era = "Rest",
                ServerName = status.ServerName,
                Version = status.Version,
                ServerId = status.ServerId,
                StartTime = status.StartSeconds == 0 ? null : RestText.Time(status.StartSeconds),
                ServerTime = _server.Clock,
                Devices = status.Devices,
                Networks = _connected && _devices.IsLoaded ? _tables.NetworkCount : null,
                MemoryBytes = status.MemoryKilobytes == 0 ? null : status.MemoryKilobytes * 1024,
                Latitude = place?.Latitude,
                Longitude = place?.Longitude,
                AltitudeM = place?.AltitudeM,
                IsConnected = _connected,
                Reconnects = _reconnects,
                LastHeard = _server.LastHeard,
                LastFailure = _lastFailure,
                Channels = _channels.Channels,
                Messages = _news.Talk.ToList(),
            };
        }
    }

    /// <inheritdoc/>
    public KismetStatistic Statistics
    {
        get
        {
            List<KismetCounter> reasons = [];
            Add("RecordMalformed", _rest.Malformed);
            Add("RecordBroken", _records.Lost);
            Add("EventMalformed", _news.Malformed);
            Add("WrongType", _rest.WrongValues);
            Add("SameAddress", _rest.SameAddress);
            Add("Repeated", _rest.Repeated);
            long malformed = _rest.Malformed + _records.Lost + _news.Malformed;
            return new KismetStatistic
            {
                SessionId = _tables.SessionId,
                Name = _tables.SessionName,
                Received = _rest.Records,
                Malformed = malformed,
                Dropped = malformed + _rest.SameAddress,
                Bytes = _http.Bytes + _news.Bytes,
                Devices = _tables.DeviceCount,
                Networks = _tables.NetworkCount,
                Expired = _devices.Expired,
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
    public IReadOnlyList<KismetSource> KnownSources => _sources.Known;

    /// <inheritdoc/>
    public void Open(CancellationToken stop) => OpenAsync(stop).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Run(CancellationToken stop) => RunAsync(stop).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public Task<IReadOnlyList<KismetSource>> GetSourcesAsync(CancellationToken cancel) => _sources.GetAsync(cancel);

    /// <inheritdoc/>
    public Task<KismetSource?> AddSourceAsync(string definition, CancellationToken cancel) => _sources.AddAsync(definition, cancel);

    /// <inheritdoc/>
    public Task SetSourceAsync(KismetSource source, SourceChange change, CancellationToken cancel) => _sources.SetAsync(source, change, cancel);

    /// <inheritdoc/>
    public Task RemoveSourceAsync(KismetSource source, CancellationToken cancel) => _sources.RemoveAsync(source, cancel);

    /// <inheritdoc/>
    public Task<KismetCommandReply> SendAsync(string command, IReadOnlyList<string> arguments, object? body, CancellationToken cancel) =>
        _commands.SendAsync(command, arguments, body, cancel);

    public void Dispose()
    {
        _connected = false;
        _http.Dispose();
    }

    private async Task OpenAsync(CancellationToken stop)
    {
        await ReadStatusAsync(stop, _options.ConnectTimeout).ConfigureAwait(false);
        _connected = true;
        await _devices.OpenAsync(_options.FirstLook, stop).ConfigureAwait(false);
    }

    private async Task RunAsync(CancellationToken stop)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task bus = Task.Run(() => _news.RunAsync(ended.Token), CancellationToken.None);
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
        if (!_connected || _server.IsOlderThan(_intervals.Status))
        {
            await ReadStatusAsync(stop).ConfigureAwait(false);
        }

        await _devices.PollAsync(_server.Now, stop).ConfigureAwait(false);
        await _news.CatchUpAsync(stop).ConfigureAwait(false);
        await _channels.ReadWhenDueAsync(stop).ConfigureAwait(false);
        await _devices.ListWhenDueAsync(stop).ConfigureAwait(false);
    }

    private async Task ReadStatusAsync(CancellationToken stop, TimeSpan? timeout = null)
    {
        await _server.ReadAsync(stop, timeout).ConfigureAwait(false);
        _devices.Expire(_server.Now);
    }

    private void OnOtherRun(bool sameServer)
    {
        using (_tables.Enter())
        {
            _rest.Restarted(sameServer);
        }

        _news.Restart();
        _devices.Restart();
        _channels.Restart();
    }

    private void Back()
    {
        _server.Heard();
        _backOff.Reset();
        if (!_connected)
        {
            // Who sees that it is there finds its devices fresh.
            _tables.Stale = false;
            _reconnects++;
            _connected = true;
        }
    }

    private void Away(KismetException e)
    {
        if (_connected)
        {
            // Who sees that it is away finds its devices stale, and why.
            _tables.Stale = true;
            _lastFailure = e.Message;
            _news.Miss();
            _connected = false;
            Warning?.Invoke(e.Message);
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
}
