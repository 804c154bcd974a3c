using System.Net;
using System.Security.Cryptography.X509Certificates;
using KismetPS.Capture;
using KismetPS.Capture.Drone;
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

    /// <summary>TCP port on which the frames are served too, as a drone does, to the same hosts from the same address; 0 takes any free one, null: they are not.</summary>
    public int? DronePort { get; init; }

    /// <summary>Protocol of that port. A drone speaks first, so it cannot follow the server's.</summary>
    public DroneProtocol DroneProtocol { get; init; } = DroneProtocol.Newcore;

    /// <summary>Whether clients are let in from this machine only, though others could reach the address.</summary>
    public bool IsClosedToOthers => Allowed.IsEmpty && Address is not null && !IPAddress.IsLoopback(Address);

    /// <summary>The drone's; null: none.</summary>
    public DroneServerOptions? Drone => DronePort is not int port ? null : new DroneServerOptions
    {
        Port = port,
        Address = Address ?? IPAddress.Loopback,
        Protocol = DroneProtocol,
        Allowed = Allowed,
        MaxClients = MaxClients,
        Name = ServerName ?? Environment.MachineName,
    };

    /// <summary>Throws ArgumentInvalid.</summary>
    public void Check()
    {
        if (Certificate is { HasPrivateKey: false })
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, "The certificate has no private key.", "Give one with its key, such as from a .pfx file.");
        }

        if (DronePort is not null && DroneProtocol == DroneProtocol.Unknown)
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, "A drone speaks first, so its protocol must be known.", "Give Newcore for Kismet servers of 2009 to 2016, Stable for those before.");
        }
    }
}
