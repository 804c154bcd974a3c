using System.Net;
using KismetPS.Capture;
using KismetPS.Capture.Drone;

namespace KismetPS.Kismet.Drones;

/// <summary>How frames are served to Kismet servers.</summary>
internal sealed record DroneServerOptions
{
    /// <summary>TCP port; 0 takes any free one.</summary>
    public int Port { get; init; } = DroneConnectionOptions.NewcorePort;

    /// <summary>Local address.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Protocol. The drone speaks first, so it cannot follow the server's.</summary>
    public DroneProtocol Protocol { get; init; } = DroneProtocol.Newcore;

    /// <summary>Who may connect; empty: this machine by its loopback addresses only.</summary>
    public AllowList Allowed { get; init; } = new([]);

    /// <summary>Most servers at once.</summary>
    public int MaxClients { get; init; } = 10;

    /// <summary>Name the drone gives itself.</summary>
    public string Name { get; init; } = Environment.MachineName;

    /// <summary>Numbers of those who connect.</summary>
    public ClientNumbers Numbers { get; init; } = new();

    /// <summary>Bytes that wait for one server; what does not fit is dropped and counted. A real drone has 64 KiB.</summary>
    public int RingBytes { get; init; } = 1024 * 1024;

    /// <summary>How often a newcore server is told that the drone lives.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Time without a frame after which a newcore server gets an empty one: it takes a drone for dead 20 seconds after the last, whatever else
    /// came (packetsource_drone.cc of 2016-07, time_handler).
    /// </summary>
    public TimeSpan EmptyFrame { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time after which a server that takes nothing at all is given up.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
