using System.Net;
using KismetPS.Bench.Corpora;
using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.Tracking;
using KismetPS.Tracking.Engine;
using KismetPS.Wireless;

namespace KismetPS.Bench.Measures;

/// <summary>Decoding and tracking with so many of something: devices known, sensors, listeners, subscribers.</summary>
internal sealed class GrowMeasure
{
    private readonly List<(CaptureEngine Engine, TzspIntake Intake)> _listeners = [];
    private readonly List<FrameReader> _subscribers = [];
    private CorpusReceiver _receiver;

    /// <summary>Makes one.</summary>
    /// <param name="corpus">Messages.</param>
    /// <param name="others">Messages of other devices, heard once before it begins; null: none.</param>
    /// <param name="axis">What there is <paramref name="size"/> of: known, devices, sensors, ears, listeners, subscribers.</param>
    /// <param name="size">How many.</param>
    public GrowMeasure(PackedCorpus corpus, PackedCorpus? others, string axis, int size)
    {
        OriginTable origins = new();
        int listeners = axis == "listeners" ? size : 1;
        for (int i = 0; i < listeners; i++)
        {
            CaptureEngine engine = new(new TrackerOptions { MaxDevices = 4_000_000 }, 1, lossless: false, CancellationToken.None);
            _listeners.Add((engine, new TzspIntake(i == 0 ? origins : new OriginTable(), 4096, new AllowList([]), new FeedbackFilter(TzspReader.DefaultPort, []))));
        }

        int sensors = axis is "sensors" or "ears" ? size : 1;
        _receiver = new CorpusReceiver(corpus, sensors, shift: axis == "ears");
        if (others is not null)
        {
            // First those that will be heard, so that they lie together however many come after them.
            CorpusReceiver same = _receiver;
            Round();
            _receiver = new CorpusReceiver(others, sensors);
            Round();
            _receiver = same;
        }

        for (int i = 0; axis == "subscribers" && i < size; i++)
        {
            _subscribers.Add(new FrameReader(_listeners[0].Engine, 1 << 20, () => origins.Snapshot, 1));
        }
    }

    /// <summary>Measures.</summary>
    public void Run(double seconds)
    {
        Loop.Run(seconds, Round);
        Output.Put("good", _listeners[0].Engine.Outcome(DecodeStatus.Ok));
        Output.Put("devices", _listeners[0].Engine.Tracker.Tables.Devices.Count);
        Output.Put("duplicates", _listeners[0].Engine.Tracker.Duplicates);
    }

    private long Round()
    {
        long frames = 0;
        int listener = 0;
        do
        {
            int count = _receiver.Receive(0);
            (CaptureEngine engine, TzspIntake intake) = _listeners[listener];
            listener = listener + 1 == _listeners.Count ? 0 : listener + 1;
            engine.BeginBatch();
            intake.AcceptBatch(_receiver, count, UnixTime.NowNs, engine);
            engine.EndBatch();
            frames += count;
            foreach (FrameReader reader in _subscribers)
            {
                while (reader.TryReadRaw(out _, out _))
                {
                }
            }
        }
        while (!_receiver.RoundEnded);
        return frames;
    }
}
