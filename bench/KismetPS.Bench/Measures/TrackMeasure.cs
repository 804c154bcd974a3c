using System.Net;
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
    private const int Batch = 64;

    private readonly PackedCorpus _corpus;
    private readonly CaptureEngine _engine;
    private readonly TzspIntake _intake;
    private readonly SensorAddress[] _senders;
    private uint _number;
    private int _sender;

    /// <summary>Makes one.</summary>
    /// <param name="corpus">Messages.</param>
    /// <param name="sensors">Addresses they come from in turn, each message from one.</param>
    public TrackMeasure(PackedCorpus corpus, int sensors)
    {
        _corpus = corpus;
        _engine = new CaptureEngine(new TrackerOptions { MaxDevices = 4_000_000 }, 1, lossless: false, CancellationToken.None);
        _intake = new TzspIntake(new OriginTable(), 4096, new SensorFilter([]), new FeedbackFilter(TzspReader.DefaultPort, []));
        _senders = [.. Enumerable.Range(1, sensors).Select(i => SensorAddress.From(new IPAddress([192, 0, (byte)(2 + (i >> 8)), (byte)i]), 40_000))];
    }

    /// <summary>Measures.</summary>
    public void Run(double seconds)
    {
        Loop.Run(seconds, Round);
        Output.Put("good", _engine.Outcome(DecodeStatus.Ok));
        Output.Put("devices", _engine.Tracker.Tables.Devices.Count);
        Output.Put("networks", _engine.Tracker.Tables.Networks.Count);
        Output.Put("alerts", _engine.Tracker.Alerts.Count);
    }

    private long Round()
    {
        PackedCorpus messages = _corpus;
        for (int i = 0; i < messages.Count;)
        {
            long now = UnixTime.NowNs;
            _engine.BeginBatch();
            for (int end = Math.Min(messages.Count, i + Batch); i < end; i++)
            {
                messages.Stamp(i, _number++);
                _intake.Accept(messages.Message(i), _senders[_sender], now, _engine);
                _sender = _sender + 1 == _senders.Length ? 0 : _sender + 1;
            }

            _engine.EndBatch();
        }

        return messages.Count;
    }
}
