using System.Globalization;
using System.Net.Sockets;
using System.Text;
using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.Tracking;
using KismetPS.Tracking.Remote;

namespace KismetPS.Kismet.Text.Client;

/// <summary>The conversation with a text server over a socket: reads, writes, and connects again when the server goes away.</summary>
internal sealed class TextLink : IServerLink
{
    private static readonly TimeSpan DumpTime = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan CommandTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SourceLook = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SourceAge = TimeSpan.FromSeconds(2);

    private const int SourceLooks = 25;

    private readonly KismetConnectionOptions _options;
    private readonly RemoteTables _tables;
    private readonly TextWorld _world;
    private readonly TextConversation _conversation;
    private readonly object _gate = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly BackOff _backoff = new();
    private ServerStream? _stream;
    private bool _connected;
    private int _reconnects;
    private DateTimeOffset? _heard;
    private DateTimeOffset _expired;
    private long _expiredCount;
    private string? _failure;

    public TextLink(KismetConnectionOptions options, RemoteTables tables, ServerStream? opened)
    {
        _options = options;
        _tables = tables;
        _stream = opened;
        _world = new TextWorld(tables) { EndPoint = $"{options.ComputerName}:{options.Port}" };
        _conversation = new TextConversation(_world, options.EverySentence);
    }

    public KismetServerProtocol Protocol => KismetServerProtocol.Text;

    public Action<string>? Warning { get; set; }

    public KismetServerInfo Info
    {
        get
        {
            using (_tables.Enter())
            {
                ServerFacts server = _world.Server;
                ServerTotals totals = server.Totals;
                totals.InFeet = _world.Era == TextEra.Stable;
                (double? latitude, double? longitude, double? altitude) = totals.Position();
                return new KismetServerInfo
                {
                    SessionId = _tables.SessionId,
                    EndPoint = _world.EndPoint,
                    Protocol = Protocol,
                    Era = _world.Era == TextEra.Unknown ? null : _world.Era.ToString(),
                    ServerName = server.Greeting is { } greeting ? UserText.Of(Encoding.Latin1.GetBytes(greeting.ServerName)) : null,
                    Version = server.Greeting?.Release,
                    StartTime = server.Greeting?.StartedUtc,
                    ServerTime = server.Time,
                    Networks = totals.Networks < 0 ? null : totals.Networks,
                    Packets = totals.Packets < 0 ? null : totals.Packets,
                    PacketsPerSecond = totals.Rate < 0 ? null : totals.Rate,
                    BatteryPercent = totals.BatteryPercent(),
                    Latitude = latitude,
                    Longitude = longitude,
                    AltitudeM = altitude,
                    IsConnected = _connected,
                    Reconnects = _reconnects,
                    LastHeard = _heard,
                    LastFailure = _failure,
                    Channels = server.Channels(),
                    Messages = server.Messages(),
                };
            }
        }
    }

    public KismetStatistic Statistics
    {
        get
        {
            List<KismetCounter> reasons = [];
            long dropped = 0;
            long malformed = 0;
            foreach (TextDropReason reason in Enum.GetValues<TextDropReason>())
            {
                long count = _world.Dropped(reason);
                if (count > 0)
                {
                    reasons.Add(new KismetCounter { Name = reason.ToString(), Count = count });
                    dropped += reason is TextDropReason.BadValue ? 0 : count;
                    malformed += reason is TextDropReason.BadValue or TextDropReason.GroupAddress or TextDropReason.NotAskedFor or TextDropReason.TooMany ? 0 : count;
                }
            }

            (long lines, long longLines, _) = _conversation.Counters;
            if (longLines > 0)
            {
                reasons.Add(new KismetCounter { Name = "LongLine", Count = longLines });
            }

            return new KismetStatistic
            {
                SessionId = _tables.SessionId,
                Name = _tables.SessionName,
                Received = lines + longLines,
                Decoded = _world.Taken,
                Malformed = malformed + longLines,
                Dropped = dropped + longLines,
                Bytes = _conversation.Bytes,
                FramesPerSecond = Math.Max(0, _world.Server.Totals.Rate),
                Devices = _tables.DeviceCount,
                Networks = _tables.NetworkCount,
                Expired = Interlocked.Read(ref _expiredCount),
                Evicted = _tables.Evicted,
                Alerts = _tables.AlertCount,
                DropReasons = reasons.Count == 0 ? DetailList<KismetCounter>.Empty : new DetailList<KismetCounter>(reasons),
            };
        }
    }

