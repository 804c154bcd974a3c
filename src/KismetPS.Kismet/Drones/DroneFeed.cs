using KismetPS.Capture;
using KismetPS.Tracking;

namespace KismetPS.Kismet.Drones;

/// <summary>Reads one session's frames on a thread of its own and hands them to the server.</summary>
internal sealed class DroneFeed : IDisposable
{
    private const int RingBytes = 4 * 1024 * 1024;
    private const int BatchFrames = 256;
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(500);

    private readonly DroneServer _server;
    private readonly CaptureSession _session;
    private readonly FrameReader _reader;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private readonly List<DroneServedSource?> _sources = [];

    public DroneFeed(DroneServer server, CaptureSession session)
    {
        _server = server;
        _session = session;
        _reader = session.OpenFrames(RingBytes);
        _thread = new Thread(() => server.Guard(Run)) { IsBackground = true, Name = $"drone feed of {session.Name}" };
    }

    /// <summary>Frames the session gave faster than they could be taken.</summary>
    public long Dropped => _reader.Dropped;

    public void Start() => _thread.Start();

    /// <summary>The source that stands for a sensor, made at its first frame; under the server's gate.</summary>
    public DroneServedSource Find(FrameOrigin origin, out bool isNew)
    {
        while (_sources.Count <= origin.Index)
        {
            _sources.Add(null);
        }

        isNew = _sources[origin.Index] is null;
        return _sources[origin.Index] ??= new DroneServedSource(origin, _session.EndPoint, TypeOf(_session));
    }

    public void Dispose()
    {
        _stop.Cancel();
        if (_thread.IsAlive)
        {
            _thread.Join(TimeSpan.FromSeconds(2));
        }

        _reader.Dispose();
    }

    private static string TypeOf(CaptureSession session) => session switch
    {
        TzspListener => "tzsp",
        KismetDrone => "drone",
        KismetImport => "pcapfile",
        _ => "pcap",
    };

    private void Run()
    {
        try
        {
            while (_reader.Wait(s_wait, _stop.Token))
            {
                while (!_stop.IsCancellationRequested && _server.Deliver(this, _reader, BatchFrames))
                {
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told to end.
        }
    }
}
