using KismetPS.Capture;
using KismetPS.Tracking.Tables;
using KismetPS.Wireless;

namespace KismetPS.Tracking.Alerts;

/// <summary>The alerts of a session: bounded, oldest pushed out; the same kind about the same BSSID at most once a minute.</summary>
internal sealed class AlertLog(NameTable names, int capacity)
{
    // Sets of eight: what is looked at often stays, and only more than eight of one set within a minute push one out early.
    private const int ThrottleSets = 512;
    private const int ThrottleWays = 8;
    private const long ThrottleNs = 60_000_000_000;

    private readonly Queue<KismetAlert> _alerts = new();
    private readonly (ulong Key, long Ns)[] _last = new (ulong, long)[ThrottleSets * ThrottleWays];

    /// <summary>Number of the session, shown in each alert.</summary>
    public int SessionId { get; set; }

    /// <summary>Alerts raised so far: the number of the last one.</summary>
    public long Count { get; private set; }

    /// <summary>Alerts that were not raised because one of their kind about their BSSID had been within the minute.</summary>
    public long Suppressed { get; private set; }

    /// <summary>Whether an alert of a kind about a BSSID may be raised now. Ask before making the text.</summary>
    public bool Permits(KismetAlertType type, MacAddress about, long nowNs)
    {
        ulong key = (about.Value << 8) | (byte)type;
        Span<(ulong Key, long Ns)> set = _last.AsSpan((int)(ByteHash.Compute(key) % ThrottleSets) * ThrottleWays, ThrottleWays);
        int oldest = 0;
        for (int i = 0; i < set.Length; i++)
        {
            if (set[i].Key == key)
            {
                if (UnixTime.Distance(nowNs, set[i].Ns) < ThrottleNs)
                {
                    Suppressed++;
                    return false;
                }

                oldest = i;
                break;
            }

            oldest = set[i].Ns < set[oldest].Ns ? i : oldest;
        }

        set[oldest] = (key, nowNs);
        return true;
    }

    /// <summary>Raises an alert.</summary>
    public void Raise(KismetAlertType type, string text, in FrameInfo info, MacAddress bssid, MacAddress transmitter, MacAddress receiver, int name = 0, int channel = 0)
    {
        _alerts.Enqueue(new KismetAlert
        {
            Sequence = ++Count,
            Time = UnixTime.ToDateTime(info.TimestampNs),
            Type = type,
            Text = text,
            Bssid = bssid.IsZero ? null : bssid.ToString(),
            MacAddress = transmitter.IsZero ? null : transmitter.ToString(),
            Destination = receiver.IsZero ? null : receiver.ToString(),
            Ssid = names.Text(name),
            Channel = channel > 0 ? channel : info.Radio.Channel > 0 ? info.Radio.Channel : null,
            SensorId = info.Origin.Id,
            SessionId = SessionId,
        });
        if (_alerts.Count > capacity)
        {
            _alerts.Dequeue();
        }
    }

    /// <summary>Name of a network for a text.</summary>
    public string NameText(int name) => names.Text(name) ?? "<hidden>";

    /// <summary>How a name has been used; the number is not 0.</summary>
    public ref NameUse UseOf(int name) => ref names.UseOf(name);

    /// <summary>Alerts with a number above <paramref name="after"/>, oldest first.</summary>
    public IReadOnlyList<KismetAlert> Since(long after) => [.. _alerts.Where(a => a.Sequence > after)];
}
