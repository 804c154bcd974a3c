using System.Text.Json;
using System.Text.Json.Nodes;
using KismetPS.Capture;
using KismetPS.Capture.Pcap;
using KismetPS.Capture.Tzsp;
using KismetPS.Tracking.Engine;

namespace KismetPS.Tracking.Tests.Engine;

/// <summary>All that comes out of a file, as lines: over the plain path, or over the one with two threads.</summary>
internal sealed class FileRun
{
    private static readonly JsonSerializerOptions s_fields = new() { IncludeFields = true };
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly List<string> _frames = [];
    private readonly List<string> _packets = [];

    private FileRun(string path, bool piped, TrackerOptions options)
    {
        using CaptureFileSource source = new(path, new CaptureFileOptions());
        CaptureEngine engine = new(options, 1, lossless: true, CancellationToken.None);
        SnapshotReader tables = new(engine, new SnapshotBuilder(engine.Tracker.Tables, () => source.Origins, () => "run", 1));
        List<string> removed = [];
        engine.Tracker.Tables.Removing = row => removed.Add(JsonSerializer.Serialize(tables.Builder.Device(row)));
        FramePipe pipe = new(engine);
        source.Tap = piped ? pipe : engine;
        source.Open();
        using FrameReader frames = new(engine, 256 * 1024, () => source.Origins, 1);
        using PacketReader packets = new(engine, 256 * 1024, () => source.Origins);
        Task[] reading =
        [
            Task.Factory.StartNew(() => Read(frames), TaskCreationOptions.LongRunning),
            Task.Factory.StartNew(() => Read(packets), TaskCreationOptions.LongRunning),
        ];
        if (piped)
        {
            pipe.Run(source, "test", CancellationToken.None);
        }
        else
        {
            source.Run(engine, CancellationToken.None);
        }

        engine.Complete();
        Task.WaitAll(reading);
        List<string> devices = [];
        tables.Devices(new DeviceFilter(), 0, long.MaxValue, (device, _) =>
        {
            devices.Add(JsonSerializer.Serialize(device));
            return true;
        });
        List<string> networks = [];
        tables.Networks(new DeviceFilter(), 0, network =>
        {
            networks.Add(JsonSerializer.Serialize(network));
            return true;
        });

        // Rate and fill of the queues are the moment's, not the file's.
        JsonObject statistics = JsonSerializer.SerializeToNode(new StatisticBuilder(engine, source, 1, "run").Build())!.AsObject();
        statistics.Remove(nameof(KismetStatistic.FramesPerSecond));
        statistics.Remove(nameof(KismetStatistic.QueueHighWater));
        Parts = new Dictionary<string, IReadOnlyList<string>>
        {
            ["frames"] = _frames,
            ["packets"] = _packets,
            ["devices"] = devices,
            ["removed"] = removed,
            ["networks"] = networks,
            ["alerts"] = [.. tables.Alerts(0).Select(static a => JsonSerializer.Serialize(a))],
            ["statistics"] = [statistics.ToJsonString()],
            ["damage"] = [$"{source.Damage?.Message} {source.ReadCounters().Position}"],
            ["revision"] = [$"{tables.Revision}"],
        };
    }

    /// <summary>Lines by what they are of.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Parts { get; }

    /// <summary>Reads a file to its end.</summary>
    public static FileRun Of(string path, bool piped, TrackerOptions? options = null) => new(path, piped, options ?? new TrackerOptions());

    private void Read(FrameReader reader)
    {
        while (reader.Wait(s_patience, CancellationToken.None))
        {
            while (reader.TryReadRaw(out ReadOnlySpan<byte> packet, out FrameInfo info))
            {
                _frames.Add($"{info.TimestampNs} {info.LinkType} {info.OriginalLength} {info.Origin.Id} {JsonSerializer.Serialize(info.Radio, s_fields)} {Convert.ToHexString(packet)}");
            }
        }
    }

    private void Read(PacketReader reader)
    {
        while (reader.Wait(s_patience, CancellationToken.None))
        {
            while (reader.TryRead(out TzspPacket? packet))
            {
                _packets.Add(JsonSerializer.Serialize(packet));
            }
        }
    }
}
