using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.TestKit;
using KismetPS.Tracking.Engine;
using KismetPS.Wireless;
using Xunit;

namespace KismetPS.Tracking.Tests.Engine;

/// <summary>A frame of devices that are known allocates nothing, from the message to the tables.</summary>
public sealed class AllocationTests
{
    private const int Frames = 200_000;
    private const int Batch = 64;

    // The runtime may make something of its own once (caches of casts and calls); a frame that allocated would make millions of bytes.
    private const int OnceAtMost = 2048;

    [Fact]
    public void Frames_of_every_kind_allocate_nothing()
    {
        RandomAir air = new(21, 60);
        byte[][] frames = [.. Enumerable.Range(0, 4000).Select(_ => air.Next())];
        EngineRig rig = new();
        Assert.InRange(Allocated(frames.Length, rig.Engine, at => rig.HearBatch(frames.AsSpan(at, Math.Min(Batch, frames.Length - at)))), 0, OnceAtMost);
        Assert.True(rig.Engine.Outcome(DecodeStatus.Ok) > Frames * 0.7);
    }

    /// <summary>A name that changes to and fro (a client's association, one byte of it damaged) is kept anew each time; nothing else is.</summary>
    [Fact]
    public void Damaged_frames_allocate_next_to_nothing()
    {
        RandomAir air = new(22, 60);
        byte[][] frames = [.. Enumerable.Range(0, 4000).Select(_ => air.NextDamaged())];
        EngineRig rig = new();
        Assert.InRange(Allocated(frames.Length, rig.Engine, at => rig.HearBatch(frames.AsSpan(at, Math.Min(Batch, frames.Length - at)))), 0, Frames / 4);
    }

    [CapturesFact]
    public void Packets_of_real_captures_allocate_nothing()
    {
        CapturedPacket[] packets = [.. OracleCaptures.Files().SelectMany(static f => OracleCaptures.Packets(f).Take(3000))];
        CaptureEngine engine = new(new TrackerOptions(), 1, lossless: false, CancellationToken.None);
        FrameOrigin origin = new(0, "file");
        long allocated = Allocated(packets.Length, engine, at =>
        {
            FrameInfo info = new() { Origin = origin, TimestampNs = packets[0].TimestampNs };
            engine.BeginBatch();
            for (int i = at; i < Math.Min(at + Batch, packets.Length); i++)
            {
                info.LinkType = (LinkType)packets[i].LinkType;
                info.OriginalLength = packets[i].OriginalLength;
                info.TimestampNs++;
                engine.OnFrame(packets[i].Bytes, in info);
            }

            engine.EndBatch();
        });
        Assert.InRange(allocated, 0, OnceAtMost);
        Assert.True(engine.Outcome(DecodeStatus.Ok) > Frames);
    }

    [CapturesFact]
    public void Messages_of_several_sensors_allocate_nothing()
    {
        byte[][] messages = [.. OracleCaptures.Files().SelectMany(static f => PcapFileReader.ReadAll(OracleCaptures.TzspPath(f)).Take(3000).Select(static p => p.Bytes[42..]))];
        CaptureEngine engine = new(new TrackerOptions(), 1, lossless: false, CancellationToken.None);
        TzspIntake intake = new(new OriginTable(), 100);
        SensorAddress[] senders = [new(0, 1, 0, 40_000), new(0, 2, 0, 40_000), new(0, 3, 0, 40_000)];
        using FrameReaderProbe reader = new(engine);
        long allocated = Allocated(messages.Length, engine, at =>
        {
            engine.BeginBatch();
            for (int i = at; i < Math.Min(at + Batch, messages.Length); i++)
            {
                intake.Accept(messages[i], senders[i % senders.Length], 1_700_000_000_000_000_000, engine);
                intake.Accept(messages[i], senders[(i + 1) % senders.Length], 1_700_000_000_000_000_000, engine);
            }

            engine.EndBatch();
            reader.ReadAll();
        });
        Assert.InRange(allocated, 0, OnceAtMost);
        Assert.True(engine.Tracker.Duplicates > Frames / 4);
        Assert.True(reader.Count > Frames);
    }

    /// <summary>
    /// Bytes allocated on this thread while the frames are gone through again and again, after they have been gone through twice. Rounds in which an
    /// alert was raised are left out: an alert is an object, at most one a minute of a kind and BSSID. The round with the least counts for all: what a frame
    /// allocates it does in every round, what the runtime does when it compiles a loop anew on this thread, in some.
    /// </summary>
    private static long Allocated(int count, CaptureEngine engine, Action<int> hearBatch)
    {
        Round();
        Round();
        List<long> allocated = [];
        int rounds = 0;
        for (int quiet = 0; quiet < Frames; rounds++)
        {
            Assert.True(rounds < 20 * Frames / count, "There are alerts in every round.");
            long alerts = engine.Tracker.Alerts.Count;
            long before = GC.GetAllocatedBytesForCurrentThread();
            Round();
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (engine.Tracker.Alerts.Count == alerts)
            {
                allocated.Add(bytes);
                quiet += count;
            }
        }

        return allocated.Min() * allocated.Count;

        void Round()
        {
            for (int at = 0; at < count; at += Batch)
            {
                hearBatch(at);
            }
        }
    }

    /// <summary>A subscriber that takes the raw frames off its queue.</summary>
    private sealed class FrameReaderProbe(CaptureEngine engine) : IDisposable
    {
        private readonly ByteRing<FrameRecord> _ring = engine.OpenFrames(4 * 1024 * 1024);

        public long Count { get; private set; }

        public void ReadAll()
        {
            while (_ring.TryRead(out _, out _))
            {
                Count++;
            }
        }

        public void Dispose() => engine.Close(_ring);
    }
}
