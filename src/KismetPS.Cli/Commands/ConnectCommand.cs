using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using KismetPS.Capture.Drone;
using KismetPS.Cli.Emissions;
using KismetPS.Kismet;
using KismetPS.Kismet.Connections;
using KismetPS.Tracking;

namespace KismetPS.Cli.Commands;

/// <summary>Connects to a Kismet server or drone and tells what it hears.</summary>
internal sealed class ConnectCommand : StreamCommand
{
    private static readonly KismetConnectionOptions s_defaults = new();
    private static readonly DroneConnectionOptions s_drone = new();

    private readonly Argument<string> _host = new("host") { Description = "Name or address of the server.", DefaultValueFactory = static _ => s_defaults.ComputerName };
    private readonly Option<int?> _port = new("--port") { Description = "TCP port; default 2501, of drones 2502 and 3501.", HelpName = "N" };
    private readonly Option<bool> _isDrone = new("--drone") { Description = "It is a drone: take its frames." };
    private readonly Option<KismetServerProtocol> _protocol = new("--protocol") { Description = "What to speak: Text (2004 to 2016), Rest (HTTP, since 2016), or Auto, which finds out.", DefaultValueFactory = static _ => KismetServerProtocol.Auto };
    private readonly Option<string?> _uri = new("--uri") { Description = "Base address of an HTTP server, such as https://site/kismet behind a proxy; stands for host, port and TLS.", HelpName = "ADDRESS" };
    private readonly ServerAccess _access = new();
    private readonly Option<bool> _once = new("--no-reconnect") { Description = "End with the connection instead of connecting again." };
    private readonly Option<TimeSpan?> _timeout = CommonOptions.ConnectTimeout();
    private readonly Option<string?> _capture = CommonOptions.Capture();

    public ConnectCommand()
        : base(
            "connect",
            "Connect to a Kismet server, or to a drone with --drone, and tell which devices it hears. Ctrl+C and SIGTERM end it with a summary. " + ExitCode.Help,
            "Device or Network (when they change), Alert, Sentence (what a text server says), or Frame (of a drone)",
            " An HTTP server is asked as often.")
    {
        Add(_host);
        foreach (Option option in (Option[])[_port, _uri, _isDrone, _protocol, .. _access.Options, _once, _timeout, _capture])
        {
            Add(option);
        }

        AddStreamOptions();
        Check(result =>
        {
            if (result.GetValue(_port) is < 1 or > 65535)
            {
                result.AddError("--port goes from 1 to 65535.");
            }

            _access.Check(result);
            if (result.GetValue(_uri) is not null && (result.GetResult(_host) is { Implicit: false } || result.GetValue(_port) is not null))
            {
                result.AddError("--uri stands for host and port.");
            }

            bool drone = result.GetValue(_isDrone);
            if (drone && (_access.IsGiven(result) || result.GetValue(_uri) is not null || result.GetResult(_protocol) is { Implicit: false }))
            {
                result.AddError("--protocol, --uri, --api-key, --credential, --tls and --skip-certificate-check are for servers: drones speak one of two protocols, told by its first bytes, and no TLS.");
            }

            if (!drone && result.GetValue(_capture) is not null)
            {
                result.AddError("--capture writes frames, and a server tells of devices; it is for --drone.");
            }
        });
    }

    protected override DeviceSession Start(ParseResult parse, CliContext context, Action<DeviceSession> attach)
    {
        int? port = parse.GetValue(_port);
        if (parse.GetValue(_isDrone))
        {
            HostPort drone = ServerAccess.HostOf(parse.GetValue(_host)!);
            return KismetDrone.Start(
                new DroneConnectionOptions
                {
                    ComputerName = drone.Host,
                    Ports = (port ?? drone.Port) is int one ? [one] : s_drone.Ports,
                    ConnectTimeout = parse.GetValue(_timeout) ?? s_drone.ConnectTimeout,
                    Reconnect = !parse.GetValue(_once),
                    Cancel = context.Stop,
                },
                Tracker(parse),
                null,
                parse.GetValue(_capture),
                attach);
        }

        return KismetConnection.Start(Connection(parse, port), ServerLinks.Create, null, attach, context.Stop);
    }

    protected override string Begun(DeviceSession session) => session switch
    {
        KismetConnection { Server: var server } => string.Create(
            CultureInfo.InvariantCulture,
            $"connected to {server.EndPoint}{(server.ServerName is { Length: > 0 } name ? $", {name}" : string.Empty)}, Kismet {server.Version ?? server.Era ?? "server"}"),
        KismetDrone drone => $"connected to the drone at {drone.EndPoint}, protocol {drone.Protocol}",
        _ => $"connected to {session.EndPoint}",
    };

    protected override string? Refusal(CommandResult result, EmitKind kind) => (kind, result.GetValue(_isDrone)) switch
    {
        (EmitKind.Packet, _) => "TZSP messages come from 'kismetps listen'.",
        (EmitKind.Frame, false) => "A server tells of devices and sends no frames; --drone takes those of a drone.",
        (EmitKind.Sentence, true) => "A drone sends frames and says no sentences.",
        (EmitKind.Sentence, false) when result.GetValue(_protocol) == KismetServerProtocol.Rest => "Servers that speak HTTP say no sentences.",
        _ => null,
    };

    private KismetConnectionOptions Connection(ParseResult parse, int? port)
    {
        bool sentences = Emit(parse) == EmitKind.Sentence;
        TrackerOptions tracker = Tracker(parse);
        KismetConnectionOptions options = new()
        {
            Port = port ?? KismetConnectionOptions.DefaultPort,
            Protocol = sentences ? KismetServerProtocol.Text : parse.GetValue(_protocol),
            EverySentence = sentences,
            Reconnect = !parse.GetValue(_once),
            ConnectTimeout = parse.GetValue(_timeout) ?? s_defaults.ConnectTimeout,
            UpdateInterval = UpdateInterval(parse) ?? s_defaults.UpdateInterval,
            MaxDevices = tracker.MaxDevices,
            DeviceTimeout = tracker.DeviceTimeout,
        };
        return _access.Apply(options, parse, parse.GetValue(_uri) ?? parse.GetValue(_host)!);
    }
}
