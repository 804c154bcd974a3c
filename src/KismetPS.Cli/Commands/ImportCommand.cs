using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using KismetPS.Capture;
using KismetPS.Capture.Pcap;
using KismetPS.Cli.Emissions;
using KismetPS.Cli.Output;
using KismetPS.Export.Formats;
using KismetPS.Tracking;

namespace KismetPS.Cli.Commands;

/// <summary>Reads capture files, and files of devices exported before, and tells what is in them.</summary>
internal sealed class ImportCommand : CliCommand
{
    private readonly Argument<string[]> _files = FileArguments.Files("Captures (pcap, pcapng, either gzip-compressed; 802.11 or TZSP inside), or devices exported before (.csv, .json, .jsonl).");
    private readonly Option<EmitKind> _emit = CommonOptions.Emit("What to write: Device, Network, Frame, Packet (TZSP with its tags) or Alert.");
    private readonly Option<bool> _networks = new("--networks") { Description = "The same as --emit Network." };
    private readonly Option<bool> _csv = new("--csv") { Description = "Write devices as CSV." };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<string?> _output = CommonOptions.Output("Write the devices to this file instead.");
    private readonly Option<int> _first = CommonOptions.Number("--first", "Write only so many, the loudest first.", 0, 1, int.MaxValue);
    private readonly Option<double?> _speed = new("--speed") { Description = "1: in the time of the recording, 2: twice as fast; default: as fast as it goes.", HelpName = "N" };

    public ImportCommand()
        : base("import", "Read capture files and tell which devices are in them. " + ExitCode.Help)
    {
        Add(_files);
        foreach (Option option in new Option[] { _emit, _networks, _csv, _json, _output, _first, _speed })
        {
            Add(option);
        }

        Check(result =>
        {
            bool device = Kind(result.GetValue(_emit), result.GetValue(_networks)) == EmitKind.Device;
            if (result.GetValue(_csv) && (!device || result.GetValue(_json)))
            {
                result.AddError("--csv is for devices, and not together with --json.");
            }

            if (result.GetValue(_output) is not null && (!device || result.GetValue(_json) || result.GetValue(_csv)))
            {
                result.AddError("--output is for devices; the extension of the file says the format.");
            }

            if (result.GetValue(_emit) == EmitKind.Sentence)
            {
                result.AddError("A capture holds frames and no sentences.");
            }

            if (result.GetValue(_speed) is <= 0)
            {
                result.AddError("--speed is above 0.");
            }
        });
    }

    protected override int Run(ParseResult parse, CliContext context)
    {
        IReadOnlyList<string> files = FileArguments.Expand(parse.GetValue(_files)!);
        EmitKind kind = Kind(parse.GetValue(_emit), parse.GetValue(_networks));
        var collected = new List<KismetDevice>();
        int code = ExitCode.Done;
        foreach (string file in files)
        {
            try
            {
                bool whole = DeviceFileFormats.TryFromPath(file, out _)
                    ? ReadDevices(file, context, collected)
                    : ReadCapture(file, files.Count > 1, kind, parse, context, collected);
                code = whole || code == ExitCode.Failed ? code : ExitCode.Partial;
            }
            catch (KismetException e) when (files.Count > 1)
            {
                // One bad file does not spoil the others; the exit code remembers it.
                Report(context, e);
                code = ExitCode.Failed;
            }
        }

        if (kind == EmitKind.Device)
        {
            WriteDevices(parse, context, collected, files.Count == 1 ? files[0] : string.Create(CultureInfo.InvariantCulture, $"{files.Count} files"));
        }

        return code;
    }

    private static EmitKind Kind(EmitKind emit, bool networks) => networks ? EmitKind.Network : emit;

    private static bool ReadDevices(string file, CliContext context, List<KismetDevice> into)
    {
        using DeviceFileReader reader = DeviceFileReader.Open(file, null, e => context.Log($"{e.Message} [{e.Id}]"));
        while (reader.TryRead(out KismetDevice? device))
        {
            context.Stop.ThrowIfCancellationRequested();
            into.Add(device);
        }

        return reader.BadRecords == 0;
    }

