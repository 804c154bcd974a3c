using System.CommandLine;
using KismetPS.Cli.Emissions;
using KismetPS.Kismet.Connections;

namespace KismetPS.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Write JSON, one object a line." };

    public static Option<string?> Output(string what) => new("--output", "-o") { Description = what + " The extension says the format: .csv, .json, .jsonl.", HelpName = "FILE" };

    public static Option<EmitKind> Emit(string description) => new("--emit") { Description = description, DefaultValueFactory = static _ => EmitKind.Device };

    public static Option<string?> Capture() => new("--capture") { Description = "Also write every frame to this pcapng file.", HelpName = "FILE" };

    public static Option<TimeSpan?> Duration(string name, string description) => new(name) { Description = description, CustomParser = Parsers.Duration, HelpName = "TIME" };

    /// <summary>The time for one attempt to connect to a server, refused where no attempt may take so long.</summary>
    public static Option<TimeSpan?> ConnectTimeout() => new("--timeout")
    {
        Description = "Time for one attempt to connect; default 10 s.",
        HelpName = "TIME",
        CustomParser = static result =>
        {
            TimeSpan? time = Parsers.Duration(result);
            if (time is { } value && !KismetConnectionOptions.IsConnectTimeout(value))
            {
                result.AddError("--timeout is more than zero and at most an hour.");
            }

            return time;
        },
    };

    /// <summary>A number with bounds, refused outside of them.</summary>
    public static Option<int> Number(string name, string description, int otherwise, int low, int high)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => otherwise, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out int value) && (value < low || value > high))
            {
                result.AddError($"{name} goes from {low} to {high}.");
            }
        });
        return option;
    }
}
