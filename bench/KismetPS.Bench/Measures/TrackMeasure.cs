using KismetPS.Bench.Corpora;
using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.Tracking;
using KismetPS.Tracking.Engine;
using KismetPS.Wireless;

namespace KismetPS.Bench.Measures;

/// <summary>Decoding and tracking: what the receive thread does with each datagram once it has it, batches, gate and sensors included.</summary>
internal sealed class TrackMeasure
{
    // Short beside the fastest slice, so that one may lie between two turns of a neighbour.
    private const long FramesAtOnce = 4096;

    private readonly CorpusReceiver _receiver;
    private readonly CaptureEngine _engine;
    private readonly TzspIntake _intake;

    /// <summary>Makes one.</summary>
    /// <param name="corpus">Messages.</param>
    /// <param name="sensors">Addresses they come from in turn, each message from one.</param>
    public TrackMeasure(PackedCorpus corpus, int sensors)
    {
        _receiver = new CorpusReceiver(corpus, sensors);
        _engine = new CaptureEngine(new TrackerOptions { MaxDevices = 4_000_000 }, 1, lossless: false, CancellationToken.None);
        _intake = new TzspIntake(new OriginTable(), 4096, new AllowList([]), new FeedbackFilter(TzspReader.DefaultPort, []));
    }

    /// <summary>Measures.</summary>
    public void Run(double seconds)
    {
        // All devices are known before the time is taken.
        do
        {
            Round();
        }
        while (!_receiver.RoundEnded);
        Loop.Run(seconds, Round);
        Output.Put("good", _engine.Outcome(DecodeStatus.Ok));
        Output.Put("devices", _engine.Tracker.Tables.Devices.Count);
        Output.Put("networks", _engine.Tracker.Tables.Networks.Count);
        Output.Put("alerts", _engine.Tracker.Alerts.Count);
    }

    private long Round()
    {
        long frames = 0;
        do
        {
            int count = _receiver.Receive(0);
            _engine.BeginBatch();
            _intake.AcceptBatch(_receiver, count, UnixTime.NowNs, _engine);
            _engine.EndBatch();
            frames += count;
        }
        while (!_receiver.RoundEnded && frames < FramesAtOnce);
        return frames;
    }
}
