using System.CommandLine;
using KismetPS.Cli;
using KismetPS.Cli.Commands;

var root = new RootCommand("KismetPS without PowerShell: hear, replay and decode 802.11 on the wire. " + ExitCode.Help)
{
    new DemoCommand(),
    new ListenCommand(),
    new ConnectCommand(),
    new ImportCommand(),
    new SendCommand(),
    new ExportCommand(),
    new ForwardCommand(),
    new ServeCommand(),
    new DecodeCommand(),
    new VendorsCommand(),
    new InterfacesCommand(),
};

ParseResult parse = root.Parse(args);
if (parse.Errors.Count > 0)
{
    foreach (string message in parse.Errors.Select(static e => e.Message).Distinct())
    {
        Console.Error.WriteLine("kismetps: " + KismetPS.Cli.Output.TerminalText.Clean(message.ReplaceLineEndings(" ")));
    }

    string command = parse.CommandResult.Command == root ? string.Empty : " " + parse.CommandResult.Command.Name;
    Console.Error.WriteLine($"Try 'kismetps{command} --help'.");
    return ExitCode.Usage;
}

// Signals and failures are the commands' own business: they end with a summary.
return parse.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
