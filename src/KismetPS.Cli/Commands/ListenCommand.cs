using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using KismetPS.Capture.Tzsp;
using KismetPS.Cli.Emissions;
using KismetPS.Tracking;

namespace KismetPS.Cli.Commands;

/// <summary>Listens for TZSP and tells what it hears.</summary>
internal sealed class ListenCommand : StreamCommand
{
    private readonly Option<int> _port = CommonOptions.Number("--port", "UDP port; 0 takes any free one.", 37008, 0, 65535);
    private readonly Option<IPAddress?> _address = new("--address") { Description = "Local address to listen on; default: all, IPv4 and IPv6.", CustomParser = Parsers.Address, HelpName = "ADDRESS" };
    private readonly Option<IPNetwork[]?> _sensor = new("--sensor") { Description = "Sensors to accept, by address or network (192.0.2.0/24); others are counted and dropped.", CustomParser = Parsers.Networks, AllowMultipleArgumentsPerToken = true, HelpName = "ADDRESS" };
    private readonly Option<string?> _capture = CommonOptions.Capture();
    private readonly Option<int> _buffer = CommonOptions.Number("--receive-buffer", "Receive buffer asked for, bytes.", new TzspListenerOptions().ReceiveBuffer, 4096, 1 << 30);

    public ListenCommand()
        : base(
            "listen",
            "Listen for TZSP and tell which devices are heard. Ctrl+C and SIGTERM end it with a summary. " + ExitCode.Help,
            "Device or Network (when they change), Frame, Packet (TZSP with its tags) or Alert")
    {
        Add(_port);
        Add(_address);
        Add(_sensor);
        Add(_capture);
        AddStreamOptions();
        Add(_buffer);
    }

    protected override DeviceSession Start(ParseResult parse, CliContext context, Action<DeviceSession> attach) => TzspListener.Start(
        new TzspListenerOptions
        {
            Port = parse.GetValue(_port),
            Address = parse.GetValue(_address),
            Sensors = parse.GetValue(_sensor) ?? [],
            ReceiveBuffer = parse.GetValue(_buffer),
        },
        Tracker(parse),
        null,
        parse.GetValue(_capture),
        attach);

    protected override string Begun(DeviceSession session) => string.Create(
        CultureInfo.InvariantCulture, $"listening on {session.EndPoint}, receive buffer {session.Statistics.ReceiveBufferBytes / 1024} KiB");

    protected override string? Refusal(CommandResult result, EmitKind kind) => kind == EmitKind.Sentence ? "Sensors say no sentences; 'kismetps connect' gives those of a Kismet server." : null;
}
