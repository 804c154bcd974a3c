using System.Diagnostics;
using KismetPS.Cli.Output;
using KismetPS.Export.Formats;
using KismetPS.Tracking;

namespace KismetPS.Cli.Emissions;

/// <summary>Devices when they change, each at most once in an interval.</summary>
internal sealed class DeviceEmission : Emission
{
    private readonly ChangeReader _changes;
    private readonly DeviceFileWriter? _writer;
    private readonly List<KismetDeviceChange> _ready = [];
    private readonly TimeSpan _interval;
    private long _lastTicks;

    public DeviceEmission(DeviceSession session, KismetChangeKind changes, TimeSpan interval, CliContext context, bool json, long limit)
        : base(context, json, limit)
    {
        _changes = session.OpenChanges(null, changes, existing: true);
        _interval = interval;
        _writer = json ? DeviceFileWriter.Open(context.OutStream, DeviceFileFormat.JsonLines) : null;
    }

    public override long Dropped => _changes.Missed;

    public override void Wait(TimeSpan timeout)
    {
        TimeSpan rest = _interval - Stopwatch.GetElapsedTime(_lastTicks);
        base.Wait(rest > TimeSpan.Zero && rest < timeout ? rest : timeout);
    }

    public override void Dispose()
    {
        _writer?.Dispose();
        _changes.Dispose();
    }

    protected override void Take()
    {
        if (_lastTicks != 0 && Stopwatch.GetElapsedTime(_lastTicks) < _interval && !Finishing)
        {
            return;
        }

        _lastTicks = Stopwatch.GetTimestamp();
        bool whole;
        do
        {
            _ready.Clear();
            whole = _changes.Read(_ready, ChangeReader.Handful);
            foreach (KismetDeviceChange change in _ready)
            {
                if (_writer is null)
                {
                    Write(change, static c => (c.Change switch { KismetChangeKind.Added => "+ ", KismetChangeKind.Expired => "- ", _ => "  " }) + Lines.Of(c.Device));
                }
                else if (Next())
                {
                    _writer.Write(change.Device);
                }
            }
        }
        while (!whole && !IsFull);

        _writer?.Flush();
    }
}
