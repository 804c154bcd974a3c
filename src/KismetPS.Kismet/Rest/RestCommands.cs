using System.Globalization;
using System.Text.Json;
using KismetPS.Capture;

namespace KismetPS.Kismet.Rest;

/// <summary>Carries commands and requests of users to any endpoint of a server.</summary>
internal sealed class RestCommands(RestHttp http, RestRecords records, RestServerState server, int sessionId)
{
    // The message of a failure comes before the answer of the command.
    private const int ReasonSeconds = 3;

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
            null => Endpoint(path).EndsWith(".cmd", StringComparison.Ordinal) ? "{}" : null,
            string text => text,
            _ => JsonSerializer.Serialize(body),
        };
        if (DeviceQuery.IsWithoutFields(path, json))
        {
            json = DeviceQuery.FieldAsList(json) ?? throw new KismetException(
                KismetErrorId.ArgumentInvalid,
                $"{Endpoint(path)} without fields is asking for all that the server knows of its devices.",
                "That stalls a large server until it drops its sensors: name fields, as with -Body @{ fields = 'kismet.device.base.macaddr', 'kismet.device.base.type' }.");
        }

        RestAnswer answer = json is null
            ? await http.GetAsync(path, cancel, command: true).ConfigureAwait(false)
            : await PostAsync(path, json, cancel).ConfigureAwait(false);
        return new KismetCommandReply
        {
            Command = command,
            Id = (int)answer.Status,
            Text = answer.IsJson ? null : answer.Text,
            Json = answer.IsJson ? answer.Text : null,
            Elapsed = answer.Elapsed,
            SessionId = sessionId,
        };
    }

    /// <summary>Posts a command with its JSON; a refusal is an exception with the server's reason.</summary>
    public async Task<RestAnswer> PostAsync(string path, string json, CancellationToken cancel)
    {
        RestAnswer answer = await http.AskAsync(HttpMethod.Post, path, DeviceQuery.Form(json), cancel).ConfigureAwait(false);
        if ((int)answer.Status == 500 && answer.Text is "{}" or "[]")
        {
            throw await ReasonAsync(cancel).ConfigureAwait(false) is { } reason
                ? new KismetException(KismetErrorId.CommandRefused, $"The server refuses {Endpoint(path)}: {reason}", "Its messages say more.")
                : new KismetException(KismetErrorId.CommandRefused, $"The server refuses {Endpoint(path)} and gives no reason.", "What it writes where it runs may say more.");
        }

        await http.CheckAsync(answer, Endpoint(path), command: true, cancel).ConfigureAwait(false);
        return answer;
    }

    private static string Argument(string text) =>
        text.Split('=', 2) is [{ } name, { } value] ? $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}" : Uri.EscapeDataString(text);

    private static string Endpoint(string path) => path.Split('?')[0];

    // A command that fails says no reason: it is among the messages, if anywhere.
    private async Task<string?> ReasonAsync(CancellationToken cancel)
    {
        string? reason = null;
        await records.ReadAsideAsync(
            string.Create(CultureInfo.InvariantCulture, $"messagebus/last-time/{server.Now.ToUnixTimeSeconds() - ReasonSeconds}/messages.json"),
            record =>
            {
                if (RestMessage.Read(record) is { IsError: true } message)
                {
                    reason = message.Text;
                }
            },
            cancel).ConfigureAwait(false);
        return reason;
    }
}
