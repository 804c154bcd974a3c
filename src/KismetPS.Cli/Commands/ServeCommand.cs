using System.CommandLine;
using System.Globalization;
using System.Net;
using KismetPS.Capture;
using KismetPS.Capture.Drone;
using KismetPS.Capture.Live;
using KismetPS.Capture.Pcap;
using KismetPS.Capture.Tzsp;
using KismetPS.Kismet;
using KismetPS.Kismet.Text;
using KismetPS.Tracking;

namespace KismetPS.Cli.Commands;

/// <summary>Serves what files, a TZSP listener and interfaces hear to Kismet's clients, and the frames to Kismet servers.</summary>
internal sealed class ServeCommand : CliCommand
{
    private static readonly KismetServerOptions s_defaults = new();
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    private readonly Argument<string[]> _files = new("files") { Description = "Captures whose devices are served, read at once.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<int?> _listen = new("--listen") { Description = "Listen for TZSP on this UDP port; 0 takes any free one. Default where nothing else is named: 37008.", HelpName = "PORT" };
    private readonly Option<IPAddress?> _listenAddress = new("--listen-address") { Description = "Local address to listen for TZSP on; default: all.", CustomParser = Parsers.Address, HelpName = "ADDRESS" };
    private readonly Option<IPNetwork[]?> _sensor = new("--sensor") { Description = "Sensors to accept, by address or network (192.0.2.0/24); others are counted and dropped.", CustomParser = Parsers.Networks, AllowMultipleArgumentsPerToken = true, HelpName = "ADDRESS" };
    private readonly Option<string[]> _interface = new("--interface") { Description = "Interface in monitor mode to capture from, as 'kismetps interfaces' names it; may be given again.", HelpName = "NAME" };
    private readonly Option<int> _port = CommonOptions.Number("--port", "TCP port for Kismet's clients; 0 takes any free one.", KismetServerOptions.DefaultPort, 0, 65535);
    private readonly Option<IPAddress?> _address = new("--address") { Description = "Local address to serve on; default: this machine only, 127.0.0.1 and ::1.", CustomParser = Parsers.Address, HelpName = "ADDRESS" };
    private readonly Option<IPNetwork[]?> _allow = new("--allow") { Description = "Who may connect, by address or network; default: this machine only.", CustomParser = Parsers.Networks, AllowMultipleArgumentsPerToken = true, HelpName = "ADDRESS" };
    private readonly Option<int> _maxClient = CommonOptions.Number("--max-client", "Most clients at once.", s_defaults.MaxClients, 1, 10_000);
    private readonly Option<string?> _name = new("--server-name") { Description = "Name told to clients; default: the machine's.", HelpName = "NAME" };
    private readonly Option<string?> _certificate = new("--certificate") { Description = "Certificate with its key: clients must speak TLS. A .pfx file, or PEM.", HelpName = "FILE" };
    private readonly Option<string?> _key = new("--key") { Description = "PEM file with the key, where it is not in the certificate's.", HelpName = "FILE" };
    private readonly Option<string?> _password = new("--password-file") { Description = "File whose first line is the password of the .pfx file or the key.", HelpName = "FILE" };
    private readonly Option<bool> _control = new("--allow-control") { Description = "Let clients shut the server down, lock channels and remove or steer sources; without it they can only look." };
    private readonly Option<int?> _dronePort = new("--drone-port") { Description = "Serve the frames too, as a Kismet drone does, on this TCP port; 0 takes any free one.", HelpName = "PORT" };
    private readonly Option<DroneProtocol?> _droneProtocol = new("--drone-protocol") { Description = "Newcore, the default, for Kismet servers of 2009 to 2016; Stable for those before." };
    private readonly Option<TimeSpan?> _duration = CommonOptions.Duration("--duration", "End after this time (30, 90s, 5m, 00:01:30).");
    private readonly Option<int> _maxDevices = CommonOptions.Number("--max-device", "Most devices kept of each source.", new TrackerOptions().MaxDevices, 1, 10_000_000);
    private readonly Option<TimeSpan?> _timeout = CommonOptions.Duration("--device-timeout", "Forget a device after this time without a frame.");

    public ServeCommand()
        : base("serve", "Serve what is heard to Kismet's clients of 2004 to 2016. Ctrl+C and SIGTERM say good-bye to them and end it with a summary. " + ExitCode.Help)
    {
        Add(_files);
        foreach (Option option in new Option[]
        {
            _listen, _listenAddress, _sensor, _interface, _port, _address, _allow, _maxClient, _name, _certificate, _key, _password, _control, _dronePort, _droneProtocol,
            _duration, _maxDevices, _timeout,
        })
        {
            Add(option);
        }

        Check(result =>
        {
            foreach (Option<int?> option in new[] { _listen, _dronePort })
            {
                if (result.GetValue(option) is < 0 or > 65535)
                {
                    result.AddError($"{option.Name} goes from 0 to 65535.");
                }
            }

            if (result.GetValue(_dronePort) is null ? result.GetValue(_droneProtocol) is not null : result.GetValue(_droneProtocol) == DroneProtocol.Unknown)
            {
                result.AddError("--drone-protocol is Newcore or Stable, and goes with --drone-port.");
            }

            if (result.GetValue(_certificate) is null && (result.GetValue(_key) ?? result.GetValue(_password)) is not null)
            {
                result.AddError("--key and --password-file go with --certificate.");
            }
        });
    }

    protected override int Run(ParseResult parse, CliContext context)
    {
        using var certificate = parse.GetValue(_certificate) is string file ? ServerCertificate.Load(file, parse.GetValue(_key), parse.GetValue(_password)) : null;
        var sources = new List<CaptureSession>();
        try
        {
            Open(parse, context, sources);
            KismetServerOptions options = new()
            {
                Port = parse.GetValue(_port),
                Address = parse.GetValue(_address),
                Allowed = new AllowList(parse.GetValue(_allow) ?? []),
                MaxClients = parse.GetValue(_maxClient),
                ServerName = parse.GetValue(_name),
                Certificate = certificate,
                AllowControl = parse.GetValue(_control),
                DronePort = parse.GetValue(_dronePort),
                DroneProtocol = parse.GetValue(_droneProtocol) ?? DroneProtocol.Newcore,
            };
            using KismetServer server = KismetServer.Start(sources, options);
            context.Log($"serving Kismet's clients on {server.EndPoint}{(certificate is null ? string.Empty : " (TLS)")}; Ctrl+C ends");
            if (server.DronePort is int port)
            {
                context.Log($"serving frames on {new IPEndPoint(options.Address ?? IPAddress.Loopback, port)} as a {options.DroneProtocol} drone");
            }

            Watch(context, server, sources, parse.GetValue(_duration));
            return End(context, server, sources);
        }
        finally
        {
            sources.ForEach(static s => s.Dispose());
        }
    }

    private static void Watch(CliContext context, KismetServer server, List<CaptureSession> sources, TimeSpan? duration)
    {
        var clients = new ClientLog(context);
        long begin = Environment.TickCount64;
        while (!server.Completion.IsCompleted
            && !context.Stop.IsCancellationRequested
            && (duration is null || Environment.TickCount64 - begin < duration.Value.TotalMilliseconds)
            && !sources.Exists(static s => s.State == KismetSessionState.Faulted))
        {
            clients.Tell(server.Clients);
            Tell(context, server);
            context.Stop.WaitHandle.WaitOne(s_look);
        }

        clients.Tell(server.Clients);
        server.StopAsync().Wait();
        Tell(context, server);
    }

    private static int End(CliContext context, KismetServer server, List<CaptureSession> sources)
    {
        KismetStatistic statistic = server.Statistics;
        context.Log(string.Create(
            CultureInfo.InvariantCulture, $"{statistic.Networks} networks and {statistic.Devices - statistic.Networks} other devices were served, {server.Refused} connections refused"));
        sources.ForEach(static s => s.StopAsync().Wait());
        KismetException? error = server.Error ?? sources.Select(static s => s.Error).FirstOrDefault(static e => e is not null);
        return error is null ? ExitCode.Done : throw error;
    }

    private static void Tell(CliContext context, KismetServer server)
    {
        while (server.TryTakeWarning(out string? warning))
        {
            context.Log(warning!);
        }
    }

    private void Open(ParseResult parse, CliContext context, List<CaptureSession> sources)
    {
        var tracker = new TrackerOptions { MaxDevices = parse.GetValue(_maxDevices), DeviceTimeout = parse.GetValue(_timeout) ?? TimeSpan.Zero };
        IReadOnlyList<string> files = FileArguments.Expand(parse.GetValue(_files)!);
        string[] interfaces = parse.GetValue(_interface) ?? [];
        if ((parse.GetValue(_listen) ?? (files.Count + interfaces.Length == 0 ? TzspReader.DefaultPort : null)) is int port)
        {
            TzspListener listener = TzspListener.Start(new TzspListenerOptions { Port = port, Address = parse.GetValue(_listenAddress), Sensors = parse.GetValue(_sensor) ?? [] }, tracker);
            sources.Add(listener);
            context.Log($"listening on {listener.EndPoint}");
        }

        foreach (string name in interfaces)
        {
            sources.Add(KismetCapture.Start(new LiveCaptureOptions { Interface = name }, tracker));
            context.Log($"capturing from {name}");
        }

        foreach (string file in files)
        {
            KismetImport import = KismetImport.Start(file, new CaptureFileOptions(), tracker);
            sources.Add(import);
            import.Completion.Wait(context.Stop);
            context.Log(string.Create(CultureInfo.InvariantCulture, $"{file}: {import.Statistics.Devices} devices{(import.Damage is { } damage ? $"; {damage.Message}" : string.Empty)}"));
        }
    }
}
