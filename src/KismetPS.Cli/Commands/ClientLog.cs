using System.Globalization;
using KismetPS.Kismet;
using KismetPS.Kismet.Text;

namespace KismetPS.Cli.Commands;

/// <summary>Tells who comes and goes at a server, and what they lost.</summary>
internal sealed class ClientLog(CliContext context)
{
    private readonly Dictionary<int, KismetServerClient> _known = [];

    /// <summary>Compares with the last call.</summary>
    public void Tell(IReadOnlyList<KismetServerClient> clients)
    {
        foreach (KismetServerClient client in clients)
        {
            bool isNew = !_known.TryGetValue(client.Id, out KismetServerClient? before);
            _known[client.Id] = client;
            if (isNew)
            {
                context.Log($"client {client.Id} from {client.EndPoint} came{(client.Protocol == KismetServerClientProtocol.Drone ? " for frames" : string.Empty)}");
            }

            if ((before?.Era ?? TextEra.Unknown) == TextEra.Unknown && client.Era != TextEra.Unknown && client.Protocol == KismetServerClientProtocol.Text)
            {
                context.Log($"client {client.Id} speaks {client.Era}");
            }
        }

        foreach (KismetServerClient gone in _known.Values.Where(c => clients.All(now => now.Id != c.Id)).ToArray())
        {
            _known.Remove(gone.Id);
            context.Log(string.Create(CultureInfo.InvariantCulture, $"client {gone.Id} went: {gone.LinesSent} {(gone.Protocol == KismetServerClientProtocol.Drone ? "messages" : "lines")} sent, {gone.Dropped} dropped"));
        }
    }
}
