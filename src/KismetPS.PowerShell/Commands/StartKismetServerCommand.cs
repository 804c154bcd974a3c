using System.Management.Automation;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using KismetPS.Capture;
using KismetPS.Capture.Drone;
using KismetPS.Kismet;
using KismetPS.PowerShell.Input;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Commands;

/// <summary>Start-KismetServer: serves the devices of sessions to Kismet's clients.</summary>
[Cmdlet(VerbsLifecycle.Start, "KismetServer", SupportsShouldProcess = true)]
[OutputType(typeof(KismetServer))]
public sealed class StartKismetServerCommand : KismetCmdlet
{
    private static readonly KismetServerOptions s_defaults = new();

    private readonly List<DeviceSession> _sessions = [];
    private bool _given;

    /// <summary>Sessions whose devices are served, as one; without it all that know devices.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public KismetSession[]? InputObject { get; set; }

    /// <summary>TCP port; 0 takes any free one.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(0, 65535)]
    public int Port { get; set; } = KismetServerOptions.DefaultPort;

    /// <summary>Local address; without it this machine only, by 127.0.0.1 and ::1.</summary>
    [Parameter]
    [Alias("LocalAddress")]
    public IPAddress? Address { get; set; }

    /// <summary>Accepts only these clients: addresses and networks such as 10.0.0.0/24; without it this machine only.</summary>
    [Parameter]
    [SensorNetwork]
    [ValidateNotNullOrEmpty]
    public IPNetwork[]? AllowedHost { get; set; }

    /// <summary>Most clients at once.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int MaxClient { get; set; } = s_defaults.MaxClients;

    /// <summary>Name told to clients; without it the machine's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ServerName { get; set; }

    /// <summary>Protocol served: Auto and Text are the text protocol of 2004 to 2016, each client in its own dialect; Rest is not served.</summary>
    [Parameter]
    public KismetServerProtocol Protocol { get; set; }

    /// <summary>Certificate with its private key: clients must speak TLS.</summary>
    [Parameter]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>TCP port on which frames are served to Kismet servers as a drone does; 0 takes any free one. Without it frames are not served.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int? DronePort { get; set; }

    /// <summary>Protocol of the drone port: Newcore for servers of 2009 to 2016, Stable for those before.</summary>
    [Parameter]
    public DroneProtocol DroneProtocol { get; set; } = DroneProtocol.Newcore;

    /// <summary>Lets clients shut the server down, lock channels and remove or steer sources; without it they can only look.</summary>
    [Parameter]
    public SwitchParameter AllowControl { get; set; }

    /// <summary>Name of the session; made from kind and number where not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    private protected override void Process()
    {
        _given |= InputObject is not null;
        foreach (KismetSession session in InputObject ?? [])
        {
            if (session is DeviceSession source)
            {
                _sessions.Add(source);
            }
            else
            {
                Report(new KismetException(KismetErrorId.SessionNotFound, $"'{session.Name}' is a {session.Kind}, which knows no devices to serve.", "Give a capture, an import or a connection."), session);
            }
        }
    }

    private protected override void End()
    {
        DeviceSession[] served = _given ? [.. _sessions.Distinct()] : [.. Sessions.ToList().OfType<DeviceSession>()];
        if (served.Length == 0)
        {
            if (!_given)
            {
                throw new KismetException(KismetErrorId.SessionNotFound, "There is no session whose devices could be served.", "Start-TzspListener or Start-KismetCapture starts one; Import-KismetCapture reads files.");
            }

            return;
        }

        if (Protocol == KismetServerProtocol.Rest)
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, "HTTP, as Kismet speaks since 2018, is not served.", "Leave -Protocol out, or give Text.");
        }

        if (DronePort is null && MyInvocation.BoundParameters.ContainsKey(nameof(DroneProtocol)))
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, "-DroneProtocol is nothing without -DronePort.", "Add -DronePort, 2502 for one.");
        }

        KismetServerOptions options = new()
        {
            Port = Port,
            Address = Address,
            Allowed = new AllowList(AllowedHost ?? []),
            MaxClients = MaxClient,
            ServerName = ServerName,
            Certificate = Certificate,
            AllowControl = AllowControl,
            DronePort = DronePort,
            DroneProtocol = DroneProtocol,
        };
        options.Check();
        IPAddress local = Address ?? IPAddress.Loopback;
        string endpoint = $"TCP {new IPEndPoint(local, Port)}{(DronePort is int drone ? $", as a drone TCP {new IPEndPoint(local, drone)}" : string.Empty)}";
        Target = endpoint;
        if (!ShouldProcess(endpoint, "Serve Kismet clients"))
        {
            return;
        }

        Sessions.CheckName(Name);
        KismetServer server = KismetServer.Start(served, options, Name);
        Sessions.Add(server);
        WriteObject(server);
        TellWarnings();
    }
}