    public void Open(CancellationToken stop)
    {
        ConnectAsync(stop).GetAwaiter().GetResult();

        // What the server knows is there when the caller has the session; a server that is slow to answer does not hold it up long.
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(DumpTime);
        try
        {
            while (_conversation.Phase != TextPhase.Running && ReadAsync(limit.Token).GetAwaiter().GetResult())
            {
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // It goes on in the background.
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The loop finds the same and connects again.
        }
    }

    public void Run(CancellationToken stop)
    {
        try
        {
            RunAsync(stop).GetAwaiter().GetResult();
        }
        finally
        {
            Away(new KismetException(KismetErrorId.ConnectionLost, "The connection was ended.", "Connect again."));
            _conversation.CompleteSentences();
        }
    }

    /// <summary>A subscription to the raw sentences.</summary>
    public SentenceQueue OpenSentences(int capacity = 65_536)
    {
        lock (_gate)
        {
            return _conversation.OpenSentences(capacity, queue =>
            {
                lock (_gate)
                {
                    _conversation.CloseSentences(queue);
                }
            });
        }
    }

    /// <summary>Sentences the server offers.</summary>
    public IReadOnlyList<SentenceDefinition> Offered
    {
        get
        {
            lock (_gate)
            {
                return _conversation.Offered;
            }
        }
    }

    public IReadOnlyList<KismetSource> KnownSources
    {
        get
        {
            using (_tables.Enter())
            {
                DateTimeOffset last = _world.Server.LastSource;
                return last == DateTimeOffset.MinValue ? [] : _world.Server.Sources(last - SourceAge, _tables.SessionId);
            }
        }
    }

    public async Task<IReadOnlyList<KismetSource>> GetSourcesAsync(CancellationToken cancel)
    {
        // A server before 2009 tells none when it is asked for them, and all of them each second from then on.
        for (int i = 0; i < SourceLooks; i++)
        {
            if (i > 0)
            {
                await Task.Delay(SourceLook, cancel).ConfigureAwait(false);
            }

            using (_tables.Enter())
            {
                // What was not told with the others is gone.
                DateTimeOffset last = _world.Server.LastSource;
                if (last != DateTimeOffset.MinValue)
                {
                    return _world.Server.Sources(last - SourceAge, _tables.SessionId);
                }

                if (!_connected)
                {
                    break;
                }
            }
        }

        return [];
    }

    public async Task<KismetSource?> AddSourceAsync(string definition, CancellationToken cancel)
    {
        NeedNewcore("add capture sources");
        await SendAsync("ADDSOURCE", [definition], null, cancel).ConfigureAwait(false);
        string name = definition.Split(':')[0];
        for (int i = 0; i < 15; i++)
        {
            IReadOnlyList<KismetSource> sources = await GetSourcesAsync(cancel).ConfigureAwait(false);
            if (sources.LastOrDefault(s => s.Interface == name) is { } source)
            {
                return source;
            }

            await Task.Delay(100, cancel).ConfigureAwait(false);
        }

        return null;
    }

    public async Task SetSourceAsync(KismetSource source, SourceChange change, CancellationToken cancel)
    {
        if (change.Paused is bool paused)
        {
            if (_world.Era != TextEra.Stable)
            {
                throw new KismetException(KismetErrorId.CommandNotSupported, "Servers from 2009 to 2016 cannot pause.", "Remove the source and add it again.");
            }

            await SendAsync(paused ? "PAUSE" : "RESUME", [], null, cancel).ConfigureAwait(false);
            _world.Server.Paused = paused;
        }

        if (_world.Era == TextEra.Stable)
        {
            await SetStableAsync(source, change, cancel).ConfigureAwait(false);
            return;
        }

        if (change.Channels is { Count: > 0 } channels)
        {
            await SendAsync("CHANSOURCE", [source.Uuid, string.Join(',', channels)], null, cancel).ConfigureAwait(false);
        }

        if (change.Channel is { } channel)
        {
            await SendAsync("HOPSOURCE", [source.Uuid, "LOCK", channel], null, cancel).ConfigureAwait(false);
        }
        else if (change.DwellSeconds is int dwell)
        {
            await SendAsync("HOPSOURCE", [source.Uuid, "DWELL", dwell.ToString(CultureInfo.InvariantCulture)], null, cancel).ConfigureAwait(false);
        }
        else if (change.HopRate is not null || change.Hop == true)
        {
            int rate = Math.Max(1, (int)Math.Round(change.HopRate ?? source.HopRate ?? 3));
            await SendAsync("HOPSOURCE", [source.Uuid, "HOP", rate.ToString(CultureInfo.InvariantCulture)], null, cancel).ConfigureAwait(false);
        }
    }

    public async Task RemoveSourceAsync(KismetSource source, CancellationToken cancel)
    {
        NeedNewcore("remove capture sources");
        await SendAsync("DELSOURCE", [source.Uuid], null, cancel).ConfigureAwait(false);
        using (_tables.Enter())
        {
            _world.Server.RemoveSource(source.Uuid);
        }
    }

    public async Task<KismetCommandReply> SendAsync(string command, IReadOnlyList<string> arguments, object? body, CancellationToken cancel)
    {
        if (body is not null)
        {
            throw new KismetException(KismetErrorId.CommandNotSupported, $"{_world.EndPoint} speaks the text protocol, whose commands have no body.", "Give -Argument.");
        }

        byte[] text = Line(command, arguments);
        PendingCommand pending;
        lock (_gate)
        {
            if (!_connected)
            {
                throw new KismetException(KismetErrorId.ConnectionLost, $"{_world.EndPoint} is away.", "The session connects again by itself; send the command then.");
            }

            pending = _conversation.Send(text);
        }

        try
        {
            await FlushAsync(cancel).ConfigureAwait(false);
            return await pending.Answer.WaitAsync(CommandTime, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new KismetException(KismetErrorId.Timeout, $"{_world.EndPoint} did not answer '{command}' within ten seconds.", "Servers do not answer commands whose replies were switched off.", e);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            throw new KismetException(KismetErrorId.ConnectionLost, $"{_world.EndPoint} went away.", "The session connects again by itself; send the command then.", e);
        }
        finally
        {
            lock (_gate)
            {
                _conversation.Forget(pending);
            }
        }
    }

    public void Dispose() => _stream?.Dispose();

    private async Task SetStableAsync(KismetSource source, SourceChange change, CancellationToken cancel)
    {
        if (change.Channels is not null || change.HopRate is not null || change.DwellSeconds is not null)
        {
            throw new KismetException(KismetErrorId.CommandNotSupported, "Servers before 2009 take neither a list of channels nor a rate.", "They lock a channel or hop over the channels they were configured with.");
        }

        if (change.Channel is { } channel)
        {
            await SendAsync("CHANLOCK", [source.Uuid, channel], null, cancel).ConfigureAwait(false);
        }
        else if (change.Hop == true)
        {
            await SendAsync("CHANHOP", [source.Uuid], null, cancel).ConfigureAwait(false);
        }
    }

    private void NeedNewcore(string what)
    {
        if (_world.Era == TextEra.Stable)
        {
            throw new KismetException(KismetErrorId.CommandNotSupported, $"Servers before 2009 cannot {what}.", "Change the server's configuration file.");
        }
    }

    private byte[] Line(string command, IReadOnlyList<string> arguments)
    {
        List<byte> line = [.. Encoding.UTF8.GetBytes(command)];
        foreach (string argument in arguments)
        {
            byte[] value = Encoding.UTF8.GetBytes(argument);
            byte[] quoted = new byte[value.Length + 2];
            if (!CommandWriter.TryQuote(value, _world.Era, quoted, out int written))
            {
                throw new KismetException(KismetErrorId.ArgumentInvalid, $"'{argument}' cannot be an argument of a command.", "Arguments hold no control characters; those for servers before 2009 no blanks either.");
            }

            line.Add((byte)' ');
            line.AddRange(quoted.AsSpan(0, written));
        }

        return [.. line];
    }

    private async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            string why = await ServeAsync(stop).ConfigureAwait(false);
            KismetException lost = new(KismetErrorId.ConnectionLost, $"{_world.EndPoint}: {why}", "Check the server; connect again when it is back.");
            Away(lost);
            if (!_options.Reconnect)
            {
                throw lost;
            }

            Warning?.Invoke($"{_world.EndPoint}: {why} Its devices stay, marked stale; trying again until it is back.");
            await ReconnectAsync(stop).ConfigureAwait(false);
        }
    }

