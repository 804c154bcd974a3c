using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Capture.Pcap;
using KismetPS.Capture.Tzsp;

namespace KismetPS.PowerShell.Streaming;

/// <summary>Replays a capture through a sender, on the pipeline thread: TZSP messages in it as they are, frames wrapped.</summary>
internal sealed class CaptureReplay(Cmdlet cmdlet, TzspSender sender)
{
    public void Run(string path, CaptureFileOptions options, CancellationToken stop)
    {
        using var source = new CaptureFileSource(path, options);
        source.Open();
        var progress = new ProgressMeter(cmdlet, $"Send {System.IO.Path.GetFileName(path)}");
        var sink = new ReplaySink(
            _ => sender,
            () => Show(progress, source),
            stop);
        source.Tap = sink;
        source.Run(sink, stop);
        stop.ThrowIfCancellationRequested();
        progress.Complete();
        if (source.Damage is KismetException damage)
        {
            cmdlet.WriteWarning(damage.Message);
        }
    }

    private void Show(ProgressMeter progress, CaptureFileSource source)
    {
        if (!progress.IsDue)
        {
            return;
        }

        SourceCounters counters = source.ReadCounters();
        if (counters.Length > 0)
        {
            progress.Update((double)counters.Position / counters.Length, sender.Sent, "messages");
        }
    }
}
