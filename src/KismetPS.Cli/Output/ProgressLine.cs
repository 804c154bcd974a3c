using System.Diagnostics;

namespace KismetPS.Cli.Output;

/// <summary>Progress in the log: a bar redrawn in place on a terminal, a line for each quarter elsewhere.</summary>
internal sealed class ProgressLine(CliContext context, string what) : IDisposable
{
    private static readonly TimeSpan s_redraw = TimeSpan.FromMilliseconds(200);

    private long _lastTicks = Stopwatch.GetTimestamp();
    private int _quarter;
    private bool _drawn;

    /// <summary>Tells the share done, 0 to 1.</summary>
    public void Report(double share, string detail = "")
    {
        if (context.IsLogTerminal)
        {
            if (Stopwatch.GetElapsedTime(_lastTicks) >= s_redraw)
            {
                _lastTicks = Stopwatch.GetTimestamp();
                _drawn = true;

                // Erase to the end of the line (ECMA-48 8.3.41): the text before may have been longer.
                Console.Error.Write($"\r{TerminalText.Fit($"{what} {LiveTable.Bar(share, 24)} {detail}", Math.Max(20, Console.WindowWidth - 1))}\u001b[K");
            }
        }
        else if ((int)(share * 4) > _quarter)
        {
            _quarter = (int)(share * 4);
            context.Log($"{what}: {_quarter * 25} % {detail}".TrimEnd());
        }
    }

    public void Dispose()
    {
        if (_drawn)
        {
            Console.Error.Write("\r\u001b[K");
        }
    }
}