    private async Task ReconnectAsync(CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(_backoff.Next(), stop).ConfigureAwait(false);
            try
            {
                await ConnectAsync(stop).ConfigureAwait(false);
                _backoff.Reset();
                _reconnects++;
                return;
            }
            catch (KismetException e)
            {
                _failure = e.Message;
            }
        }
    }

    // Until the connection ends; gives why.
    private async Task<string> ServeAsync(CancellationToken stop)
    {
        using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            do
            {
                silence.CancelAfter(_options.SilenceTimeout);
            }
            while (await ReadAsync(silence.Token).ConfigureAwait(false));

            return _conversation.Terminated ? "The server was shut down." : "The server closed the connection.";
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The server said nothing for {_options.SilenceTimeout.TotalSeconds:0.#} seconds.");
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return $"The connection broke: {e.Message}";
        }
    }

    private async Task ConnectAsync(CancellationToken stop)
    {
        _stream ??= await ServerStream.OpenAsync(_options, stop).ConfigureAwait(false);
        using (_tables.Enter())
        {
            _world.EndPoint = _stream.EndPoint;
            _conversation.Begin();
        }

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(_options.ConnectTimeout);
        try
        {
            while (_conversation.Phase == TextPhase.Greeting)
            {
                if (!await ReadAsync(limit.Token).ConfigureAwait(false))
                {
                    throw ServerProbe.Unwelcome(_options, null, _conversation.Refusal);
                }
            }

            if (_conversation.Phase == TextPhase.NotKismet)
            {
                throw NotKismet();
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            Close();
            throw new KismetException(
                KismetErrorId.ServerUnknown,
                $"{_options.ComputerName}:{_options.Port} took the connection but did not greet as a Kismet server.",
                "A server since 2016 speaks HTTP: -Protocol Rest.");
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            Close();
            throw ServerProbe.Unwelcome(_options, e, _conversation.Refusal);
        }
        catch
        {
            Close();
            throw;
        }

        using (_tables.Enter())
        {
            _connected = true;
            _tables.Stale = false;
        }
    }

    private KismetException NotKismet() => new(
        KismetErrorId.ServerUnknown, $"What answers at {_options.ComputerName}:{_options.Port} is no Kismet server of the text protocol.", "Check the port: Kismet's is 2501; a server since 2016 speaks HTTP.");

    private async Task<bool> ReadAsync(CancellationToken cancel)
    {
        int count = await _stream!.ReadAsync(_buffer, cancel).ConfigureAwait(false);
        if (count == 0)
        {
            return false;
        }

        Feed(count);
        await FlushAsync(cancel).ConfigureAwait(false);
        return true;
    }

    private void Feed(int count)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        lock (_gate)
        {
            using (_tables.Enter())
            {
                _heard = now;
                _conversation.Feed(_buffer.AsSpan(0, count), now);
                if (_options.DeviceTimeout > TimeSpan.Zero && now - _expired > TimeSpan.FromSeconds(1))
                {
                    // Devices carry the server's time.
                    _expired = now;
                    Interlocked.Add(ref _expiredCount, _tables.Expire((_world.Server.Time ?? now) - _options.DeviceTimeout));
                }
            }
        }
    }

    private async Task FlushAsync(CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            byte[] bytes;
            lock (_gate)
            {
                bytes = _conversation.Output.ToArray();
                _conversation.Sent();
            }

            if (bytes.Length > 0 && _stream is { } stream)
            {
                await stream.WriteAsync(bytes, cancel).ConfigureAwait(false);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    private void Away(KismetException failure)
    {
        lock (_gate)
        {
            using (_tables.Enter())
            {
                _connected = false;
                _tables.Stale = true;
                _failure = failure.Message;
                _conversation.Abandon(failure);
            }
        }

        Close();
    }

    private void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }
}
