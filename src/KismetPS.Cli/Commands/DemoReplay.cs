using KismetPS.Capture;
using KismetPS.Capture.Pcap;
using KismetPS.Capture.Tzsp;
using KismetPS.Wireless;

namespace KismetPS.Cli.Commands;

/// <summary>Sends the sample captures to a port of this machine in a given time, one sender for each sensor in them.</summary>
internal sealed class DemoReplay : IDisposable
{
    // What any system holds for a listener that has to wait for its turn; looked at each so many messages.
    private const int MostUnderWay = 100;
    private const int LookEach = 32;

    // A second: whatever was lost all the same does not stop the show.
    private const int Patience = 1000;

    private readonly List<(string Path, int Sensors)> _files = [];
    private readonly List<TzspSender> _senders = [];
    private readonly int _port;
    private readonly Func<long> _received;
    private readonly double _rate;
    private readonly CancellationToken _stop;
    private long _sent;

    /// <summary>Reads how much there is to send.</summary>
    /// <param name="folder">Where the captures lie.</param>
    /// <param name="port">UDP port of the listener.</param>
    /// <param name="received">Messages the listener has received: it is not sent more than it can hold.</param>
    /// <param name="seconds">Time that it all takes.</param>
    /// <param name="stop">Ends it.</param>
    public DemoReplay(string folder, int port, Func<long> received, int seconds, CancellationToken stop)
    {
        _port = port;
        _received = received;
        _stop = stop;
        foreach (string path in Directory.EnumerateFiles(folder, "*.pcap*").Order(StringComparer.Ordinal))
        {
            using CaptureFileSource source = Open(path);
            var counter = new Counter();
            source.Run(counter, stop);
            Total += counter.Frames;
            Sensors += source.Origins.Count;
            _files.Add((path, Math.Max(1, source.Origins.Count)));
        }

        _rate = Math.Max(1, Total / (double)seconds);
    }

    /// <summary>Messages in all files.</summary>
    public long Total { get; }

    /// <summary>Sensors that heard them.</summary>
    public int Sensors { get; }

    /// <summary>Messages sent so far.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Share done, 0 to 1.</summary>
    public double Share => Total == 0 ? 1 : (double)Sent / Total;

    public void Run()
    {
        foreach ((string path, int sensors) in _files)
        {
            var senders = new Dictionary<FrameOrigin, TzspSender>();
            using CaptureFileSource source = Open(path);
            var sink = new ReplaySink(
                origin => senders.TryGetValue(origin, out TzspSender? known) ? known : senders[origin] = Add(origin, _rate / sensors),
                OnSent,
                _stop);
            source.Tap = sink;
            source.Run(sink, _stop);
        }
    }

    public void Dispose()
    {
        foreach (TzspSender sender in _senders)
        {
            sender.Dispose();
        }
    }

    private void OnSent()
    {
        long sent = Interlocked.Increment(ref _sent);
        for (int i = 0; sent % LookEach == 0 && sent - _received() > MostUnderWay && i < Patience && !_stop.IsCancellationRequested; i++)
        {
            Thread.Sleep(1);
        }
    }

    private static CaptureFileSource Open(string path)
    {
        var source = new CaptureFileSource(path, new CaptureFileOptions());
        source.Open();
        return source;
    }

    // A capture's interface becomes a sensor with a serial of its own, as a real one has; TZSP in a file brings its serials along.
    private TzspSender Add(FrameOrigin origin, double rate)
    {
        var sender = new TzspSender("127.0.0.1", _port, new TzspSenderOptions
        {
            Rate = rate,
            Serial = new MacAddress(0x4C5E_0CE0_5700),
            DeviceName = origin.Name ?? origin.Id,
        });
        _senders.Add(sender);
        return sender;
    }

    private sealed class Counter : IFrameSink
    {
        public long Frames { get; private set; }

        public void BeginBatch()
        {
        }

        public void OnFrame(ReadOnlySpan<byte> packet, in FrameInfo info) => Frames++;

        public void EndBatch()
        {
        }

        public void OnIdle()
        {
        }
    }
}
