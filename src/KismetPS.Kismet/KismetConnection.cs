using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.Kismet.Text;
using KismetPS.Kismet.Text.Client;
using KismetPS.Tracking;
using KismetPS.Tracking.Engine;
using KismetPS.Tracking.Remote;

namespace KismetPS.Kismet;

/// <summary>A connection to a Kismet server of any generation: its devices, networks, alerts and sources as if heard here.</summary>
public sealed class KismetConnection : DeviceSession
{
    private const int MaxAlerts = 10_000;

    private readonly RemoteTables _tables;
    private readonly IServerLink _link;

    private KismetConnection(KismetConnectionOptions options, string? name, Func<KismetConnectionOptions, RemoteTables, IServerLink> makeLink)
        : base(KismetSessionKind.Connection, name)
    {
        Uri? uri = options.Uri is { IsAbsoluteUri: true } ? options.Uri : null;
        ComputerName = uri?.Host ?? options.ComputerName;
        Port = uri?.Port ?? options.Port;
        _tables = new RemoteTables(options.MaxDevices, MaxAlerts, Id)
        {
            SessionName = Name,
            Removing = device =>
            {
                if (HasChangeReaders)
                {
                    TellRemoval(device);
                }
            },
        };
        _link = makeLink(options, _tables);
        _link.Warning = text => Warn($"{Name}: {text}");
    }

    /// <summary>Host the connection was asked for.</summary>
    public string ComputerName { get; }

    /// <summary>TCP port.</summary>
    public int Port { get; }

    /// <summary>What is spoken.</summary>
    public KismetServerProtocol Protocol => _link.Protocol;

    /// <summary>What is known of the server now.</summary>
    public KismetServerInfo Server => _link.Info;

    /// <inheritdoc/>
    public override string EndPoint => _link.Info.EndPoint;

    /// <inheritdoc/>
    public override KismetStatistic Statistics => _link.Statistics;

    /// <summary>Sources and commands.</summary>
    internal IServerLink Link => _link;

    private protected override IDeviceView View => _tables;

    /// <summary>Sentences a text server offers, with their fields; none of one that speaks HTTP.</summary>
    internal IReadOnlyList<SentenceDefinition> Offered => Text?.Offered ?? [];

    private TextLink? Text => (_link is AutoLink { Found: { } found } ? found : _link) as TextLink;

    /// <summary>A subscription to the sentences of a text server; Dispose ends it. Throws where the server speaks HTTP or it is not known yet what it speaks.</summary>
    internal SentenceQueue OpenSentences() => Text is { } link
        ? link.OpenSentences()
        : throw new KismetException(KismetErrorId.CommandNotSupported, $"{EndPoint} speaks no text protocol, so that there are no sentences.", "Servers up to 2016 have them; of others the devices can be had.");

    /// <summary>Connects on this thread (throws <see cref="KismetException"/>) and goes on in the background.</summary>
    /// <param name="options">Where to and how.</param>
    /// <param name="makeLink">The protocol.</param>
    /// <param name="name">Name of the session, null: made.</param>
    /// <param name="attach">Called before anything is read, to open subscriptions that miss nothing.</param>
    /// <param name="cancel">Ends the attempt to connect.</param>
    internal static KismetConnection Start(
        KismetConnectionOptions options,
        Func<KismetConnectionOptions, RemoteTables, IServerLink> makeLink,
        string? name = null,
        Action<KismetConnection>? attach = null,
        CancellationToken cancel = default)
    {
        options.Check();
        KismetConnection session = new(options, name, makeLink);
        session.Start(
            () =>
            {
                try
                {
                    attach?.Invoke(session);
                    using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(session.StopToken, cancel);
                    session._link.Open(either.Token);
                }
                catch
                {
                    session._link.Dispose();
                    throw;
                }
            },
            () =>
            {
                try
                {
                    session._link.Run(session.StopToken);
                }
                finally
                {
                    session._link.Dispose();
                }
            });
        return session;
    }
}
