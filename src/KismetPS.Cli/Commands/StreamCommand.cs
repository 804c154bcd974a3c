using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using KismetPS.Capture;
using KismetPS.Cli.Emissions;
using KismetPS.Cli.Output;
using KismetPS.Tracking;

namespace KismetPS.Cli.Commands;

/// <summary>Starts a session and tells what it hears, as a stream or a live table, until a bound is reached; then a summary.</summary>
internal abstract class StreamCommand : CliCommand
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    private readonly Option<TimeSpan?> _duration = CommonOptions.Duration("--duration", "End after this time (30, 90s, 5m, 00:01:30).");
    private readonly Option<TimeSpan?> _idle = CommonOptions.Duration("--idle-timeout", "End when nothing came for this time.");
    private readonly Option<TimeSpan?> _interval;
    private readonly Option<int> _count = CommonOptions.Number("--count", "End after so many objects.", 0, 1, int.MaxValue);
    private readonly Option<EmitKind?> _emit;
    private readonly Option<bool> _watch = new("--watch") { Description = "Show a live table of devices." };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<string?> _output = CommonOptions.Output("Write all devices to this file at the end.");
    private readonly Option<int> _maxDevices = CommonOptions.Number("--max-device", "Most devices kept.", new TrackerOptions().MaxDevices, 1, 10_000_000);
    private readonly Option<TimeSpan?> _timeout = CommonOptions.Duration("--device-timeout", "Forget a device that was not heard for this time.");

    /// <param name="name">Name of the command.</param>
    /// <param name="description">What it does.</param>
    /// <param name="emit">What can be written, for the help.</param>
    /// <param name="interval">What else the update interval means, for the help.</param>
    protected StreamCommand(string name, string description, string emit, string interval = "")
        : base(name, description)
    {
        _emit = new("--emit") { Description = $"What to write: {emit}. Default: devices when first heard." };
        _interval = CommonOptions.Duration("--update-interval", $"A device or network is told at most this often; default 1 s.{interval}");
    }

    /// <summary>Adds what every stream has, behind the command's own options.</summary>
    protected void AddStreamOptions()
    {
        foreach (Option option in new Option[] { _duration, _idle, _count, _emit, _interval, _watch, _json, _output, _maxDevices, _timeout })
        {
            Add(option);
        }

        Check(result =>
        {
            if (result.GetValue(_watch) && (result.GetValue(_json) || result.GetResult(_emit) is { Implicit: false } || result.GetResult(_count) is { Implicit: false }))
            {
                result.AddError("--watch shows a table; --json, --emit and --count are for streams.");
            }

            if (result.GetValue(_emit) is EmitKind kind && Refusal(result, kind) is string refusal)
            {
                result.AddError(refusal);
            }
        });
    }

    /// <summary>Opens the session; <paramref name="attach"/> is called before anything can be heard.</summary>
    protected abstract DeviceSession Start(ParseResult parse, CliContext context, Action<DeviceSession> attach);

    /// <summary>What is said when the session has begun, behind which it says how to end it.</summary>
    protected abstract string Begun(DeviceSession session);

    /// <summary>Why that cannot be written, null where it can.</summary>
    protected abstract string? Refusal(CommandResult result, EmitKind kind);

    /// <summary>What is asked to be written; null: devices when first heard.</summary>
    protected EmitKind? Emit(ParseResult parse) => parse.GetValue(_emit);

    /// <summary>The time between two looks, null where none is given.</summary>
    protected TimeSpan? UpdateInterval(ParseResult parse) => parse.GetValue(_interval);

    /// <summary>The limits on devices.</summary>
    protected TrackerOptions Tracker(ParseResult parse) => new() { MaxDevices = parse.GetValue(_maxDevices), DeviceTimeout = parse.GetValue(_timeout) ?? TimeSpan.Zero };

    protected override int Run(ParseResult parse, CliContext context)
    {
        bool watch = parse.GetValue(_watch) && context.IsTerminal;
        if (parse.GetValue(_watch) && !watch)
        {
            context.Log("the output is no terminal, so there is no table to watch: devices are listed as they are first heard");
        }

        Emission? emission = null;
        long begin = Stopwatch.GetTimestamp();
        using DeviceSession session = Start(parse, context, s =>
        {
            if (!watch)
            {
                emission = Open(parse, s, context);
            }
        });
        using (emission)
        {
            context.Log($"{Begun(session)}; Ctrl+C ends");
            var bounds = new Bounds(session, context.Stop, parse.GetValue(_duration), parse.GetValue(_idle));
            if (emission is null)
            {
                Watch(context, session, bounds);
            }
            else
            {
                while (!bounds.Reached && !emission.IsFull)
                {
                    emission.Pump();
                    Tell(context, session);
                    emission.Wait(s_look);
                }
            }

            session.StopAsync(context.Stop.IsCancellationRequested ? KismetStopReason.Requested : KismetStopReason.LimitReached).Wait();
            emission?.Finish();
        }

        return End(parse, context, session, emission, Stopwatch.GetElapsedTime(begin));
    }

    // A line of the log would tear the table: the last warning stands under it.
    private static void Watch(CliContext context, DeviceSession session, Bounds bounds)
    {
        string footer = "Ctrl+C ends";
        List<string> warnings = [];
        LiveTable.Run(
            context,
            session,
            () =>
            {
                while (session.TryTakeWarning(out string? warning))
                {
                    warnings.Add(warning!);
                    footer = $"{warning} Ctrl+C ends";
                }

                return footer;
            },
            () => bounds.Reached);
        warnings.ForEach(context.Log);
    }

    private Emission Open(ParseResult parse, DeviceSession session, CliContext context)
    {
        EmitKind? kind = parse.GetValue(_emit);
        bool json = parse.GetValue(_json);
        KismetChangeKind changes = kind is null && !json ? KismetChangeKind.Added : KismetChangeKind.Added | KismetChangeKind.Updated;
        TimeSpan interval = parse.GetValue(_interval) ?? TimeSpan.FromSeconds(kind is null && !json ? 0.2 : 1);
        return Emission.Open(kind ?? EmitKind.Device, session, changes, interval, context, json, parse.GetValue(_count));
    }

    private int End(ParseResult parse, CliContext context, DeviceSession session, Emission? emission, TimeSpan elapsed)
    {
        Tell(context, session);
        foreach (string line in Summary.Lines(session.Statistics, elapsed))
        {
            context.Log(line);
        }

        if (emission?.Dropped > 0)
        {
            context.Log(string.Create(CultureInfo.InvariantCulture, $"{emission.Dropped:N0} objects came faster than they could be written and were left out"));
        }

        if (parse.GetValue(_output) is string path)
        {
            DeviceOutput.Write(path, DeviceOutput.BySignal(session.GetDevices()));
            context.Log($"wrote {path}");
        }

        KismetException? error = session.Error ?? (session as CaptureSession)?.CaptureError;
        if (error is null)
        {
            return ExitCode.Done;
        }

        Report(context, error);
        return ExitCode.Failed;
    }
}
