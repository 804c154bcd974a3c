namespace KismetPS.Capture.Tzsp;

/// <summary>State of one sensor: its origin, its count, the bytes its texts were made of. Touched by the receive thread only.</summary>
internal sealed class Sensor(FrameOrigin origin, SensorHost host, byte[] serial)
{
    // Text is made anew at most this often, so that a sender changing its name or port with every message costs no memory.
    private const long TextIntervalNs = 1_000_000_000;

    private byte[] _name = [];
    private byte[] _location = [];
    private int _port = -1;
    private long _textDueNs;
    private SequenceTracker _sequence;

    /// <summary>What the engine knows it by.</summary>
    public FrameOrigin Origin { get; } = origin;

    /// <summary>The address it sends from.</summary>
    public SensorHost Host { get; } = host;

    /// <summary>Tag 60 as sent, empty if untold.</summary>
    public byte[] Serial { get; } = serial;

    /// <summary>Another sensor at the same address whose serial has the same hash.</summary>
    public Sensor? Next { get; set; }

    /// <summary>Counts one message.</summary>
    public void Count(int bytes, long timestampNs)
    {
        ref OriginCounters counters = ref Origin.Counters;
        counters.Received++;
        counters.Bytes += bytes;
        counters.LastSeenNs = timestampNs;
        if (counters.FirstSeenNs == 0)
        {
            counters.FirstSeenNs = timestampNs;
        }
    }

    /// <summary>Takes over what a readable message says of the sensor itself.</summary>
    public void Update(ReadOnlySpan<byte> message, in TzspFacts facts, in SensorAddress from, long timestampNs)
    {
        if (facts.Has(TzspFields.PacketCount))
        {
            _sequence.Next(facts.PacketCount, ref Origin.Counters);
        }

        if (from.Port != _port || !facts.DeviceName.IsEmpty || !facts.Location.IsEmpty)
        {
            UpdateText(message, in facts, in from, timestampNs);
        }
    }

    private void UpdateText(ReadOnlySpan<byte> message, in TzspFacts facts, in SensorAddress from, long timestampNs)
    {
        ReadOnlySpan<byte> name = facts.DeviceName.Of(message);
        ReadOnlySpan<byte> location = facts.Location.Of(message);
        bool newName = !name.IsEmpty && !name.SequenceEqual(_name);
        bool newLocation = !location.IsEmpty && !location.SequenceEqual(_location);
        bool newPort = from.Port != _port && !from.IsNone;
        if (!(newName || newLocation || newPort) || timestampNs < _textDueNs)
        {
            return;
        }

        _textDueNs = timestampNs + TextIntervalNs;
        if (newName)
        {
            _name = name.ToArray();
            Origin.Name = TzspText.Text(name);
        }

        if (newLocation)
        {
            _location = location.ToArray();
            Origin.Location = TzspText.Text(location);
        }

        if (newPort)
        {
            _port = from.Port;
            Origin.Address = from.ToString();
        }
    }
}
