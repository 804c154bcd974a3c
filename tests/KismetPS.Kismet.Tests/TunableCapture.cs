using System.Collections.Concurrent;
using KismetPS.Capture;
using KismetPS.Capture.Live;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Kismet.Tests;

/// <summary>A capture that hears nothing, with a radio as slow as the test wants. Channel 200 is one the real tuner knows nothing of, and it says why.</summary>
internal sealed class TunableCapture : CaptureSession, ITunable
{
    private TunableCapture()
        : base(KismetSessionKind.Capture, null, new Silence(), null)
    {
    }

    public ManualResetEventSlim Ready { get; } = new(true);

    public ConcurrentQueue<int> Tuned { get; } = [];

    public int? Channel { get; private set; }

    public static TunableCapture Start()
    {
        TunableCapture session = new();
        session.StartCapture(null, null);
        return session;
    }

    public void Tune(int channel)
    {
        Assert.True(Ready.Wait(TimeSpan.FromSeconds(120)));
        if (channel == 200)
        {
            ChannelTuner.Tune("wlan9", channel);
        }

        Channel = channel;
        Tuned.Enqueue(channel);
    }

    private sealed class Silence : IFrameSource
    {
        public string EndPoint => "wlan9";

        public IReadOnlyList<FrameOrigin> Origins => [];

        public void Open()
        {
        }

        public void Run(IFrameSink sink, CancellationToken stop)
        {
            while (!stop.WaitHandle.WaitOne(50))
            {
                sink.OnIdle();
            }
        }

        public SourceCounters ReadCounters() => default;

        public void Dispose()
        {
        }
    }
}
