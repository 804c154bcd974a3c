using System.Globalization;
using System.Text.Json;
using KismetPS.Capture;
using KismetPS.Kismet.Connections;

namespace KismetPS.Kismet.Rest;

/// <summary>Lists and steers the capture sources of a server.</summary>
internal sealed class RestSourceControl(RestRecords records, RestCommands commands, int sessionId)
{
    private volatile IReadOnlyList<KismetSource> _known = [];

    /// <summary>The sources as last told.</summary>
    public IReadOnlyList<KismetSource> Known => _known;

    /// <summary>Asks for the sources.</summary>
    public async Task<IReadOnlyList<KismetSource>> GetAsync(CancellationToken cancel)
    {
        List<KismetSource> sources = [];
        await records.ReadAsideAsync(
            "datasource/all_sources.json",
            record =>
            {
                if (RestSource.Read(record, sessionId) is { } source)
                {
                    sources.Add(source);
                }
            },
            cancel).ConfigureAwait(false);
        _known = sources;
        return sources;
    }

    /// <summary>Adds a source by its definition.</summary>
    public async Task<KismetSource?> AddAsync(string definition, CancellationToken cancel)
    {
        RestAnswer answer = await commands.PostAsync("datasource/add_source.cmd", $"{{\"definition\":{JsonSerializer.Serialize(definition)}}}", cancel).ConfigureAwait(false);
        return RestSource.Read(answer.Body, sessionId);
    }

    /// <summary>Changes channel, hopping or state of a source.</summary>
    public async Task SetAsync(KismetSource source, SourceChange change, CancellationToken cancel)
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

    /// <summary>Closes a source.</summary>
    public Task RemoveAsync(KismetSource source, CancellationToken cancel) => OfSourceAsync(source, "close_source", "{}", cancel);

    private async Task OfSourceAsync(KismetSource source, string command, string json, CancellationToken cancel)
    {
        try
        {
            await commands.PostAsync($"datasource/by-uuid/{Uri.EscapeDataString(source.Uuid)}/{command}.cmd", json, cancel).ConfigureAwait(false);
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
}
