using KismetPS.Capture;
using KismetPS.Tracking.Engine;
using KismetPS.Tracking.Tables;
using KismetPS.TestKit.Frames;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;

namespace KismetPS.Tracking.Tests;

/// <summary>
/// A real engine without source or session: frames go in on the test's thread, at times the test sets, as several sensors hear them;
/// devices come out through the real snapshot reader.
/// </summary>
internal sealed class EngineRig
{
    private readonly OriginTable _origins = new();
    private readonly List<KismetDevice> _removed = [];

    /// <param name="options">Limits.</param>
    /// <param name="lossless">As for a file: a full queue holds the writer up, and time is that of the packets.</param>
    public EngineRig(TrackerOptions? options = null, bool lossless = true)
    {
        Engine = new CaptureEngine(options ?? new TrackerOptions(), sessionId: 7, lossless, CancellationToken.None);
        SnapshotBuilder builder = new(Engine.Tracker.Tables, () => _origins.Snapshot, static () => "Test:Rig", 7);
        Reader = new SnapshotReader(Engine, builder);
        Engine.Tracker.Tables.Removing = row => _removed.Add(builder.Device(row));
    }

    public CaptureEngine Engine { get; }

    public SnapshotReader Reader { get; }

    public DeviceTables Tables => Engine.Tracker.Tables;

    /// <summary>Time of the next frame; a frame moves it on by a millisecond.</summary>
    public long NowNs { get; set; } = UnixTime.FromDateTime(new DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.Zero));

    /// <summary>The sensors.</summary>
    public IReadOnlyList<FrameOrigin> Origins => _origins.Snapshot;

    /// <summary>Devices expired or pushed out, as they were.</summary>
    public IReadOnlyList<KismetDevice> Removed => _removed;

    /// <summary>Hands the engine one frame without FCS in a batch of its own.</summary>
    /// <param name="frame">The 802.11 frame.</param>
    /// <param name="sensor">Which sensor hears it.</param>
    /// <param name="signal">Signal, dBm; null: untold.</param>
    /// <param name="frequency">Frequency the sensor is on, MHz; 0: untold.</param>
    /// <param name="originalLength">Bytes on the air; 0: all are there.</param>
    /// <param name="fcs">What is said of the FCS.</param>
    /// <param name="at">Packet time, nanoseconds; null: <see cref="NowNs"/>.</param>
    public void Hear(byte[] frame, int sensor = 0, int? signal = -50, int frequency = 2437, int originalLength = 0, FcsState fcs = FcsState.Absent, long? at = null)
    {
        while (_origins.Count <= sensor)
        {
            _origins.Add($"sensor{_origins.Count}");
        }

        FrameInfo info = new()
        {
            TimestampNs = at ?? NowNs,
            LinkType = LinkType.Ieee80211,
            OriginalLength = originalLength == 0 ? frame.Length : originalLength,
            Origin = _origins.Snapshot[sensor],
        };
        info.Radio.Fcs = fcs;
        info.Radio.SetFrequency(frequency);
        if (signal is int dbm)
        {
            info.Radio.SetSignal(dbm);
        }

        Engine.BeginBatch();
        Engine.OnFrame(frame, in info);
        Engine.EndBatch();
        NowNs += 1_000_000;
    }

    /// <summary>Hands the engine many frames in one batch, as a listener does; allocates nothing once the sensor is known.</summary>
    public void HearBatch(ReadOnlySpan<byte[]> frames, int sensor = 0)
    {
        while (_origins.Count <= sensor)
        {
            _origins.Add($"sensor{_origins.Count}");
        }

        FrameInfo info = new() { LinkType = LinkType.Ieee80211, Origin = _origins.Snapshot[sensor] };
        info.Radio.Fcs = FcsState.Absent;
        info.Radio.SetFrequency(2437);
        info.Radio.SetSignal(-50);
        Engine.BeginBatch();
        foreach (byte[] frame in frames)
        {
            info.TimestampNs = NowNs++;
            info.OriginalLength = frame.Length;
            Engine.OnFrame(frame, in info);
        }

        Engine.EndBatch();
    }

    public void Hear(FrameBuilder frame, int sensor = 0, int? signal = -50, int frequency = 2437, long? at = null) =>
        Hear(frame.Build(), sensor, signal, frequency, at: at);

    /// <summary>Lets time pass in which nothing is heard.</summary>
    public void Pass(TimeSpan time)
    {
        NowNs += time.Ticks * TimeSpan.NanosecondsPerTick;
        Engine.Tracker.Tick(NowNs);
    }

    /// <summary>All devices.</summary>
    public IReadOnlyList<KismetDevice> Devices()
    {
        List<KismetDevice> devices = [];
        Reader.Devices(new DeviceFilter(), 0, long.MaxValue, (device, _) =>
        {
            devices.Add(device);
            return true;
        });
        return devices;
    }

    /// <summary>One device, which must be there.</summary>
    public KismetDevice Device(MacAddress address) => Find(address) ?? throw new InvalidOperationException($"{address} is no device.");

    /// <summary>One device or null.</summary>
    public KismetDevice? Find(MacAddress address)
    {
        KismetDevice? found = null;
        Reader.Devices(new DeviceFilter { Addresses = [address] }, 0, long.MaxValue, (device, _) =>
        {
            found = device;
            return true;
        });
        return found;
    }

    /// <summary>All networks.</summary>
    public IReadOnlyList<KismetNetwork> Networks()
    {
        List<KismetNetwork> networks = [];
        Reader.Networks(new DeviceFilter(), 0, network =>
        {
            networks.Add(network);
            return true;
        });
        return networks;
    }

    /// <summary>All alerts.</summary>
    public IReadOnlyList<KismetAlert> Alerts() => Reader.Alerts(0);

    /// <summary>Kinds of all alerts, in order.</summary>
    public IEnumerable<KismetAlertType> AlertTypes() => Alerts().Select(static a => a.Type);
}
