using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using KismetPS.Capture.Pcap;
using KismetPS.Capture.Tzsp;
using KismetPS.Cli.Output;
using KismetPS.Wireless;

namespace KismetPS.Cli.Commands;

/// <summary>Sends what a capture file holds as TZSP.</summary>
internal sealed class SendCommand : CliCommand
{
    private readonly Argument<string[]> _files = FileArguments.Files("Captures (pcap, pcapng, either gzip-compressed). TZSP in them is sent as it is, frames are wrapped.");
    private readonly Option<HostPort> _to = new("--to") { Description = "Host to send to: host or host:port.", Required = true, CustomParser = HostPort.Parse, HelpName = "HOST" };
    private readonly Option<int> _port = CommonOptions.Number("--port", "UDP port.", 37008, 1, 65535);
    private readonly Option<double?> _rate = new("--rate") { Description = "Messages a second; 0: as fast as it goes. Default: in the time of the recording.", HelpName = "N" };
    private readonly Option<int> _loop = CommonOptions.Number("--loop", "Send the files so many times; 0: until stopped.", 1, 0, int.MaxValue);
    private readonly Option<MacAddress?> _serial = new("--serial")
    {
        Description = "Sensor address to put into wrapped frames (tag 60).",
        HelpName = "MAC",
        CustomParser = static result =>
        {
            if (MacAddress.TryParse(result.Tokens[0].Value, null, out MacAddress address))
            {
                return address;
            }

            result.AddError($"'{result.Tokens[0].Value}' is no MAC address.");
            return null;
        },
    };

    private readonly Option<string?> _name = new("--name") { Description = "Sensor name to put into wrapped frames (tag 80).", HelpName = "TEXT" };

    public SendCommand()
        : base("send", "Send a capture as TZSP over UDP, as a sensor would. " + ExitCode.Help)
    {
        Add(_files);
        foreach (Option option in new Option[] { _to, _port, _rate, _loop, _serial, _name })
        {
            Add(option);
        }

        Check(result =>
        {
            if (result.GetValue(_rate) is < 0 or double.NaN)
            {
                result.AddError("--rate is 0 or above.");
            }

            if (result.GetValue(_to).Port is not null && result.GetResult(_port) is { Implicit: false })
            {
                result.AddError("Name the port once: with --port or behind the host.");
            }
        });
    }

    protected override int Run(ParseResult parse, CliContext context)
    {
        IReadOnlyList<string> files = FileArguments.Expand(parse.GetValue(_files)!);
        double? rate = parse.GetValue(_rate);
        HostPort to = parse.GetValue(_to);
        using var sender = new TzspSender(to.Host, to.Port ?? parse.GetValue(_port), new TzspSenderOptions
        {
            Rate = rate ?? 0,
            Serial = parse.GetValue(_serial),
            DeviceName = parse.GetValue(_name),
        });
        var options = new CaptureFileOptions { Speed = rate is null ? 1 : 0 };
        context.Log($"sending to {sender.EndPoint}; Ctrl+C ends");
        long begin = Stopwatch.GetTimestamp();
        bool damaged = false;
        int loops = parse.GetValue(_loop);
        for (int loop = 0; (loops == 0 || loop < loops) && !context.Stop.IsCancellationRequested; loop++)
        {
            foreach (string file in files)
            {
                damaged |= !Replay(file, options, sender, context, loop == 0);
            }

            if (sender.Sent == 0)
            {
                break;
            }
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(begin);
        context.Log(string.Create(CultureInfo.InvariantCulture, $"{sender.Sent:N0} messages sent to {sender.EndPoint} in {elapsed.TotalSeconds:0.0} s ({sender.Sent / Math.Max(elapsed.TotalSeconds, 1e-3):N0}/s)"));
        if (sender.Refused > 0)
        {
            context.Log(string.Create(CultureInfo.InvariantCulture, $"{sender.Refused:N0} were refused: it seems nobody listens there"));
        }

        if (sender.Skipped > 0)
        {
            context.Log(string.Create(CultureInfo.InvariantCulture, $"{sender.Skipped:N0} packets are of a kind that TZSP cannot carry"));
        }

        return context.Stop.IsCancellationRequested ? ExitCode.Interrupted : damaged ? ExitCode.Partial : ExitCode.Done;
    }

    private static bool Replay(string file, CaptureFileOptions options, TzspSender sender, CliContext context, bool report)
    {
        using var source = new CaptureFileSource(file, options);
        using var progress = new ProgressLine(context, "sending");
        source.Open();
        var sink = new ReplaySink(_ => sender, () =>
        {
            if (context.IsLogTerminal)
            {
                progress.Report((double)source.ReadCounters().Position / Math.Max(1, source.ReadCounters().Length), string.Create(CultureInfo.InvariantCulture, $"{sender.Sent:N0}"));
            }
        }, context.Stop);
        source.Tap = sink;
        source.Run(sink, context.Stop);
        if (source.Damage is not null && report)
        {
            Report(context, source.Damage);
        }

        return source.Damage is null;
    }
}
