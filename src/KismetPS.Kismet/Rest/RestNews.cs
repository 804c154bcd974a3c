using System.Globalization;
using KismetPS.Capture;
using KismetPS.Tracking.Remote;

namespace KismetPS.Kismet.Rest;

/// <summary>
/// What a server tells when it happens: alerts, messages, new devices. They come by its event bus while that stands; after a gap, and where there is no
/// bus, they are asked for.
/// </summary>
internal sealed class RestNews
{
    private readonly RemoteTables _tables;
    private readonly RestTables _rest;
    private readonly RestRecords _records;
    private readonly RestEventBus _bus;
    private readonly RestTalk _talk = new();
    private readonly Action _wake;
    private readonly object _gate = new();
    private volatile bool _due = true;
    private bool _noMessages;

    // Times, seconds, of what was known last before the gap: what the bus tells behind it may be newer than what is to be asked for.
    private (double Alerts, long Messages)? _since;

    /// <summary>Makes it; <paramref name="wake"/> is called when what was missed ought to be asked for at once.</summary>
    public RestNews(RestHttp http, RestCredential credential, RemoteTables tables, RestTables rest, RestRecords records, Action wake)
    {
        (_tables, _rest, _records, _wake) = (tables, rest, records, wake);
        _bus = new RestEventBus(http, credential) { Told = OnTold, Gap = OnGap };
    }

    /// <summary>Bytes of the bus.</summary>
    public long Bytes => _bus.Bytes;

    /// <summary>Messages of the bus that could not be read.</summary>
    public long Malformed => _bus.Malformed;

    /// <summary>What the server said last to its users.</summary>
    public RestTalk Talk => _talk;

    /// <summary>Listens to the bus until stopped.</summary>
    public Task RunAsync(CancellationToken stop) => _bus.RunAsync(stop);

    /// <summary>What the bus told from now on is not all there was.</summary>
    public void Miss()
    {
        lock (_gate)
        {
            _since ??= Known();
            _due = true;
        }
    }

    /// <summary>The server was started again.</summary>
    public void Restart()
    {
        _talk.Clear();
        lock (_gate)
        {
            _since = Known();
            _due = true;
        }
    }

    /// <summary>Asks for what the bus has not told.</summary>
    public async Task CatchUpAsync(CancellationToken stop)
    {
        if (!_due && _bus.IsOpen)
        {
            return;
        }

        // Another gap may come while this one is filled.
        (double Alerts, long Messages) since;
        lock (_gate)
        {
            since = _since ?? Known();
            _since = null;
            _due = false;
        }

        try
        {
            await _records.ReadAsync(
                string.Create(CultureInfo.InvariantCulture, $"alerts/last-time/{since.Alerts:0.000000}/alerts.json"), null, JsonAnswerForm.Array, record => _rest.TakeAlert(record), stop).ConfigureAwait(false);
            await ReadMessagesAsync(since.Messages, stop).ConfigureAwait(false);
        }
        catch
        {
            lock (_gate)
            {
                _since = since;
                _due = true;
            }

            throw;
        }
    }

    private (double Alerts, long Messages) Known() => (_rest.LastAlertSeconds, _talk.LastSeconds);

    // Not every release has these; what they tell is no reason to end a session that has devices.
    private async Task ReadMessagesAsync(long since, CancellationToken stop)
    {
        if (_noMessages)
        {
            return;
        }

        try
        {
            await _records.ReadAsync(
                string.Create(CultureInfo.InvariantCulture, $"messagebus/last-time/{since}/messages.json"), null, JsonAnswerForm.Array, record => _talk.Take(record), stop).ConfigureAwait(false);
        }
        catch (KismetException e) when (e.Id is KismetErrorId.ServerUnknown or KismetErrorId.RoleMissing)
        {
            _noMessages = true;
        }
    }

    private void OnGap()
    {
        Miss();
        _wake();
    }

    private void OnTold(string topic, byte[] json)
    {
        switch (topic)
        {
            case "NEW_DEVICE":
                using (_tables.Enter())
                {
                    _rest.Take(json);
                }

                break;
            case "MESSAGE":
                _talk.Take(json);
                break;
            case "ALERT":
                using (_tables.Enter())
                {
                    _rest.TakeAlert(json);
                }

                break;
            default:
                break;
        }
    }
}
