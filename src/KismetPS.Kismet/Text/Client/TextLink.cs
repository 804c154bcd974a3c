using System.Globalization;
using System.Net.Sockets;
using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.Tracking;
using KismetPS.Tracking.Remote;

namespace KismetPS.Kismet.Text.Client;

/// <summary>The conversation with a text server over a socket: reads, writes, and connects again when the server goes away.</summary>
internal sealed class TextLink : IServerLink
{
    private readonly KismetConnectionOptions _options;
    private readonly RemoteTables _tables;
    private readonly TextWorld _world;
    private readonly TextConversation _conversation;
    private readonly object _gate = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly BackOff _backoff = new();
    private readonly LinkState _state = new();
    private readonly ServerReport _report;
    private readonly ServerCommands _commands;
    private readonly ServerSources _sources;
    private ServerStream? _stream;
    private DateTimeOffset _expired;

    public TextLink(KismetConnectionOptions options, RemoteTables tables, ServerStream? opened)
    {
        _options = options;
        _tables = tables;
        _stream = opened;
        _world = new TextWorld(tables) { EndPoint = $"{options.ComputerName}:{options.Port}" };
        _conversation = new TextConversation(_world, options.EverySentence);
        _report = new ServerReport(tables, _world, _conversation, _state);
        _commands = new ServerCommands(_world, _conversation, _state, _gate, FlushAsync);
        _sources = new ServerSources(tables, _world, _state, _commands);
    }

    public KismetServerProtocol Protocol => KismetServerProtocol.Text;

    public Action<string>? Warning { get; set; }

    public KismetServerInfo Info => _report.Info();

    public KismetStatistic Statistics => _report.Statistics();

    public void Open(CancellationToken stop)
    {
        ConnectAsync(stop).GetAwaiter().GetResult();

        // What the server knows is there when the caller has the session; a server that is slow to answer does not hold it up long.
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(_options.FirstLook);
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
            _conversation.Feeds.Complete();
        }
    }

    /// <summary>A subscription to the raw sentences.</summary>
    public SentenceQueue OpenSentences(int capacity = 65_536)
    {
        lock (_gate)
        {
            return _conversation.Feeds.Open(capacity, queue =>
            {
                lock (_gate)
                {
                    _conversation.Feeds.Close(queue);
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

    public IReadOnlyList<KismetSource> KnownSources => _sources.Known;

    public Task<IReadOnlyList<KismetSource>> GetSourcesAsync(CancellationToken cancel) => _sources.GetAsync(cancel);

    public Task<KismetSource?> AddSourceAsync(string definition, CancellationToken cancel) => _sources.AddAsync(definition, cancel);

    public Task SetSourceAsync(KismetSource source, SourceChange change, CancellationToken cancel) => _sources.SetAsync(source, change, cancel);

    public Task RemoveSourceAsync(KismetSource source, CancellationToken cancel) => _sources.RemoveAsync(source, cancel);

    public async Task<KismetCommandReply> SendAsync(string command, IReadOnlyList<string> arguments, object? body, CancellationToken cancel)
    {
        if (body is not null)
        {
            throw new KismetException(KismetErrorId.CommandNotSupported, $"{_world.EndPoint} speaks the text protocol, whose commands have no body.", "Give -Argument.");
        }

        return await _commands.SendAsync(command, arguments, cancel).ConfigureAwait(false);
    }

    public void Dispose() => _stream?.Dispose();

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
                _state.Reconnects++;
                return;
            }
            catch (KismetException e)
            {
                _state.Failure = e.Message;
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
            _state.IsConnected = true;
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
                _state.Heard = now;
                _conversation.Feed(_buffer.AsSpan(0, count), now);
                if (_options.DeviceTimeout > TimeSpan.Zero && now - _expired > TimeSpan.FromSeconds(1))
                {
                    // Devices carry the server's time.
                    _expired = now;
                    _state.AddExpired(_tables.Expire((_world.Server.Time ?? now) - _options.DeviceTimeout));
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
                _state.IsConnected = false;
                _tables.Stale = true;
                _state.Failure = failure.Message;
                _conversation.Pending.Abandon(failure);
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
