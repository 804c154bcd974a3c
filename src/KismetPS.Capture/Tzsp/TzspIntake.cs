using KismetPS.Wireless;
using KismetPS.Wireless.Radio;

namespace KismetPS.Capture.Tzsp;

/// <summary>
/// From a TZSP message to a frame: reads it, finds its sensor, keeps the sensor's counters, delivers. No socket in it: the listener and the
/// capture file reader feed it alike. One thread; the counters may be read from any.
/// </summary>
internal sealed class TzspIntake
{
    // Messages whose stations are announced together; each names two at most.
    private const int Ahead = IFrameSink.MostExpected / 2;

    private readonly OriginTable _origins;
    private readonly int _maxSensors;
    private readonly AllowList? _filter;
    private readonly FeedbackFilter? _feedback;
    private readonly Dictionary<SensorAddress, SensorHost> _hosts = [];
    private readonly TzspLayoutReader _reader = new();
    private readonly long[] _drops = new long[Enum.GetValues<SourceDropReason>().Length];
    private SensorHost? _lastHost;
    private int _lastFrameOffset;
    private int _sensors;

    /// <summary>Makes one.</summary>
    /// <param name="origins">Where new sensors are put.</param>
    /// <param name="maxSensors">Most sensors kept.</param>
    /// <param name="filter">Senders allowed, null: all.</param>
    /// <param name="feedback">Finds our own stream, null: nobody looks.</param>
    public TzspIntake(OriginTable origins, int maxSensors, AllowList? filter = null, FeedbackFilter? feedback = null)
    {
        _origins = origins;
        _maxSensors = maxSensors;
        _filter = filter;
        _feedback = feedback;
    }

    /// <summary>Sees every readable message before it is delivered, those without a frame too once their sensor is known.</summary>
    public IDatagramTap? Tap { get; set; }

    /// <summary>Addresses that TZSP came from.</summary>
    public Dictionary<SensorAddress, SensorHost>.ValueCollection Hosts => _hosts.Values;

    /// <summary>Takes a batch of datagrams that came in at one time, inside the sink's batch; gives their bytes.</summary>
    public long AcceptBatch(DatagramReceiver receiver, int count, long timestampNs, IFrameSink sink)
    {
        long bytes = 0;
        bool announce = sink.TakesHints;
        for (int i = 0; i < count; i++)
        {
            if (announce && i % Ahead == 0)
            {
                // The groups at the start of a batch come at once; from then on one more for each that is worked on.
                for (int group = i == 0 ? 0 : IFrameSink.ExpectSteps; group <= IFrameSink.ExpectSteps; group++)
                {
                    Announce(receiver, i + (group * Ahead), Math.Min(count, i + ((group + 1) * Ahead)), sink);
                }
            }

            ReadOnlySpan<byte> message = receiver.Message(i);
            bytes += message.Length;
            Accept(message, receiver.Sender(i), timestampNs, sink);
        }

        return bytes;
    }

