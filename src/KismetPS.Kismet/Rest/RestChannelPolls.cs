using System.Diagnostics;
using KismetPS.Capture;

namespace KismetPS.Kismet.Rest;

/// <summary>What a server hears on each channel, asked for now and then; not every release tells it.</summary>
internal sealed class RestChannelPolls(RestHttp http, TimeSpan interval)
{
    private volatile DetailList<KismetServerChannel> _channels = DetailList<KismetServerChannel>.Empty;
    private bool _none;
    private long _readAt;

    /// <summary>The channels as last told.</summary>
    public DetailList<KismetServerChannel> Channels => _channels;

    /// <summary>The server was started again.</summary>
    public void Restart() => _readAt = 0;

    /// <summary>Asks for them, when it is time again.</summary>
    public async Task ReadWhenDueAsync(CancellationToken stop)
    {
        if (_none || (_readAt != 0 && Stopwatch.GetElapsedTime(_readAt) <= interval))
        {
            return;
        }

        RestAnswer answer = await http.AskAsync(HttpMethod.Get, "channels/channels.json", null, stop).ConfigureAwait(false);
        _none = !answer.IsOk;
        _channels = answer.IsOk ? new DetailList<KismetServerChannel>(RestChannels.Read(answer.Body)) : _channels;
        _readAt = Stopwatch.GetTimestamp();
    }
}