    private bool ReadCapture(string file, bool several, EmitKind kind, ParseResult parse, CliContext context, List<KismetDevice> devices)
    {
        bool json = parse.GetValue(_json);
        long begin = Stopwatch.GetTimestamp();
        Emission? emission = null;
        using KismetImport import = KismetImport.Start(file, new CaptureFileOptions { Speed = parse.GetValue(_speed) ?? 0 }, null, Path.GetFileName(file), session =>
        {
            if (kind is EmitKind.Frame or EmitKind.Packet)
            {
                emission = Emission.Open(kind, session, KismetChangeKind.All, TimeSpan.Zero, context, json, parse.GetValue(_first));
            }
        });
        using (emission)
        {
            Follow(import, emission, context);
        }

        if (import.Error is not null)
        {
            throw import.Error;
        }

        switch (kind)
        {
            case EmitKind.Device:
                devices.AddRange(import.GetDevices());
                break;
            case EmitKind.Network:
                WriteTable(context, several ? file : string.Empty, First(DeviceOutput.BySignal(import.GetNetworks()), parse), Columns.Network, json);
                break;
            case EmitKind.Alert:
                WriteTable(context, several ? file : string.Empty, First(import.GetAlerts(), parse), Columns.Alert, json);
                break;
        }

        context.Out.Flush();
        foreach (string line in Summary.Lines(import.Statistics, Stopwatch.GetElapsedTime(begin)))
        {
            context.Log(several ? $"{Path.GetFileName(file)}: {line}" : line);
        }

        if (import.Damage is not null)
        {
            Report(context, import.Damage);
        }

        return import.Damage is null;
    }

    private static void Follow(KismetImport import, Emission? emission, CliContext context)
    {
        using var progress = new ProgressLine(context, "reading");
        while (!import.Completion.IsCompleted && emission?.IsFull != true)
        {
            context.Stop.ThrowIfCancellationRequested();
            if (emission is null)
            {
                import.Completion.Wait(100);
                (long position, long length) = import.Progress;
                if (length > 0 && context.IsLogTerminal)
                {
                    progress.Report((double)position / length);
                }
            }
            else
            {
                emission.Pump();
                emission.Wait(TimeSpan.FromMilliseconds(100));
            }
        }

        emission?.Finish();
        if (!import.Completion.IsCompleted)
        {
            // Enough was written: the rest of the file is not needed.
            import.StopAsync(KismetStopReason.LimitReached).Wait();
        }
    }

    private void WriteDevices(ParseResult parse, CliContext context, List<KismetDevice> collected, string title)
    {
        IReadOnlyList<KismetDevice> devices = First(DeviceOutput.BySignal(collected), parse);
        if (parse.GetValue(_output) is string path)
        {
            DeviceOutput.Write(path, devices);
            context.Log(string.Create(CultureInfo.InvariantCulture, $"wrote {devices.Count} devices to {path}"));
        }
        else if (parse.GetValue(_csv) || parse.GetValue(_json))
        {
            DeviceOutput.Write(context, devices, parse.GetValue(_csv) ? DeviceFileFormat.Csv : DeviceFileFormat.JsonLines);
        }
        else
        {
            TablePrinter.Print(context, string.Create(CultureInfo.InvariantCulture, $"{devices.Count} devices in {title}"), devices, Columns.Device);
        }
    }

    private static void WriteTable<T>(CliContext context, string title, IReadOnlyList<T> rows, IReadOnlyList<Column<T>> columns, bool json)
    {
        if (!json)
        {
            TablePrinter.Print(context, title, rows, columns);
            return;
        }

        foreach (T row in rows)
        {
            JsonLines.Write(context.Out, row);
        }
    }

    private IReadOnlyList<T> First<T>(IReadOnlyList<T> rows, ParseResult parse) => parse.GetValue(_first) is int first and > 0 ? [.. rows.Take(first)] : rows;
}
