using System.Net;
using System.Net.Sockets;

namespace KismetPS.Capture.Tzsp;

/// <summary>
/// Tells sensors that somebody listens: late Network Chemistry firmware stops streaming without a keepalive every 32 s. It comes from the
/// listening socket and goes to port 37008 of each address heard, and of each single address of the allow-list, heard or not: a sensor that
/// stopped must be waked. Four bytes, so that a forged source gains nothing by it.
/// </summary>
internal sealed class KeepAlive
{
    private static readonly byte[] Message = [1, (byte)TzspType.Keepalive, 0, 0];

    private readonly Socket _socket;
    private readonly TzspIntake _intake;
    private readonly long _intervalMs;
    private readonly Dictionary<SensorAddress, SocketAddress> _targets = [];
    private long _due;

    public KeepAlive(Socket socket, TzspListenerOptions options, TzspIntake intake)
    {
        _socket = socket;
        _intake = intake;
        _intervalMs = Math.Max(1, (long)options.KeepAlive.TotalMilliseconds);
        foreach (SensorAddress host in new AllowList(options.Sensors).Hosts)
        {
            Add(host);
        }
    }

    /// <summary>Sends to every sensor if the interval is over. What cannot be sent is let go: the next comes.</summary>
    public void SendIfDue()
    {
        long now = Environment.TickCount64;
        if (now < _due)
        {
            return;
        }

        _due = now + _intervalMs;
        foreach (SensorHost host in _intake.Hosts)
        {
            if (!_targets.ContainsKey(host.Address))
            {
                Add(host.Address);
            }
        }

        foreach (SocketAddress target in _targets.Values)
        {
            try
            {
                _socket.SendTo(Message, SocketFlags.None, target);
            }
            catch (SocketException)
            {
                // No route, no buffer: nothing that receiving depends on.
            }
        }
    }

    private void Add(SensorAddress address)
    {
        IPAddress ip = address.ToIPAddress();
        if (_socket.AddressFamily == AddressFamily.InterNetworkV6 && ip.AddressFamily == AddressFamily.InterNetwork)
        {
            ip = ip.MapToIPv6();
        }

        if (ip.AddressFamily == _socket.AddressFamily)
        {
            _targets[address] = new IPEndPoint(ip, TzspReader.DefaultPort).Serialize();
        }
    }
}
