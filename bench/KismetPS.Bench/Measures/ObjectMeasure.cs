using KismetPS.Bench.Corpora;
using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.Tracking;
using KismetPS.Tracking.Engine;

namespace KismetPS.Bench.Measures;

/// <summary>What the objects cost that users see, without a pipeline: snapshots of all devices, or frames out of a subscriber's queue.</summary>
internal sealed class ObjectMeasure
{
    private readonly CorpusReceiver _receiver;
    private readonly CaptureEngine _engine = new(new TrackerOptions { MaxDevices = 4_000_000 }, 1, lossless: false, CancellationToken.None);
    private readonly OriginTable _origins = new();
    private readonly TzspIntake _intake;
    private readonly SnapshotReader _snapshots;
    private readonly FrameReader _frames;

    /// <summary>Takes in all messages once.</summary>
    public ObjectMeasure(PackedCorpus corpus)
    {
        _intake = new TzspIntake(_origins, 4096);
        _snapshots = new SnapshotReader(_engine, new SnapshotBuilder(_engine.Tracker.Tables, () => _origins.Snapshot, static () => "bench", 1));
        _receiver = new CorpusReceiver(corpus, 1);
        Take();
        _frames = new FrameReader(_engine, 1 << 20, () => _origins.Snapshot, 1);
    }

    /// <summary>Measures.</summary>
    public void Run(double seconds, bool frames) => Loop.Run(seconds, frames ? Frames : Devices);

    private long Devices()
    {
        List<KismetDevice> all = [];
        _snapshots.Devices(new DeviceFilter(), 0, long.MaxValue, (device, _) =>
        {
            all.Add(device);
            return true;
        });
        return all.Count;
    }

    // Writing them into the queue is measured too: it is a tenth of it.
    private long Frames()
    {
        long frames = 0;
        do
        {
            TakeBatch();
            while (_frames.TryRead(out _))
            {
                frames++;
            }
        }
        while (!_receiver.RoundEnded);
        return frames;
    }

    private void Take()
    {
        do
        {
            TakeBatch();
        }
        while (!_receiver.RoundEnded);
    }

    private void TakeBatch()
    {
        int count = _receiver.Receive(0);
        _engine.BeginBatch();
        _intake.AcceptBatch(_receiver, count, UnixTime.NowNs, _engine);
        _engine.EndBatch();
    }
}
