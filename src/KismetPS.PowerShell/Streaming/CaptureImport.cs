using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Capture.Pcap;
using KismetPS.PowerShell.Model;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Streaming;

/// <summary>Reads one capture file into the pipeline, with a progress bar, and says where it is damaged.</summary>
internal sealed class CaptureImport(Cmdlet cmdlet, SessionTable table, KismetEmit emit)
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_release = TimeSpan.FromSeconds(2);

    public void Run(string path, CaptureFileOptions options, CancellationToken stop)
    {
        SessionStream? stream = null;
        KismetImport? session = null;
        bool atEnd = emit is KismetEmit.Device or KismetEmit.Network;
        try
        {
            session = KismetImport.Start(path, options, attach: s => stream = atEnd ? null : StreamFactory.Open(s, emit, TimeSpan.Zero));
            table.Add(session);
            var progress = new ProgressMeter(cmdlet, $"Import {System.IO.Path.GetFileName(path)}");
            if (stream is null)
            {
                while (!session.Completion.Wait(s_tick.Milliseconds, stop))
                {
                    Show(progress, session);
                }

                Write(emit == KismetEmit.Device ? session.GetDevices() : session.GetNetworks(), stop);
            }
            else
            {
                var pump = new StreamPump(stream, new StreamLimits(), [session]);
                pump.Run(cmdlet.WriteObject, _ => Show(progress, session), stop);
                if (emit == KismetEmit.Packet && pump.Written == 0 && session.Error is null)
                {
                    cmdlet.WriteWarning($"'{path}' holds no TZSP on UDP port {options.TzspPort}: -Emit Frame gives the frames of any capture, -Port looks for TZSP on another port.");
                }
            }

            progress.Complete();
            Finish(session, stream);
        }
        finally
        {
            stream?.Dispose();
            if (session is not null)
            {
                session.StopAsync(KismetStopReason.Requested).Wait(s_release);
                table.Remove(session);
            }
        }
    }

    private static void Show(ProgressMeter progress, KismetImport session)
    {
        (long position, long length) = session.Progress;
        if (length > 0)
        {
            progress.Update((double)position / length, session.Statistics.Received, "packets");
        }
    }

    private void Write(IEnumerable<object> snapshots, CancellationToken stop)
    {
        foreach (object snapshot in snapshots)
        {
            stop.ThrowIfCancellationRequested();
            cmdlet.WriteObject(snapshot);
        }
    }

    private void Finish(KismetImport session, SessionStream? stream)
    {
        if (session.Damage is KismetException damage)
        {
            cmdlet.WriteWarning(damage.Message);
        }

        if (stream?.Dropped > 0)
        {
            cmdlet.WriteWarning(SessionSummary.Missed(stream.Dropped));
        }

        cmdlet.WriteVerbose(SessionSummary.Of(session));
        if (session.Error is KismetException failure)
        {
            throw failure;
        }
    }
}
