using KismetPS.Kismet.Text.Client;
using KismetPS.Tracking.Remote;

namespace KismetPS.Kismet.Connections;

/// <summary>Makes the link of a protocol. One place for all of them.</summary>
internal static class ServerLinks
{
    /// <summary>The link the options ask for; nothing is opened yet.</summary>
    public static IServerLink Create(KismetConnectionOptions options, RemoteTables tables) => options.Protocol switch
    {
        KismetServerProtocol.Text => new TextLink(options, tables, opened: null),
        KismetServerProtocol.Rest => CreateRest(options, tables),
        _ => new AutoLink(options, tables),
    };

    /// <summary>The link to an HTTP server.</summary>
    public static IServerLink CreateRest(KismetConnectionOptions options, RemoteTables tables) => new Rest.RestLink(options, tables);
}
