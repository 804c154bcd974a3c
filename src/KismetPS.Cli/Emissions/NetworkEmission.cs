using System.Diagnostics;
using KismetPS.Cli.Output;
using KismetPS.Tracking;

namespace KismetPS.Cli.Emissions;

/// <summary>Networks when they change, each at most once in an interval.</summary>
internal sealed class NetworkEmission(DeviceSession session, TimeSpan interval, CliContext context, bool json, long limit) : Emission(context, json, limit)
{
    private readonly NetworkChangeReader _changes = session.OpenNetworkChanges(null, existing: true);
    private readonly List<KismetNetwork> _ready = [];
    private long _lastTicks;

    protected override void Take()
    {
        if (_lastTicks != 0 && Stopwatch.GetElapsedTime(_lastTicks) < interval && !Finishing)
        {
            return;
        }

        _lastTicks = Stopwatch.GetTimestamp();
        _ready.Clear();
        _changes.Read(_ready);
        foreach (KismetNetwork network in _ready)
        {
            Write(network, Lines.Of);
        }
    }
}
