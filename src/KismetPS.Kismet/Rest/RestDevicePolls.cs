using System.Diagnostics;
using System.Globalization;
using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.Tracking.Remote;

namespace KismetPS.Kismet.Rest;

/// <summary>
/// Keeps the devices of a server: all of them page by page at first, then what changed since a time, which is the server's own, and the details of those
/// that have new ones. A listing now and then finds what polls cannot see: devices of sources whose clocks lag, and those the server has dropped.
/// </summary>
internal sealed class RestDevicePolls(KismetConnectionOptions options, RestIntervals intervals, RemoteTables tables, RestTables rest, RestHttp http, RestRecords records)
{
    private const int PageSize = 1000;
    private const int ListingSize = 5000;
    private const int DetailRequestsPerPoll = 4;

    // Polls see seconds: what came later in the second that was polled is told again.
    private const int OverlapSeconds = 1;

    private PageWalk _pages = new(PageSize, options.MaxDevices);
    private bool _noDetails;
    private TimeSpan _listingTook;
    private long _listedAt;

    /// <summary>Whether all devices were told once.</summary>
    public bool IsLoaded => _pages.IsOver;

    /// <summary>Devices that left: dropped by the server, or silent for too long.</summary>
    public long Expired { get; private set; }

    /// <summary>Polls so far, and what they took.</summary>
    public RestPollTotals Totals { get; private set; }

    /// <summary>The server was started again: all of it is asked for anew.</summary>
    public void Restart() => (_pages, _listedAt) = (new PageWalk(PageSize, options.MaxDevices), 0);

    /// <summary>Reads as many of the first pages as there is time for.</summary>
    public async Task OpenAsync(TimeSpan budget, CancellationToken stop)
    {
        await ReadPagesAsync(budget, stop).ConfigureAwait(false);
        await ReadDetailsAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Reads the pages that are missing, or what changed; <paramref name="now"/> is by the clock of the server.</summary>
    public async Task PollAsync(DateTimeOffset now, CancellationToken stop)
    {
        if (_pages.IsOver)
        {
            await ReadChangesAsync(now, stop).ConfigureAwait(false);
        }
        else
        {
            await ReadPagesAsync(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(false);
        }

        await ReadDetailsAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Lists all devices, when it is time again; a listing costs at most a twentieth of the time.</summary>
    public async Task ListWhenDueAsync(CancellationToken stop)
    {
        if (Stopwatch.GetElapsedTime(_listedAt) > (_listingTook * 20 > intervals.Listing ? _listingTook * 20 : intervals.Listing))
        {
            await ListAsync(stop).ConfigureAwait(false);
        }
    }

    /// <summary>Lets go of the devices without news for as long as the options say.</summary>
    public void Expire(DateTimeOffset now)
    {
        if (options.DeviceTimeout > TimeSpan.Zero)
        {
            using (tables.Enter())
            {
                Expired += tables.Expire(now - options.DeviceTimeout);
            }
        }
    }

    // Page by page, so that the server is never held for long.
    private async Task ReadPagesAsync(TimeSpan budget, CancellationToken stop)
    {
        long start = Stopwatch.GetTimestamp();
        while (!_pages.IsOver && (budget == Timeout.InfiniteTimeSpan || Stopwatch.GetElapsedTime(start) < budget))
        {
            await ReadPageAsync(_pages, DeviceQuery.FactsBody, rest.Take, stop).ConfigureAwait(false);
            _listedAt = Stopwatch.GetTimestamp();
        }
    }

    private async Task ReadPageAsync(PageWalk pages, byte[] body, RecordHandler take, CancellationToken stop)
    {
        pages.Again();
        string outside = await records.ReadAsync(
            $"devices/views/all/devices.json?page={pages.Page}&length={pages.Size}",
            body,
            JsonAnswerForm.Array,
            record =>
            {
                pages.See(record);
                take(record);
            },
            stop).ConfigureAwait(false);
        pages.EndPage(outside);
    }

    private async Task ReadChangesAsync(DateTimeOffset now, CancellationToken stop)
    {
        // The clock of a sensor may run ahead: what it says must not hide the others.
        long since = Math.Max(0, Math.Min(rest.LastPacketSeconds, now.ToUnixTimeSeconds()) - OverlapSeconds);
        long start = Stopwatch.GetTimestamp();
        long bytes = http.Bytes;
        await records.ReadAsync(
            string.Create(CultureInfo.InvariantCulture, $"devices/last-time/{since}/devices.itjson"), DeviceQuery.FactsBody, JsonAnswerForm.Lines, rest.Take, stop).ConfigureAwait(false);
        Totals = new RestPollTotals(Totals.Count + 1, Totals.Time + Stopwatch.GetElapsedTime(start), Totals.Bytes + http.Bytes - bytes);
    }

    private async Task ReadDetailsAsync(CancellationToken stop)
    {
        for (int i = 0; i < DetailRequestsPerPoll; i++)
        {
            List<string> keys;
            using (tables.Enter())
            {
                keys = rest.TakeWanting(DeviceQuery.MaxKeys);
            }

            if (keys.Count == 0 || _noDetails)
            {
                return;
            }

            try
            {
                await ReadKeysAsync(keys, details: true, rest.TakeDetails, stop).ConfigureAwait(false);
            }
            catch (KismetException e) when (e.Id == KismetErrorId.ServerUnknown)
            {
                // A release before that endpoint: what polls tell has to do.
                _noDetails = true;
            }
        }
    }

    private Task ReadKeysAsync(IReadOnlyList<string> keys, bool details, RecordHandler take, CancellationToken stop) =>
        records.ReadAsync("devices/multikey/devices.json", DeviceQuery.ForKeys(keys, details), JsonAnswerForm.Array, take, stop);

    private async Task ListAsync(CancellationToken stop)
    {
        long start = Stopwatch.GetTimestamp();
        List<string> changed = [];
        using (tables.Enter())
        {
            rest.BeginListing();
        }

        PageWalk pages = new(ListingSize, options.MaxDevices);
        while (!pages.IsOver)
        {
            await ReadPageAsync(
                pages,
                DeviceQuery.ListingBody,
                record =>
                {
                    if (rest.TakeListed(record) is { } key)
                    {
                        changed.Add(key);
                    }
                },
                stop).ConfigureAwait(false);
        }

        using (tables.Enter())
        {
            Expired += rest.EndListing(pages.Page);
        }

        foreach (string[] keys in changed.Chunk(DeviceQuery.MaxKeys))
        {
            await ReadKeysAsync(keys, details: false, rest.Take, stop).ConfigureAwait(false);
        }

        _listingTook = Stopwatch.GetElapsedTime(start);
        _listedAt = Stopwatch.GetTimestamp();
    }
}
