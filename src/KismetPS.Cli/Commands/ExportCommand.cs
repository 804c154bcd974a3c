using System.CommandLine;
using System.Globalization;
using System.Net;
using KismetPS.Capture;
using KismetPS.Capture.Pcap;
using KismetPS.Capture.Tzsp;
using KismetPS.Export;
using KismetPS.Export.Formats;
using KismetPS.Export.Messages;
using KismetPS.Kismet;
using KismetPS.Kismet.Connections;
using KismetPS.Tracking;

namespace KismetPS.Cli.Commands;

/// <summary>Sends devices on: those of files once, those of a TZSP listener or of a Kismet server until it is ended.</summary>
internal sealed class ExportCommand : CliCommand
{
    private static readonly ExportOptions s_defaults = new() { Host = string.Empty };
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    private readonly Argument<string[]> _files = new("files") { Description = "Captures, or devices exported before (.csv, .json, .jsonl). Without files --listen or --from says where devices come from.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<int?> _listen = new("--listen") { Description = "Listen for TZSP on this UDP port (37008) and send what changes; 0 takes any free one.", HelpName = "PORT" };
    private readonly Option<string?> _from = new("--from") { Description = "Connect to this Kismet server and send what changes: host, host:port or http://host:2501.", HelpName = "ADDRESS" };
    private readonly ServerAccess _access = new("--skip-server-certificate-check");
    private readonly Option<IPAddress?> _address = new("--address") { Description = "Local address to listen on; default: all.", CustomParser = Parsers.Address, HelpName = "ADDRESS" };
    private readonly Option<HostPort> _to = new("--computer-name", "--to") { Description = "Host to send to: host or host:port.", Required = true, CustomParser = HostPort.Parse, HelpName = "HOST" };
    private readonly Option<int> _port = CommonOptions.Number("--port", "Its port.", ExportOptions.DefaultPort, 1, 65535);
    private readonly Option<KismetExportProtocol> _protocol = new("--protocol") { Description = "Transport.", DefaultValueFactory = static _ => s_defaults.Protocol };
    private readonly Option<DeviceDataFormat> _format = new("--data-format") { Description = "Format of a message.", DefaultValueFactory = static _ => s_defaults.Format };
    private readonly Option<TimeSpan?> _rate = CommonOptions.Duration("--update-rate", "Time between two looks at the devices; default 5 s.");
    private readonly Option<bool> _all = new("--all") { Description = "Send all devices at each look, not only those that changed." };
    private readonly Option<bool> _alert = new("--alert") { Description = "Send alerts too." };
    private readonly Option<string[]?> _field = new("--field") { Description = "Fields of a message, in this order.", AllowMultipleArgumentsPerToken = true, HelpName = "NAME" };
    private readonly Option<int> _batch = CommonOptions.Number("--batch-size", "Most messages per write or datagram.", 0, 1, 10_000);
    private readonly Option<bool> _compress = new("--compress") { Description = "Compress with gzip." };
    private readonly Option<string?> _token = new("--token-file") { Description = "File whose first line is said to the receiver first on each connection.", HelpName = "FILE" };
    private readonly Option<string?> _certificate = new("--certificate") { Description = "Certificate with its key, .pfx or PEM, shown to a TLS receiver that asks for one.", HelpName = "FILE" };
    private readonly Option<string?> _password = new("--password-file") { Description = "File whose first line is the password of the certificate.", HelpName = "FILE" };
    private readonly Option<bool> _skip = new("--skip-certificate-check") { Description = "Take any certificate of the receiver." };
    private readonly Option<string?> _spool = new("--spool-path") { Description = "Folder where messages are kept until they are received.", HelpName = "FOLDER" };
    private readonly Option<int> _spoolLimit = CommonOptions.Number("--spool-limit", "Most MiB in that folder; default 1024.", (int)(s_defaults.SpoolLimit >> 20), 1, int.MaxValue);
    private readonly Option<TimeSpan?> _timeout = CommonOptions.Duration("--timeout", "How long the end waits for what is still to be sent; default 10 s.");
    private readonly Option<TimeSpan?> _duration = CommonOptions.Duration("--duration", "End after this time.");

    public ExportCommand()
        : base("export", "Send devices of files, of a TZSP listener or of a Kismet server to a host over TCP, UDP or TLS. " + ExitCode.Help)
    {
        Add(_files);
        foreach (Option option in (Option[])[_to, _port, _protocol, _format, _rate, _all, _alert, _field, _batch, _compress, _token, _certificate, _password, _skip, _spool, _spoolLimit, _timeout, _listen, _address, _from, .. _access.Options, _duration])
        {
            Add(option);
        }

        Check(result =>
        {
            if (new[] { result.GetValue(_files) is { Length: > 0 }, result.GetValue(_listen) is not null, result.GetValue(_from) is not null }.Count(static given => given) != 1)
            {
                result.AddError("Name files, or --listen, or --from, and one of them only.");
            }

            if (result.GetValue(_to).Port is not null && result.GetResult(_port) is { Implicit: false })
            {
                result.AddError("Name the port once: with --port or behind the host.");
            }

            _access.Check(result);
            if (result.GetValue(_from) is null && _access.IsGiven(result))
            {
                result.AddError("--api-key, --api-key-file, --credential, --tls and --skip-server-certificate-check are for --from; --protocol Tls sends over TLS.");
            }

            if (result.GetValue(_listen) is < 0 or > 65535)
            {
                result.AddError("--listen goes from 0 to 65535.");
            }
        });
    }

    protected override int Run(ParseResult parse, CliContext context)
    {
        ExportOptions options = new()
        {
            Host = parse.GetValue(_to).Host,
            Port = parse.GetValue(_to).Port ?? parse.GetValue(_port),
            Protocol = parse.GetValue(_protocol),
            Format = parse.GetValue(_format),
            Message = new MessageOptions { Fields = parse.GetValue(_field) is { Length: > 0 } fields ? fields : null },
            UpdateRate = parse.GetValue(_rate) ?? s_defaults.UpdateRate,
            All = parse.GetValue(_all),
            Alerts = parse.GetValue(_alert),
            BatchSize = parse.GetValue(_batch),
            Compress = parse.GetValue(_compress),
            Token = parse.GetValue(_token) is string file ? FileArguments.FirstLine(file) : null,
            Certificate = parse.GetValue(_certificate) is string certificate ? ServerCertificate.Load(certificate, null, parse.GetValue(_password)) : null,
            SkipCertificateCheck = parse.GetValue(_skip),
            SpoolPath = parse.GetValue(_spool),
            SpoolLimit = (long)parse.GetValue(_spoolLimit) << 20,
            Timeout = parse.GetValue(_timeout) ?? s_defaults.Timeout,
        };
        ExportChecks.Check(options);
        if (ExportChecks.Warning(options) is { } warning)
        {
            context.Log(warning);
        }

        if (parse.GetValue(_listen) is int port)
        {
            using TzspListener listener = TzspListener.Start(new TzspListenerOptions { Port = port, Address = parse.GetValue(_address) }, new TrackerOptions());
            return Follow(parse, context, options, listener, "listening on");
        }

        if (parse.GetValue(_from) is string from)
        {
            using KismetConnection connection = KismetConnection.Start(_access.Apply(new KismetConnectionOptions(), parse, from), ServerLinks.Create, cancel: context.Stop);
            return Follow(parse, context, options, connection, "connected to");
        }

        return SendOnce(context, options, FileArguments.Expand(parse.GetValue(_files)!));
    }

    private int Follow(ParseResult parse, CliContext context, ExportOptions options, DeviceSession session, string begun)
    {
        using KismetExport export = KismetExport.Start([session], options);
        context.Log($"{begun} {session.EndPoint}, sending to {export.EndPoint} as stream {export.StreamId}; Ctrl+C ends");
        var bounds = new Bounds(session, context.Stop, parse.GetValue(_duration), null);
        while (!bounds.Reached && !export.Completion.IsCompleted)
        {
            Tell(context, session);
            Tell(context, export);
            context.Stop.WaitHandle.WaitOne(s_look);
        }

        session.StopAsync().Wait();
        int code = End(context, export);
        return session.Error is null ? code : throw session.Error;
    }

    private static int SendOnce(CliContext context, ExportOptions options, IReadOnlyList<string> files)
    {
        using KismetExport export = KismetExport.StartOnce(options);
        foreach (string file in files)
        {
            foreach (KismetDevice device in Read(file, context))
            {
                if (!export.Write(device, expired: false, context.Stop))
                {
                    break;
                }
            }

            export.Flush();
            Tell(context, export);
        }

        export.Complete();
        return End(context, export);
    }

    private static IReadOnlyList<KismetDevice> Read(string file, CliContext context)
    {
        if (DeviceFileFormats.TryFromPath(file, out _))
        {
            List<KismetDevice> devices = [];
            using DeviceFileReader reader = DeviceFileReader.Open(file, null, e => context.Log($"{e.Message} [{e.Id}]"));
            while (reader.TryRead(out KismetDevice? device))
            {
                devices.Add(device);
            }

            return devices;
        }

        using KismetImport import = KismetImport.Start(file, new CaptureFileOptions());
        import.Completion.Wait(context.Stop);
        return import.Error is null ? import.GetDevices() : throw import.Error;
    }

    private static int End(CliContext context, KismetExport export)
    {
        while (!export.Completion.Wait(s_look))
        {
            if (context.Stop.IsCancellationRequested)
            {
                export.StopAsync();
            }

            Tell(context, export);
        }

        Tell(context, export);
        KismetExportStatistic s = export.ExportStatistics;
        context.Log(string.Create(
            CultureInfo.InvariantCulture,
            $"{s}, {s.Resent} sent again, {s.Unconfirmed} not confirmed, {s.Spooled} spooled, {s.Bytes} bytes, {s.Reconnects} reconnects"));
        return export.Error is null ? ExitCode.Done : throw export.Error;
    }
}
