using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Capture.Pcap;
using KismetPS.Capture.Tzsp;

namespace KismetPS.PowerShell.Streaming;

/// <summary>Replays a capture through a sender, on the pipeline thread.</summary>
internal sealed class CaptureReplay(Cmdlet cmdlet, TzspSender sender)
{
    public void Run(string path, CaptureFileOptions options, CancellationToken stop)
    {
        using var source = new CaptureFileSource(path, options);
        source.Open();
        var progress = new ProgressMeter(cmdlet, $"Send {System.IO.Path.GetFileName(path)}");
        source.Run(new Sink(sender, source, progress, stop), stop);
        stop.ThrowIfCancellationRequested();
        progress.Complete();
        if (source.Damage is KismetException damage)
        {
            cmdlet.WriteWarning(damage.Message);
        }
    }

    private sealed class Sink(TzspSender sender, CaptureFileSource source, ProgressMeter progress, CancellationToken stop) : IFrameSink
    {
        private int _sinceShown;

        public void BeginBatch()
        {
        }

        public void OnFrame(ReadOnlySpan<byte> packet, in FrameInfo info)
        {
            sender.SendFrame(packet, in info, stop);
            if (++_sinceShown >= 256)
            {
                Show();
            }
        }

        public void EndBatch()
        {
        }

        public void OnIdle() => Show();

        private void Show()
        {
            _sinceShown = 0;
            SourceCounters counters = source.ReadCounters();
            if (counters.Length > 0)
            {
                progress.Update((double)counters.Position / counters.Length, sender.Sent, "messages");
            }
        }
    }
}
