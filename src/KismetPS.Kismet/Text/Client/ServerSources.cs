using System.Globalization;
using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.Tracking.Remote;

namespace KismetPS.Kismet.Text.Client;

/// <summary>The capture sources of a server, as it tells of them and by the commands its era has for them.</summary>
internal sealed class ServerSources(RemoteTables tables, TextWorld world, LinkState state, ServerCommands commands)
{
    private const int Looks = 25;
    private const int LooksForAdded = 15;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_age = TimeSpan.FromSeconds(2);

    /// <summary>Those known without asking.</summary>
    public IReadOnlyList<KismetSource> Known
    {
        get
        {
            using (tables.Enter())
            {
                return Told() ?? [];
            }
        }
    }

    /// <summary>All of them, waited for where none was told yet.</summary>
    public async Task<IReadOnlyList<KismetSource>> GetAsync(CancellationToken cancel)
    {
        // A server before 2009 tells none when it is asked for them, and all of them each second from then on.
        for (int i = 0; i < Looks; i++)
        {
            if (i > 0)
            {
                await Task.Delay(s_look, cancel).ConfigureAwait(false);
            }

            using (tables.Enter())
            {
                if (Told() is { } told)
                {
                    return told;
                }

                if (!state.IsConnected)
                {
                    break;
                }
            }
        }

        return [];
    }

    /// <summary>Adds one by its definition; null where the server does not tell of it in time.</summary>
    public async Task<KismetSource?> AddAsync(string definition, CancellationToken cancel)
    {
        NeedNewcore("add capture sources");
        await commands.SendAsync("ADDSOURCE", [definition], cancel).ConfigureAwait(false);
        string name = definition.Split(':')[0];
        for (int i = 0; i < LooksForAdded; i++)
        {
            IReadOnlyList<KismetSource> sources = await GetAsync(cancel).ConfigureAwait(false);
            if (sources.LastOrDefault(s => s.Interface == name) is { } source)
            {
                return source;
            }

            await Task.Delay(s_look, cancel).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>Changes one as far as the era has commands for it; what it has none for is an exception.</summary>
    public async Task SetAsync(KismetSource source, SourceChange change, CancellationToken cancel)
    {
        if (world.Era == TextEra.Stable)
        {
            await SetStableAsync(source, change, cancel).ConfigureAwait(false);
        }
        else
        {
            await SetNewcoreAsync(source, change, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Removes one.</summary>
    public async Task RemoveAsync(KismetSource source, CancellationToken cancel)
    {
        NeedNewcore("remove capture sources");
        await commands.SendAsync("DELSOURCE", [source.Uuid], cancel).ConfigureAwait(false);
        using (tables.Enter())
        {
            world.Server.RemoveSource(source.Uuid);
        }
    }

    // What was not told with the others is gone; null while none was told. Under the gate of the tables.
    private List<KismetSource>? Told()
    {
        DateTimeOffset last = world.Server.LastSource;
        return last == DateTimeOffset.MinValue ? null : world.Server.Sources(last - s_age, tables.SessionId);
    }

    private async Task SetStableAsync(KismetSource source, SourceChange change, CancellationToken cancel)
    {
        if (change.Paused is bool paused)
        {
            await commands.SendAsync(paused ? "PAUSE" : "RESUME", [], cancel).ConfigureAwait(false);
            world.Server.Paused = paused;
        }

        if (change.Channels is not null || change.HopRate is not null || change.DwellSeconds is not null)
        {
            throw new KismetException(KismetErrorId.CommandNotSupported, "Servers before 2009 take neither a list of channels nor a rate.", "They lock a channel or hop over the channels they were configured with.");
        }

        if (change.Channel is { } channel)
        {
            await commands.SendAsync("CHANLOCK", [source.Uuid, channel], cancel).ConfigureAwait(false);
        }
        else if (change.Hop == true)
        {
            await commands.SendAsync("CHANHOP", [source.Uuid], cancel).ConfigureAwait(false);
        }
    }

    private async Task SetNewcoreAsync(KismetSource source, SourceChange change, CancellationToken cancel)
    {
        if (change.Paused is not null)
        {
            throw new KismetException(KismetErrorId.CommandNotSupported, "Servers from 2009 to 2016 cannot pause.", "Remove the source and add it again.");
        }

        if (change.Channels is { Count: > 0 } channels)
        {
            await commands.SendAsync("CHANSOURCE", [source.Uuid, string.Join(',', channels)], cancel).ConfigureAwait(false);
        }

        if (change.Channel is { } channel)
        {
            await HopAsync(source, "LOCK", channel, cancel).ConfigureAwait(false);
        }
        else if (change.DwellSeconds is int dwell)
        {
            await HopAsync(source, "DWELL", dwell.ToString(CultureInfo.InvariantCulture), cancel).ConfigureAwait(false);
        }
        else if (change.HopRate is not null || change.Hop == true)
        {
            int rate = Math.Max(1, (int)Math.Round(change.HopRate ?? source.HopRate ?? 3));
            await HopAsync(source, "HOP", rate.ToString(CultureInfo.InvariantCulture), cancel).ConfigureAwait(false);
        }
    }

    private Task HopAsync(KismetSource source, string mode, string value, CancellationToken cancel) => commands.SendAsync("HOPSOURCE", [source.Uuid, mode, value], cancel);

    private void NeedNewcore(string what)
    {
        if (world.Era == TextEra.Stable)
        {
            throw new KismetException(KismetErrorId.CommandNotSupported, $"Servers before 2009 cannot {what}.", "Change the server's configuration file.");
        }
    }
}
