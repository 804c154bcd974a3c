namespace KismetPS.Kismet.Text.Client;

/// <summary>What SOURCE or CARD tells of a capture source.</summary>
internal sealed class SourceFacts
{
    private int _hop;
    private int _velocity;
    private int _dwell;
    private int _channel;
    private int _error;
    private long _packets;

    public string? Name { get; set; }

    public DateTimeOffset Told { get; init; }

    private string? Interface { get; set; }

    private string? Type { get; set; }

    private string? Channels { get; set; }

    private string? Warning { get; set; }

    private bool Hops { get; set; }

    /// <summary>Takes one value; false when it is none.</summary>
    public bool TrySet(TextField field, scoped in Word word)
    {
        switch (field)
        {
            case TextField.Interface:
                Interface = UserText.Plain(word.Value);
                return true;
            case TextField.Type:
                Type = UserText.Plain(word.Value);
                return true;
            case TextField.Username:
                Name = UserText.Plain(word.Value);
                return true;
            case TextField.Channel:
                return word.TryNumber(-1, int.MaxValue, ref _channel);
            case TextField.Packets:
                return word.TryCount(ref _packets);
            case TextField.Hop or TextField.Hopping:
                bool good = word.TryNumber(0, int.MaxValue, ref _hop);
                Hops = _hop != 0;
                return good;
            case TextField.Velocity:
                return word.TryNumber(0, int.MaxValue, ref _velocity);
            case TextField.Dwell:
                return word.TryNumber(0, int.MaxValue, ref _dwell);
            case TextField.ChannelList:
                Channels = UserText.Plain(word.Value);
                return true;
            case TextField.Error:
                return word.TryNumber(0, int.MaxValue, ref _error);
            case TextField.Warning:
                Warning = word.IsEmpty ? null : UserText.Of(word.Value);
                return true;
            default:
                return true;
        }
    }

    /// <summary>The object users see.</summary>
    public KismetSource ToSource(string key, bool? paused, int sessionId)
    {
        // "1:3,6,11": channel and, where it is more than one, dwell.
        string[] channels = Channels is null or "0" or "n/a" ? [] : [.. Channels.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static c => c.Split(':')[0])];
        return new KismetSource
        {
            Uuid = key,
            Name = Name,
            Interface = Interface,
            Type = Type is { Length: 0 } ? null : Type,
            Channel = _channel > 0 ? _channel.ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
            Channels = new Capture.DetailList<string>(channels),
            Hopping = Hops,
            HopRate = _velocity > 0 ? _velocity : null,
            DwellSeconds = _dwell > 0 ? _dwell : null,
            Running = _error == 0,
            Paused = paused,
            Packets = _packets,
            Error = Warning ?? (_error != 0 ? "The server tells of an error of this source." : null),
            SessionId = sessionId,
        };
    }
}
