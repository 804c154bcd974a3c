using KismetPS.Tracking;

namespace KismetPS.PowerShell.Streaming;

/// <summary>Networks of a session as they change.</summary>
internal sealed class NetworkStream(DeviceSession session, TimeSpan interval, DeviceFilter? filter = null, bool existing = true) : PolledStream(session.Completion, interval)
{
    private readonly NetworkChangeReader _reader = session.OpenNetworkChanges(filter, existing);
    private readonly List<KismetNetwork> _networks = [];

    public override void Dispose()
    {
    }

    protected override bool Poll(List<object> into)
    {
        _networks.Clear();
        _reader.Read(_networks);
        into.AddRange(_networks);
        return true;
    }
}
