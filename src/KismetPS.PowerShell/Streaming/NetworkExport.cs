using System.Globalization;
using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Export;
using KismetPS.PowerShell.Errors;
using KismetPS.PowerShell.Input;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Streaming;

/// <summary>What the pipeline gives to a network export: sessions, followed in the background, or devices, sent once.</summary>
internal sealed class NetworkExport(Cmdlet cmdlet, SessionTable table, ExportOptions options, string? name, CancellationToken stop) : IDisposable
{
    private static readonly TimeSpan s_firstNews = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    private readonly List<DeviceSession> _sessions = [];
    private KismetExport? _once;
    private KismetExport? _running;
    private bool _over;

    /// <summary>Takes an object: a session, a device, or a change of one.</summary>
    public void Add(PSObject item)
    {
        switch (item.BaseObject)
        {
            case DeviceSession session:
                _sessions.Add(session);
                break;
            case KismetSession other:
                Report(new KismetException(KismetErrorId.ArgumentInvalid, $"{other.Name} knows no devices.", "Captures, connections and imports do."), other);
                break;
            default:
                if (DeviceInput.TryGet(item, out KismetDevice device, out bool expired))
                {
                    Send(device, expired);
                }
                else
                {
                    Report(new KismetException(KismetErrorId.ArgumentInvalid, "The object is no device and no session.", "Get-KismetDevice gives devices, Get-KismetSession sessions."), item);
                }

                break;
        }
    }

    /// <summary>The pipeline has ended: devices are waited for, sessions are followed.</summary>
    public void Complete(bool wait)
    {
        if (_once is not null)
        {
            _once.Complete();
            var progress = new ProgressMeter(cmdlet, $"Send to {options.Host}");
            Await(_once, export =>
            {
                KismetExportStatistic now = export.ExportStatistics;
                long done = now.Delivered ?? now.Sent;
                progress.Update((double)done / Math.Max(1, now.Sequence), done, "messages");
            });
            progress.Complete();
            KismetExportStatistic s = _once.ExportStatistics;
            cmdlet.WriteVerbose($"{_once.Name}: {s}.");
            if (_once.Error is KismetException failure)
            {
                Report(failure, _once);
            }
        }

        if (_sessions.Count == 0)
        {
            return;
        }

        table.CheckName(name);
        KismetExport export = KismetExport.Start(_sessions, options, name);
        table.Add(export);
        if (wait)
        {
            _running = export;
            Await(export);
        }
        else
        {
            // What is wrong at once is told at once; the rest is in its statistics.
            for (TimeSpan waited = TimeSpan.Zero; waited < s_firstNews && !export.IsConnected && !Tell(export); waited += s_look / 4)
            {
                stop.WaitHandle.WaitOne(s_look / 4);
            }
        }

        cmdlet.WriteObject(export);
    }

    public void Dispose()
    {
        // Reached on Ctrl+C and errors downstream too.
        _once?.StopAsync();
        _running?.StopAsync();
    }

    private void Send(KismetDevice device, bool expired)
    {
        _once ??= KismetExport.StartOnce(options, name);
        if (!_over && !_once.Write(device, expired, stop))
        {
            _over = true;
        }

        _once.Flush();
        Tell(_once);
    }

    private void Await(KismetExport export, Action<KismetExport>? tick = null)
    {
        while (!export.Completion.Wait((int)s_look.TotalMilliseconds, stop))
        {
            Tell(export);
            tick?.Invoke(export);
        }

        Tell(export);
    }

    private bool Tell(KismetExport export)
    {
        bool told = false;
        while (export.TryTakeWarning(out string? warning))
        {
            cmdlet.WriteWarning(string.Create(CultureInfo.InvariantCulture, $"{export.Name}: {warning}"));
            told = true;
        }

        return told;
    }

    private void Report(KismetException failure, object target) => cmdlet.WriteError(ErrorRecords.From(failure, target));
}
