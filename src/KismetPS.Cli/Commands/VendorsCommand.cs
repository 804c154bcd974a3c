using System.CommandLine;
using KismetPS.Capture;
using KismetPS.Cli.Output;
using KismetPS.Wireless;
using KismetPS.Wireless.Vendors;

namespace KismetPS.Cli.Commands;

/// <summary>Says who an address is registered to.</summary>
internal sealed class VendorsCommand : CliCommand
{
    private static readonly IReadOnlyList<Column<Row>> s_columns =
    [
        new("MAC address", static r => r.MacAddress, Cells: 17),
        new("Vendor", static r => r.Vendor ?? r.Note, Cells: 60),
    ];

    private readonly Argument<string[]> _addresses = new("MAC") { Description = "MAC addresses with colons, hyphens, dots or nothing between.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _json = CommonOptions.Json();

    public VendorsCommand()
        : base("vendors", "Look addresses up in the IEEE registry (24, 28 and 36 bit). " + ExitCode.Help)
    {
        Add(_addresses);
        Add(_json);
    }

    protected override int Run(ParseResult parse, CliContext context)
    {
        var rows = new List<Row>();
        int code = ExitCode.Done;
        foreach (string text in parse.GetValue(_addresses)!)
        {
            if (MacAddress.TryParse(text, null, out MacAddress address))
            {
                rows.Add(new Row(address.ToString(), VendorRegistry.Lookup(address), address.IsLocal, Note(address)));
            }
            else
            {
                Report(context, new KismetException(KismetErrorId.ArgumentInvalid, $"'{text}' is no MAC address.", "Write it as 00:0C:42:1F:65:E9."));
                code = ExitCode.Failed;
            }
        }

        if (parse.GetValue(_json))
        {
            foreach (Row row in rows)
            {
                JsonLines.Write(context.Out, row);
            }
        }
        else if (rows.Count > 0)
        {
            TablePrinter.Print(context, string.Empty, rows, s_columns);
        }

        return code;
    }

    private static string? Note(MacAddress address) =>
        address.IsBroadcast ? "(everybody)"
        : address.IsGroup ? "(a group, no device)"
        : address.IsLocal ? "(locally administered: of a client, most likely random)"
        : VendorRegistry.Lookup(address) is null ? "(not registered)"
        : null;

    private sealed record Row(string MacAddress, string? Vendor, bool IsRandomized, string? Note);
}
