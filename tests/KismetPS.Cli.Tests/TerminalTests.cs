using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace KismetPS.Cli.Tests;

/// <summary>What is drawn on a terminal. Escape sequences are the program's own; none come from names on the air.</summary>
public sealed partial class TerminalTests : CliFolder
{
    [TerminalFact]
    public void The_demo_draws_a_live_table_with_a_bar_and_leaves_the_terminal_as_it_was()
    {
        (int code, string drawn) = Run(150, "demo", "--seconds", "2");
        Assert.Equal(0, code);
        string text = Escapes().Replace(drawn, string.Empty);
        Assert.Matches(@"━+─+ +\d+ %\s+[\d,]+ of 2,123 messages sent; Ctrl\+C ends", text);
        Assert.Contains("57 devices, the loudest first", text, StringComparison.Ordinal);
        Assert.Contains(@"\x1B[2J\x1B[31mPWNED", text, StringComparison.Ordinal);
        Assert.Contains("[red]x[/] ; \"a\",b", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[2J\u001b[31mPWNED", drawn, StringComparison.Ordinal);

        // The cursor was hidden for the drawing and is shown again after it.
        Assert.True(drawn.LastIndexOf("\u001b[?25h", StringComparison.Ordinal) > drawn.LastIndexOf("\u001b[?25l", StringComparison.Ordinal));
        Assert.True(File.Exists(At("devices.csv")));
    }

    [TerminalFact]
    public void A_watch_draws_until_its_time_is_over()
    {
        (int code, string drawn) = Run(90, "listen", "--watch", "--port", "0", "--address", "127.0.0.1", "--duration", "2");
        Assert.Equal(0, code);
        Assert.Contains("0 devices, 0 networks", Escapes().Replace(drawn, string.Empty), StringComparison.Ordinal);
    }

    [TerminalFact]
    public void A_table_fits_the_terminal()
    {
        foreach (int width in new[] { 60, 80, 120 })
        {
            (int code, string drawn) = Run(width, "import", Office);
            Assert.Equal(0, code);
            string[] rows = [.. Escapes().Replace(drawn, string.Empty).Split('\n').Select(static l => l.TrimEnd()).Where(static l => l.Contains("D8:C7:C8:4A", StringComparison.Ordinal))];
            Assert.Equal(4, rows.Length);
            Assert.All(rows, row => Assert.InRange(row.Length, 40, width));
        }
    }

    private (int Code, string Drawn) Run(int width, params string[] arguments)
    {
        string line = string.Join(' ', arguments.Prepend(CliProcess.Program).Prepend("dotnet").Select(static a => $"'{a}'"));
        var start = new ProcessStartInfo(TerminalFactAttribute.Script, ["-qec", $"stty rows 40 cols {width}; {line}", "/dev/null"])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
            Environment = { ["TERM"] = "xterm-256color" },
        };
        using Process process = Process.Start(start)!;
        string drawn = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, drawn);
    }

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]")]
    private static partial Regex Escapes();
}