    /// <summary>Takes one message; gives its frame to the sink or counts why not.</summary>
    /// <param name="message">The message, as far as it is there.</param>
    /// <param name="from">Who sent it.</param>
    /// <param name="timestampNs">Packet time, Unix nanoseconds.</param>
    /// <param name="sink">Where the frame goes.</param>
    /// <param name="missing">Bytes that a capture cut off its end; 0 for whole datagrams.</param>
    public void Accept(ReadOnlySpan<byte> message, in SensorAddress from, long timestampNs, IFrameSink sink, int missing = 0)
    {
        SensorHost? host = _lastHost;
        if (host is null || !host.Address.Equals(from))
        {
            if (!_hosts.TryGetValue(from, out host) && _filter is not null && !_filter.Allows(in from))
            {
                Drop(SourceDropReason.SensorNotAllowed);
                return;
            }

            _lastHost = host;
        }

        // Read into its place: to copy a structure that was written field by field a moment ago, the processor has to wait for the writes.
        FrameInfo info = default;
        TzspStatus status = _reader.Read(message, out TzspFacts facts, out info.Radio);
        Sensor? sensor;
        if (status <= TzspStatus.Configuration && facts.HasTags)
        {
            sensor = host?.Find(facts.Serial.Of(message)) ?? AddSensor(host, message, in facts, in from);
            if (sensor is null)
            {
                Drop(SourceDropReason.SensorLimit);
                return;
            }

            sensor.Count(message.Length, timestampNs);
            sensor.Update(message, in facts, in from, timestampNs);
        }
        else
        {
            // Nothing in it names a sensor; a stranger's garbage makes none.
            sensor = host?.Last;
            if (sensor is not null)
            {
                sensor.Count(message.Length, timestampNs);
                if (status >= TzspStatus.Truncated)
                {
                    sensor.Origin.Counters.Malformed++;
                }
            }
        }

        if (status < TzspStatus.Truncated && sensor is not null)
        {
            Tap?.OnMessage(message, sensor.Origin, timestampNs);
        }

        if (status != TzspStatus.Frame || sensor is null)
        {
            Drop(TzspReader.ToDropReason(status));
            return;
        }

        _lastFrameOffset = facts.FrameOffset;
        ReadOnlySpan<byte> frame = message[facts.FrameOffset..];
        if (facts.Encapsulation == TzspEncapsulation.Ethernet && _feedback is not null && _feedback.IsOwnStream(frame, in from))
        {
            Drop(SourceDropReason.Feedback);
            return;
        }

        info.TimestampNs = timestampNs;
        info.LinkType = facts.LinkType;
        info.OriginalLength = Math.Max(facts.OriginalLength, frame.Length + missing);
        info.SensorClockNs = facts.SensorClockNs;
        info.Origin = sensor.Origin;
        sink.OnFrame(frame, in info);
    }

    /// <summary>Counts a message that never got here.</summary>
    public void Drop(SourceDropReason reason) => _drops[(int)reason]++;

    /// <summary>Messages that gave no frame, by reason; reasons that did not occur are left out. Safe from any thread.</summary>
    public IReadOnlyDictionary<SourceDropReason, long> ReadDrops()
    {
        Dictionary<SourceDropReason, long> drops = [];
        for (int i = 0; i < _drops.Length; i++)
        {
            long count = Interlocked.Read(ref _drops[i]);
            if (count != 0)
            {
                drops.Add((SourceDropReason)i, count);
            }
        }

        return drops;
    }

    /// <summary>
    /// Tells whom messages are about without reading them: their frames are taken to begin where the last one did, as a sensor's messages are all alike.
    /// </summary>
    private void Announce(DatagramReceiver receiver, int from, int to, IFrameSink sink)
    {
        int start = _lastFrameOffset;
        Span<ExpectedStation> stations = stackalloc ExpectedStation[2 * Ahead];
        int found = 0;
        for (int i = from; i < to; i++)
        {
            ReadOnlySpan<byte> message = receiver.Message(i);
            if (start != 0 && message.Length >= start + ExpectedStation.FrameBytes)
            {
                ReadOnlySpan<byte> frame = message[start..];
                stations[found++] = ExpectedStation.Transmitter(frame);

                // Written in either case, which is less than a branch guessed wrong.
                stations[found] = ExpectedStation.Receiver(frame);
                found += stations[found].Use != StationUse.None ? 1 : 0;
            }
        }

        sink.Expect(stations[..found]);
    }

    private Sensor? AddSensor(SensorHost? host, ReadOnlySpan<byte> message, in TzspFacts facts, in SensorAddress from)
    {
        if (_sensors >= _maxSensors)
        {
            return null;
        }

        if (host is null)
        {
            host = new SensorHost(from);
            _hosts.Add(from, host);
            _lastHost = host;
        }

        ReadOnlySpan<byte> serial = facts.Serial.Of(message);
        string? serialText = TzspText.Serial(serial);
        string? address = from.IsNone ? null : from.ToString();
        FrameOrigin origin = _origins.Add(serialText ?? (from.IsNone ? "TZSP" : from.ToIPAddress().ToString()), null, address, serialText);
        Sensor sensor = new(origin, host, serial.ToArray());
        host.Add(sensor);
        _sensors++;
        return sensor;
    }
}
