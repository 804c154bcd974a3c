using KismetPS.Tracking;

namespace KismetPS.Kismet.Connections;

/// <summary>
/// One protocol's way to talk to a Kismet server: the text protocol of 2004 to 2016, or HTTP since. It fills the tables of its connection and
/// carries commands. <see cref="Open"/> and <see cref="Run"/> are called once, in this order; the others from any thread while it runs.
/// </summary>
internal interface IServerLink : IDisposable
{
    /// <summary>What is spoken.</summary>
    KismetServerProtocol Protocol { get; }

    /// <summary>What is known of the server and of the connection to it now.</summary>
    KismetServerInfo Info { get; }

    /// <summary>Counters now.</summary>
    KismetStatistic Statistics { get; }

    /// <summary>Called with a sentence for the user when the server goes away, once until it is back.</summary>
    Action<string>? Warning { get; set; }

    /// <summary>Connects for the first time, on the caller's thread; a failure is an exception with a clear error id.</summary>
    void Open(CancellationToken stop);

    /// <summary>Reads until stopped, reconnecting as the options say.</summary>
    void Run(CancellationToken stop);

    /// <summary>The capture sources that are known without asking.</summary>
    IReadOnlyList<KismetSource> KnownSources { get; }

    /// <summary>The server's capture sources as last told.</summary>
    Task<IReadOnlyList<KismetSource>> GetSourcesAsync(CancellationToken cancel);

    /// <summary>Adds a capture source by its definition.</summary>
    Task<KismetSource?> AddSourceAsync(string definition, CancellationToken cancel);

    /// <summary>Changes channel, hopping or state of a capture source.</summary>
    Task SetSourceAsync(KismetSource source, SourceChange change, CancellationToken cancel);

    /// <summary>Removes a capture source.</summary>
    Task RemoveSourceAsync(KismetSource source, CancellationToken cancel);

    /// <summary>Sends any command or request; a refusal is an exception with the server's text.</summary>
    Task<KismetCommandReply> SendAsync(string command, IReadOnlyList<string> arguments, object? body, CancellationToken cancel);
}
