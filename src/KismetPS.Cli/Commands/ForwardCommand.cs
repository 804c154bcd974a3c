using System.CommandLine;
using System.Globalization;
using System.Net;
using KismetPS.Capture;
using KismetPS.Capture.Pcap;
using KismetPS.Capture.Tzsp;
using KismetPS.Kismet;
using KismetPS.Kismet.Connections;
using KismetPS.Kismet.RemoteCapture;
using KismetPS.Tracking;

namespace KismetPS.Cli.Commands;

/// <summary>Sends frames, of files or of a TZSP listener, to a Kismet server as one of its capture sources.</summary>
internal sealed class ForwardCommand : CliCommand
{
    private static readonly RemoteCaptureOptions s_defaults = new();
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    private readonly Argument<string[]> _files = new("files") { Description = "Captures whose frames are sent, one after the other. Without files --listen says where frames come from.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<int?> _listen = new("--listen") { Description = "Listen for TZSP on this UDP port (37008) and send what is heard; 0 takes any free one.", HelpName = "PORT" };
    private readonly Option<IPAddress?> _address = new("--address") { Description = "Local address to listen on; default: all.", CustomParser = Parsers.Address, HelpName = "ADDRESS" };
    private readonly Option<string> _to = new("--computer-name", "--to") { Description = "Kismet server, of 2025 or later: host, host:port, or https://host/path for a WebSocket behind a proxy.", Required = true, HelpName = "ADDRESS" };
    private readonly Option<int?> _port = new("--port") { Description = "Its TCP port; default 3501, of WebSockets 2501.", HelpName = "N" };
    private readonly Option<KismetCaptureProtocol> _protocol = new("--protocol") { Description = "Tcp: the port for remote captures, which knows no keys. WebSocket: the HTTP port, with a key." };
    private readonly ServerAccess _access = new();
    private readonly Option<string?> _name = new("--source-name") { Description = "Name of the source at the server; default: this machine's and the session's.", HelpName = "NAME" };
    private readonly Option<string> _type = new("--source-type") { Description = "Type of the source, one the server has a driver for.", DefaultValueFactory = static _ => s_defaults.SourceType, HelpName = "TYPE" };
    private readonly Option<bool> _once = new("--no-reconnect") { Description = "End with the connection instead of connecting again." };
    private readonly Option<TimeSpan?> _timeout = CommonOptions.ConnectTimeout();
    private readonly Option<TimeSpan?> _duration = CommonOptions.Duration("--duration", "End after this time.");
    private readonly Option<double> _speed = new("--speed") { Description = "Files: 1, in the time of the recording; 2: twice as fast; 0: as fast as it goes, which a server may be too slow for.", DefaultValueFactory = static _ => 1, HelpName = "N" };

    public ForwardCommand()
        : base("forward", "Send the frames of files, or of a TZSP listener, to a Kismet server as one of its capture sources. " + ExitCode.Help)
    {
        Add(_files);
        foreach (Option option in (Option[])[_to, _port, _protocol, .. _access.Options, _name, _type, _once, _timeout, _listen, _address, _duration, _speed])
        {
            Add(option);
        }

        Check(result =>
        {
            if (result.GetValue(_files) is { Length: > 0 } == result.GetValue(_listen) is not null)
            {
                result.AddError("Name files, or --listen, and not both.");
            }

            if (result.GetValue(_listen) is < 0 or > 65535)
            {
                result.AddError("--listen goes from 0 to 65535.");
            }

            if (result.GetValue(_port) is < 1 or > 65535)
            {
                result.AddError("--port goes from 1 to 65535.");
            }

            if (result.GetValue(_speed) is not >= 0)
            {
                result.AddError("--speed is 0 or more.");
            }

            _access.Check(result);
            bool isUri = result.GetValue(_to)?.Contains("://", StringComparison.Ordinal) == true;
            if (isUri && (result.GetValue(_port) is not null || result.GetResult(_protocol) is { Implicit: false }))
            {
                result.AddError("An address with :// stands for --port and --protocol.");
            }

            if (!isUri && RemoteCaptureChecks.LoginRefusal(result.GetValue(_protocol), _access.HasLogin(result)) is { } refusal)
            {
                result.AddError($"{refusal.Message} {refusal.Advice}");
            }
        });
    }

    protected override int Run(ParseResult parse, CliContext context)
    {
        KismetCaptureProtocol protocol = parse.GetValue(_protocol);
        RemoteCaptureOptions options = new()
        {
            Server = _access.Apply(
                new KismetConnectionOptions
                {
                    Port = parse.GetValue(_port) ?? RemoteCaptureOptions.DefaultPort(protocol),
                    ConnectTimeout = parse.GetValue(_timeout) ?? s_defaults.Server.ConnectTimeout,
                    Reconnect = !parse.GetValue(_once),
                },
                parse,
                parse.GetValue(_to)!),
            Protocol = protocol,
            SourceName = parse.GetValue(_name),
            SourceType = parse.GetValue(_type)!,
        };
        if (RemoteCaptureChecks.Warning(options) is { } warning)
        {
            context.Log(warning);
        }

        if (parse.GetValue(_listen) is int port)
        {
            using TzspListener listener = TzspListener.Start(new TzspListenerOptions { Port = port, Address = parse.GetValue(_address) }, new TrackerOptions());
            using KismetCaptureExport export = KismetCaptureExport.Start([listener], options, cancel: context.Stop);
            context.Log($"listening on {listener.EndPoint}, sending to {export.EndPoint} as {export.SourceName}; Ctrl+C ends");
            return Follow(context, listener, export, parse.GetValue(_duration));
        }

        int code = ExitCode.Done;
        foreach (string path in FileArguments.Expand(parse.GetValue(_files)!))
        {
            // Connected before the first frame is read: a file waits for a slow reader, and begins with one.
            KismetCaptureExport? export = null;
            using KismetImport import = KismetImport.Start(
                path,
                new CaptureFileOptions { Speed = parse.GetValue(_speed) },
                attach: session => export = KismetCaptureExport.Start([session], options with { SourceName = options.SourceName ?? $"{Environment.MachineName}-{Path.GetFileName(path)}" }, cancel: context.Stop));
            using (export)
            {
                context.Log($"sending {path} to {export!.EndPoint} as {export.SourceName}");
                code = Math.Max(code, Follow(context, import, export, parse.GetValue(_duration)));
                if (import.Error is { } error)
                {
                    throw error;
                }

                if (import.Damage is { } damage)
                {
                    context.Log($"{damage.Message} [{damage.Id}]");
                    code = ExitCode.Partial;
                }
            }

            context.Stop.ThrowIfCancellationRequested();
        }

        return code;
    }

    private static int Follow(CliContext context, CaptureSession session, KismetCaptureExport export, TimeSpan? duration)
    {
        var bounds = new Bounds(session, context.Stop, duration, null);
        while (!bounds.Reached && !export.Completion.IsCompleted)
        {
            Tell(context, export);
            context.Stop.WaitHandle.WaitOne(s_look);
        }

        // What is queued is still sent, unless the server takes none.
        session.StopAsync().Wait();
        long end = Environment.TickCount64 + (long)s_farewell.TotalMilliseconds;
        while (!export.Completion.Wait(s_look))
        {
            if (context.Stop.IsCancellationRequested && Environment.TickCount64 > end)
            {
                export.StopAsync();
            }

            Tell(context, export);
        }

        Tell(context, export);
        KismetCaptureExportStatistic s = export.CaptureStatistics;
        context.Log(string.Create(CultureInfo.InvariantCulture, $"{s}, {s.Skipped} no 802.11 frames, {s.Bytes} bytes, {s.Reconnects} reconnects"));
        return export.Error is null ? ExitCode.Done : throw export.Error;
    }
}
