using System.Net;

namespace KismetPS.Capture.Tzsp;

/// <summary>How a TZSP listener is set up.</summary>
internal sealed record TzspListenerOptions
{
    /// <summary>UDP port, 0 for any free one.</summary>
    public int Port { get; init; } = 37008;

    /// <summary>Local address; null: any, IPv4 and IPv6.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Senders accepted; empty: all.</summary>
    public IReadOnlyList<IPNetwork> Sensors { get; init; } = [];

    /// <summary>Receive buffer asked for, bytes.</summary>
    public int ReceiveBuffer { get; init; } = 8 * 1024 * 1024;

    /// <summary>Interval of keepalives to each sensor from the listening socket; zero: none.</summary>
    public TimeSpan KeepAlive { get; init; }

    /// <summary>Most sensors kept; further senders are counted as <see cref="SourceDropReason.SensorLimit"/>.</summary>
    public int MaxSensors { get; init; } = 4096;
}
