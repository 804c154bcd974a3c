using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Cli.Tests;

/// <summary>What is drawn on a terminal. Escape sequences are the program's own; none come from names on the air.</summary>
public sealed partial class TerminalTests : CliFolder
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(180);

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
        (int code, string drawn) = Run(90, "listen", "--watch", "--port", "0", "--address", "127.0.0.1", "--duration", "5");
        Assert.Equal(0, code);
        Assert.Contains("0 devices, 0 networks", Escapes().Replace(drawn, string.Empty), StringComparison.Ordinal);
    }

    [TerminalFact]
    public void A_watch_shows_channels_follows_the_size_and_leaves_nothing_behind_on_Ctrl_C()
    {
        int port = FreePort.Next();
        const string Marker = "terminal: ";
        string watch = $"'{CliProcess.Host}' '{CliProcess.Program}' listen --watch --port {port} --address 127.0.0.1";

        // Ctrl+C is for all of the terminal: a shell without a trap dies of it (dash at once, bash does not) before it can tell the exit code.
        ProcessStartInfo start = Terminal(
            $"trap : INT; stty rows 40 cols 150; (read go < '{At("go")}'; stty cols 90 < /dev/tty) & {watch}; code=$?; echo \"{Marker}$(stty -a | tr '\\n' ' ')\"; exit $code");
        Process.Start("mkfifo", [At("go")])!.WaitForExit();
        using Process process = Process.Start(start)!;
        StreamReader output = process.StandardOutput;
        var drawn = new StringBuilder();
        var reader = new Thread(() =>
        {
            char[] buffer = new char[4096];
            for (int n; (n = output.Read(buffer)) > 0;)
            {
                lock (drawn)
                {
                    drawn.Append(buffer, 0, n);
                }
            }
        });
        reader.IsBackground = true;
        reader.Start();
        string Drawn()
        {
            lock (drawn)
            {
                return drawn.ToString();
            }
        }

        Until(Drawn, () => Drawn().Contains("0 devices", StringComparison.Ordinal));
        Assert.Equal(0, CliProcess.Run("send", Office, "--to", "127.0.0.1", "--rate", "0", "--port", port.ToString(System.Globalization.CultureInfo.InvariantCulture)).ExitCode);

        // Beside the table: one line holds a device and a bar.
        Until(Drawn, () => Frame(Drawn()).Any(static l => l.Contains("D8:C7:C8:4A", StringComparison.Ordinal) && l.Contains('█', StringComparison.Ordinal)));
        Assert.Contains("Devices by channel", Drawn(), StringComparison.Ordinal);
        int before = Drawn().Length;

        // Narrower: under it, and no line is longer than the terminal.
        File.WriteAllText(At("go"), "\n");
        Until(Drawn, () => Drawn().Length > before + 4000 && Frame(Drawn()) is { Length: > 10 } lines
            && lines.Any(static l => l.Contains('█', StringComparison.Ordinal)) && lines.All(static l => l.Length <= 90)
            && !lines.Any(static l => l.Contains("D8:C7:C8:4A", StringComparison.Ordinal) && l.Contains('█', StringComparison.Ordinal)));

        // Ctrl+C as the terminal sends it.
        process.StandardInput.Write('\u0003');
        process.StandardInput.Flush();
        Assert.True(process.WaitForExit(s_patience));
        reader.Join();
        Assert.Equal(0, process.ExitCode);
        string end = Drawn();
        Assert.True(end.LastIndexOf("\u001b[?25h", StringComparison.Ordinal) > end.LastIndexOf("\u001b[?25l", StringComparison.Ordinal), "the cursor is shown again");

        // What it said last is the summary, not a table; the terminal is as it was.
        string tail = Escapes().Replace(end[end.LastIndexOf("\u001b[?25h", StringComparison.Ordinal)..], string.Empty);
        Assert.DoesNotContain("█", tail, StringComparison.Ordinal);
        Assert.DoesNotContain("D8:C7:C8:4A", tail, StringComparison.Ordinal);
        Assert.Matches("kismetps: .*devices", tail);
        string settings = tail[tail.IndexOf(Marker, StringComparison.Ordinal)..];
        Assert.Matches(@" echo ", settings);
        Assert.Matches(@" icanon ", settings);
        Assert.Matches(@" isig ", settings);
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
        string line = string.Join(' ', arguments.Prepend(CliProcess.Program).Prepend(CliProcess.Host).Select(static a => $"'{a}'"));
        using Process process = Process.Start(Terminal($"stty rows 40 cols {width}; {line}"))!;
        string drawn = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, drawn);
    }

    // A command in a terminal of its own, with nothing of the one that the tests run in: another shell, no terminal, or what build servers set would change it.
    private ProcessStartInfo Terminal(string command)
    {
        var start = new ProcessStartInfo(TerminalFactAttribute.Script, ["-qec", command, "/dev/null"])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (string name in start.Environment.Keys.Where(static n => n is not ("PATH" or "HOME" or "TMPDIR") && !n.StartsWith("DOTNET_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        Interrupts.Allow();
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["SHELL"] = "/bin/sh";
        start.Environment["LANG"] = "C.UTF-8";
        return start;
    }

    // The last whole picture, from the title of the table on, with all that is under it but the last line.
    private static string[] Frame(string drawn)
    {
        string text = drawn.Replace("\r", string.Empty, StringComparison.Ordinal);
        int end = text.LastIndexOf("Ctrl+C ends", StringComparison.Ordinal);
        int begin = end < 0 ? -1 : text.LastIndexOf("devices,", end, StringComparison.Ordinal);
        return begin < 0 ? [] : [.. Escapes().Replace(text[begin..end], string.Empty).Split('\n').Skip(1)];
    }

    private static void Until(Func<string> drawn, Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < s_patience, "it did not come to that: " + drawn()[^Math.Min(drawn().Length, 3000)..]);
            Thread.Sleep(50);
        }
    }

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]")]
    private static partial Regex Escapes();
}
