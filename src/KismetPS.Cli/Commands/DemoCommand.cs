using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using KismetPS.Capture;
using KismetPS.Capture.Tzsp;
using KismetPS.Cli.Output;
using KismetPS.Export.Formats;
using KismetPS.Tracking;

namespace KismetPS.Cli.Commands;

/// <summary>Shows the whole way in a few seconds: a real listener on loopback UDP, the samples sent to it by the real sender, tables at the end.</summary>
internal sealed class DemoCommand : CliCommand
{
    private static readonly TimeSpan s_arrival = TimeSpan.FromSeconds(10);

    private readonly Option<string> _output = new("--output", "-o") { Description = "Where to write the devices (.csv, .json, .jsonl).", DefaultValueFactory = static _ => "devices.csv", HelpName = "FILE" };
    private readonly Option<int> _seconds = CommonOptions.Number("--seconds", "How long the replay takes.", 7, 1, 3600);

    public DemoCommand()
        : base("demo", "Replay the sample captures through a real TZSP listener on this machine, and show what it makes of them. " + ExitCode.Help)
    {
        Add(_output);
        Add(_seconds);
    }

    protected override int Run(ParseResult parse, CliContext context)
    {
        string output = parse.GetValue(_output)!;
        RefuseStrangersFile(output);

        // Opened before the show: a folder that cannot be written to is told at once.
        using DeviceFileWriter file = DeviceFileWriter.Open(output);
        using TzspListener listener = TzspListener.Start(new TzspListenerOptions { Port = 0, Address = IPAddress.Loopback });
        using var replay = new DemoReplay(SampleFolder.Find(), listener.Port, () => listener.Statistics.Received, parse.GetValue(_seconds), context.Stop);
        Say(context, $"listening on {listener.EndPoint} (UDP); replaying {replay.Total:N0} messages of {replay.Sensors} sensors from {SampleFolder.Find()}");

        long begin = Stopwatch.GetTimestamp();
        Task sending = Task.Factory.StartNew(replay.Run, TaskCreationOptions.LongRunning);
        Follow(context, listener, replay, sending);
        sending.Wait();
        SpinWait.SpinUntil(() => context.Stop.IsCancellationRequested || listener.Statistics.Received >= replay.Sent, s_arrival);
        listener.StopAsync().Wait();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(begin);
        if (listener.Error is not null)
        {
            throw listener.Error;
        }

        IReadOnlyList<KismetDevice> devices = DeviceOutput.BySignal(listener.GetDevices());
        foreach (KismetDevice device in devices)
        {
            file.Write(device);
        }

        file.Complete();
        ShowResult(context, listener, devices, elapsed);
        Say(context, $"wrote {devices.Count} devices to {output}");
        if (context.Stop.IsCancellationRequested)
        {
            Say(context, "interrupted before the end");
            return ExitCode.Interrupted;
        }

        SayWhatNext(context);
        return ExitCode.Done;
    }

    private static void Follow(CliContext context, TzspListener listener, DemoReplay replay, Task sending)
    {
        if (context.IsTerminal)
        {
            LiveTable.Run(
                context,
                listener,
                () => string.Create(CultureInfo.InvariantCulture, $"{LiveTable.Bar(replay.Share)}   {replay.Sent:N0} of {replay.Total:N0} messages sent; Ctrl+C ends"),
                () => sending.IsCompleted);
            return;
        }

        for (int quarter = 1; quarter <= 4; quarter++)
        {
            while (!sending.IsCompleted && replay.Share * 4 < quarter)
            {
                sending.Wait(100);
            }

            if (replay.Share * 4 >= quarter)
            {
                KismetStatistic now = listener.Statistics;
                Say(context, $"{quarter * 25,3} %  {replay.Sent:N0} of {replay.Total:N0} messages sent, {now.Devices} devices, {now.Networks} networks, {now.Alerts} alerts");
            }
        }
    }

    private static void ShowResult(CliContext context, TzspListener listener, IReadOnlyList<KismetDevice> devices, TimeSpan elapsed)
    {
        KismetStatistic statistic = listener.Statistics;
        IReadOnlyList<KismetNetwork> networks = DeviceOutput.BySignal(listener.GetNetworks());
        IReadOnlyList<KismetAlert> alerts = listener.GetAlerts();
        TablePrinter.Print(context, string.Create(CultureInfo.InvariantCulture, $"{devices.Count} devices, the loudest first"), devices, Columns.Device);
        Say(context, string.Empty);
        TablePrinter.Print(context, string.Create(CultureInfo.InvariantCulture, $"{networks.Count} networks, the loudest first"), networks, Columns.Network);
        Say(context, string.Empty);
        string kinds = string.Join(", ", alerts.GroupBy(static a => a.Type).OrderBy(static g => g.Key).Select(static g => string.Create(CultureInfo.InvariantCulture, $"{g.Key} {g.Count()}")));
        Say(context, $"{alerts.Count} alerts{(alerts.Count > 0 ? ": " + kinds : string.Empty)}");
        foreach (string line in Summary.Lines(statistic, elapsed))
        {
            Say(context, TerminalText.Clean(line));
        }
    }

    // A demo has no business replacing a file that it did not make: what is there must be devices.
    private static void RefuseStrangersFile(string path)
    {
        DeviceFileFormat format = DeviceFileFormats.Choose(path, null);
        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            DeviceFileReader.Open(path, format).Dispose();
        }
        catch (KismetException e) when (e.Id == KismetErrorId.FormatInvalid)
        {
            throw new KismetException(KismetErrorId.FileExists, $"'{path}' exists and is no file of devices.", "Choose another one with --output.", e);
        }
    }

    private static void SayWhatNext(CliContext context)
    {
        Say(context, string.Empty);
        foreach (string line in s_next)
        {
            Say(context, line);
        }
    }

    private static readonly string[] s_next =
    [
        "What to try next (from the repository: dotnet run --project src/KismetPS.Cli -- COMMAND):",
        "  kismetps import samples/office.pcapng --networks",
        "  kismetps import samples/office.pcapng --emit Alert",
        "  kismetps listen --watch            then, in another terminal: kismetps send samples/*.pcap* --to localhost",
        "  kismetps listen --json | jq .      devices as JSON lines, as they change",
        "In PowerShell 7.4 or later, after ./build.ps1:",
        "  Import-Module ./artifacts/module/KismetPS",
        "  Import-KismetCapture samples/*.pcap* | Where-Object SignalDbm | Sort-Object SignalDbm -Descending | Select-Object -First 10",
        "  $l = Start-TzspListener; Get-KismetDevice | Export-Csv devices.csv; Stop-TzspListener $l",
    ];

    private static void Say(CliContext context, string line)
    {
        context.Out.WriteLine(line);
        context.Out.Flush();
    }
}
