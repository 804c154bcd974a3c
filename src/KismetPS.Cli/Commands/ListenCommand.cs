using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.Cli.Emissions;
using KismetPS.Cli.Output;
using KismetPS.Tracking;

namespace KismetPS.Cli.Commands;

/// <summary>Listens for TZSP and tells what it hears.</summary>
internal sealed class ListenCommand : CliCommand
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    private readonly Option<int> _port = CommonOptions.Number("--port", "UDP port; 0 takes any free one.", 37008, 0, 65535);
    private readonly Option<IPAddress?> _address = new("--address") { Description = "Local address to listen on; default: all, IPv4 and IPv6.", CustomParser = Parsers.Address, HelpName = "ADDRESS" };
    private readonly Option<IPNetwork[]?> _sensor = new("--sensor") { Description = "Sensors to accept, by address or network (192.0.2.0/24); others are counted and dropped.", CustomParser = Parsers.Networks, AllowMultipleArgumentsPerToken = true, HelpName = "ADDRESS" };
    private readonly Option<string?> _capture = new("--capture") { Description = "Also write every frame to this pcapng file.", HelpName = "FILE" };
    private readonly Option<TimeSpan?> _duration = CommonOptions.Duration("--duration", "End after this time (30, 90s, 5m, 00:01:30).");
    private readonly Option<TimeSpan?> _idle = CommonOptions.Duration("--idle-timeout", "End when nothing came for this time.");
    private readonly Option<TimeSpan?> _interval = CommonOptions.Duration("--update-interval", "A device or network is told at most this often; default 1 s.");
    private readonly Option<int> _count = CommonOptions.Number("--count", "End after so many objects.", 0, 1, int.MaxValue);
    private readonly Option<EmitKind?> _emit = new("--emit") { Description = "What to write: Device or Network (when they change), Frame, Packet (TZSP with its tags) or Alert. Default: devices when first heard." };
    private readonly Option<bool> _watch = new("--watch") { Description = "Show a live table of devices." };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<string?> _output = CommonOptions.Output("Write all devices to this file at the end.");
    private readonly Option<int> _maxDevices = CommonOptions.Number("--max-device", "Most devices kept.", new TrackerOptions().MaxDevices, 1, 10_000_000);
    private readonly Option<TimeSpan?> _timeout = CommonOptions.Duration("--device-timeout", "Forget a device after this time without a frame.");
    private readonly Option<int> _buffer = CommonOptions.Number("--receive-buffer", "Receive buffer asked for, bytes.", new TzspListenerOptions().ReceiveBuffer, 4096, 1 << 30);

    public ListenCommand()
        : base("listen", "Listen for TZSP and tell which devices are heard. Ctrl+C and SIGTERM end it with a summary. " + ExitCode.Help)
    {
        foreach (Option option in new Option[] { _port, _address, _sensor, _capture, _duration, _idle, _count, _emit, _interval, _watch, _json, _output, _maxDevices, _timeout, _buffer })
        {
            Add(option);
        }

        Check(result =>
        {
            if (result.GetValue(_watch) && (result.GetValue(_json) || result.GetResult(_emit) is { Implicit: false } || result.GetResult(_count) is { Implicit: false }))
            {
                result.AddError("--watch shows a table; --json, --emit and --count are for streams.");
            }
        });
    }

    protected override int Run(ParseResult parse, CliContext context)
    {
        var listenerOptions = new TzspListenerOptions
        {
            Port = parse.GetValue(_port),
            Address = parse.GetValue(_address),
            Sensors = parse.GetValue(_sensor) ?? [],
            ReceiveBuffer = parse.GetValue(_buffer),
        };
        var trackerOptions = new TrackerOptions { MaxDevices = parse.GetValue(_maxDevices), DeviceTimeout = parse.GetValue(_timeout) ?? TimeSpan.Zero };
        bool watch = parse.GetValue(_watch) && context.IsTerminal;
        if (parse.GetValue(_watch) && !watch)
        {
            context.Log("the output is no terminal, so there is no table to watch: devices are listed as they are first heard");
        }

        Emission? emission = null;
        long begin = Stopwatch.GetTimestamp();
        using TzspListener listener = TzspListener.Start(listenerOptions, trackerOptions, null, parse.GetValue(_capture), attach: session =>
        {
            if (!watch)
            {
                emission = Open(parse, session, context);
            }
        });
        using (emission)
        {
            context.Log(string.Create(CultureInfo.InvariantCulture, $"listening on {listener.EndPoint}, receive buffer {listener.Statistics.ReceiveBufferBytes / 1024} KiB; Ctrl+C ends"));
            var bounds = new Bounds(listener, context.Stop, parse.GetValue(_duration), parse.GetValue(_idle));
            if (emission is null)
            {
                LiveTable.Run(context, listener, static () => "Ctrl+C ends", () => bounds.Reached);
            }
            else
            {
                while (!bounds.Reached && !emission.IsFull)
                {
                    emission.Pump();
                    emission.Wait(s_look);
                }
            }

            listener.StopAsync(context.Stop.IsCancellationRequested ? KismetStopReason.Requested : KismetStopReason.LimitReached).Wait();
            emission?.Finish();
        }

        return End(parse, context, listener, emission, Stopwatch.GetElapsedTime(begin));
    }

    private Emission Open(ParseResult parse, TzspListener session, CliContext context)
    {
        EmitKind? kind = parse.GetValue(_emit);
        bool json = parse.GetValue(_json);
        KismetChangeKind changes = kind is null && !json ? KismetChangeKind.Added : KismetChangeKind.Added | KismetChangeKind.Updated;
        TimeSpan interval = parse.GetValue(_interval) ?? TimeSpan.FromSeconds(kind is null && !json ? 0.2 : 1);
        return Emission.Open(kind ?? EmitKind.Device, session, () => session.OpenPackets(), changes, interval, context, json, parse.GetValue(_count));
    }

    private int End(ParseResult parse, CliContext context, TzspListener listener, Emission? emission, TimeSpan elapsed)
    {
        foreach (string line in Summary.Lines(listener.Statistics, elapsed))
        {
            context.Log(line);
        }

        if (emission?.Dropped > 0)
        {
            context.Log(string.Create(CultureInfo.InvariantCulture, $"{emission.Dropped:N0} objects came faster than they could be written and were left out"));
        }

        if (parse.GetValue(_output) is string path)
        {
            DeviceOutput.Write(path, DeviceOutput.BySignal(listener.GetDevices()));
            context.Log($"wrote {path}");
        }

        KismetException? error = listener.Error ?? listener.CaptureError;
        if (error is null)
        {
            return ExitCode.Done;
        }

        Report(context, error);
        return ExitCode.Failed;
    }
}
