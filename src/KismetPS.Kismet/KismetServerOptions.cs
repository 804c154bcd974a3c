using System.Net;
using System.Security.Cryptography.X509Certificates;
using KismetPS.Capture;
using KismetPS.Kismet.Drones;
using KismetPS.Kismet.Text;

namespace KismetPS.Kismet;

/// <summary>How a Kismet server is to run.</summary>
internal sealed record KismetServerOptions
{
    /// <summary>Port Kismet's clients expect.</summary>
    public const int DefaultPort = 2501;

    /// <summary>TCP port; 0 takes any free one.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Local address; null: this machine only, by 127.0.0.1 and ::1.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Who may connect; empty: this machine by its loopback addresses only.</summary>
    public AllowList Allowed { get; init; } = new([]);

    /// <summary>Most clients at once.</summary>
    public int MaxClients { get; init; } = 32;

    /// <summary>Name told in the greeting; null: the machine's.</summary>
    public string? ServerName { get; init; }

    /// <summary>Dialect of all clients; Unknown: each its own.</summary>
    public TextEra Era { get; init; }

    /// <summary>Certificate with its key; null: no TLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Whether clients may do more than look.</summary>
    public bool AllowControl { get; init; }

    /// <summary>Bytes that may wait for one client.</summary>
    public int QueueBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Time after which a client that takes nothing at all is given up, and within which TLS must be agreed on.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Serves the frames too, as a drone; null: no.</summary>
    public DroneServerOptions? Drone { get; init; }
}
