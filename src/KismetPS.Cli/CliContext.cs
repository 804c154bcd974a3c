using KismetPS.Cli.Output;
using Spectre.Console;

namespace KismetPS.Cli;

/// <summary>What a command works with: where its output, its log and its picture go, and when it is to stop.</summary>
internal sealed class CliContext : IDisposable
{
    private readonly Shutdown _shutdown = new();
    private readonly Stream _stream;

    public CliContext()
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = System.Text.Encoding.UTF8;
        }

        bool dumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        IsTerminal = !Console.IsOutputRedirected && !dumb;
        IsLogTerminal = !Console.IsErrorRedirected && !dumb;
        _stream = StandardOutput.Open();
        Out = new StreamWriter(_stream, new System.Text.UTF8Encoding(false), 16 * 1024) { AutoFlush = false };
    }

    /// <summary>Results, buffered: flush when a batch is done. A reader that went away shows as an <see cref="IOException"/>.</summary>
    public StreamWriter Out { get; }

    /// <summary>The stream under <see cref="Out"/>; flush that first.</summary>
    public Stream OutStream => _stream;

    /// <summary>Whether results go to a terminal: tables are drawn there, and plain text elsewhere.</summary>
    public bool IsTerminal { get; }

    /// <summary>Whether the log goes to a terminal: progress is drawn there.</summary>
    public bool IsLogTerminal { get; }

    /// <summary>The terminal to draw on.</summary>
    public IAnsiConsole Terminal => AnsiConsole.Console;

    /// <summary>Set by Ctrl+C and by the signals that ask a process to end.</summary>
    public CancellationToken Stop => _shutdown.Token;

    /// <summary>One line for the log.</summary>
    public void Log(string message) => Console.Error.WriteLine("kismetps: " + TerminalText.Clean(message));

    public void Dispose()
    {
        try
        {
            Out.Flush();
        }
        catch (IOException)
        {
            // Nobody reads any more.
        }

        _shutdown.Dispose();
    }
}
