using System.CommandLine;
using KismetPS.Capture.Live;
using KismetPS.Cli.Output;

namespace KismetPS.Cli.Commands;

/// <summary>Lists the interfaces that can be captured from.</summary>
internal sealed class InterfacesCommand : CliCommand
{
    private readonly Option<bool> _json = CommonOptions.Json();

    public InterfacesCommand()
        : base("interfaces", "List the capture interfaces (needs libpcap or Npcap). " + ExitCode.Help) => Add(_json);

    protected override int Run(ParseResult parse, CliContext context)
    {
        IReadOnlyList<KismetInterface> interfaces = PcapLibrary.GetInterfaces();
        if (parse.GetValue(_json))
        {
            foreach (KismetInterface one in interfaces)
            {
                JsonLines.Write(context.Out, one);
            }
        }
        else
        {
            TablePrinter.Print(context, string.Empty, interfaces, Columns.Interface);
        }

        return ExitCode.Done;
    }
}
