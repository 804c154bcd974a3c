using KismetPS.Capture;
using KismetPS.Kismet.Text.Client;
using KismetPS.Tracking;
using KismetPS.Tracking.Remote;

namespace KismetPS.Kismet.Connections;

/// <summary>The link to a server whose protocol is found out when it is opened; from then on it is that protocol's.</summary>
internal sealed class AutoLink(KismetConnectionOptions options, RemoteTables tables) : IServerLink
{
    private IServerLink? _link;

    public KismetServerProtocol Protocol => _link?.Protocol ?? KismetServerProtocol.Auto;

    public KismetServerInfo Info => _link?.Info ?? new KismetServerInfo { SessionId = tables.SessionId, EndPoint = $"{options.ComputerName}:{options.Port}" };

    public KismetStatistic Statistics => _link?.Statistics ?? new KismetStatistic { SessionId = tables.SessionId, Name = tables.SessionName };

    public Action<string>? Warning { get; set; }

    /// <summary>What speaks, once it is known.</summary>
    public IServerLink? Found => _link;

    private IServerLink Link => _link ?? throw new InvalidOperationException("The link is not open.");

    public void Open(CancellationToken stop)
    {
        // A base address or a key is for HTTP only.
        bool mayBeText = options.Uri is null && (!options.HasLogin || options.LoginIsOptional);
        if (mayBeText && ServerProbe.ListenAsync(options, stop).GetAwaiter().GetResult() is { } stream)
        {
            Open(new TextLink(options, tables, stream), stop);
            return;
        }

        try
        {
            Open(ServerLinks.CreateRest(options, tables), stop);
        }
        catch (KismetException e) when (mayBeText && e.InnerException is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse })
        {
            // It speaks, though not in HTTP, and greets later than was waited for: a far server, or a busy one.
            _link?.Dispose();
            Open(new TextLink(options, tables, opened: null), stop);
        }
    }

    public void Run(CancellationToken stop) => Link.Run(stop);

    public IReadOnlyList<KismetSource> KnownSources => _link?.KnownSources ?? [];

    public Task<IReadOnlyList<KismetSource>> GetSourcesAsync(CancellationToken cancel) => Link.GetSourcesAsync(cancel);

    public Task<KismetSource?> AddSourceAsync(string definition, CancellationToken cancel) => Link.AddSourceAsync(definition, cancel);

    public Task SetSourceAsync(KismetSource source, SourceChange change, CancellationToken cancel) => Link.SetSourceAsync(source, change, cancel);

    public Task RemoveSourceAsync(KismetSource source, CancellationToken cancel) => Link.RemoveSourceAsync(source, cancel);

    public Task<KismetCommandReply> SendAsync(string command, IReadOnlyList<string> arguments, object? body, CancellationToken cancel) => Link.SendAsync(command, arguments, body, cancel);

    public void Dispose() => _link?.Dispose();

    private void Open(IServerLink link, CancellationToken stop)
    {
        _link = link;
        _link.Warning = text => Warning?.Invoke(text);
        _link.Open(stop);
    }
}
