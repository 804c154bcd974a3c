using System.Diagnostics;
using System.Globalization;
using KismetPS.Tracking;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace KismetPS.Cli.Output;

/// <summary>The devices of a session as a table that is drawn again and again, the loudest on top, as many as the terminal holds.</summary>
internal static class LiveTable
{
    private const int OtherLines = 9;
    private const int RedrawMs = 250;

    /// <summary>Draws until <paramref name="done"/> says so.</summary>
    /// <param name="context">The terminal.</param>
    /// <param name="session">Whose devices.</param>
    /// <param name="footer">A line under the table.</param>
    /// <param name="done">Asked before each drawing.</param>
    public static void Run(CliContext context, DeviceSession session, Func<string> footer, Func<bool> done)
    {
        context.Out.Flush();
        context.Terminal.Live(Picture(context, session, footer())).AutoClear(true).Overflow(VerticalOverflow.Crop).Start(live =>
        {
            while (!done())
            {
                long begin = Stopwatch.GetTimestamp();
                live.UpdateTarget(Picture(context, session, footer()));
                live.Refresh();

                // A picture of very many devices takes its time; most of the time belongs to receiving them.
                Thread.Sleep(Math.Max(RedrawMs, 4 * (int)Stopwatch.GetElapsedTime(begin).TotalMilliseconds));
            }
        });
    }

    /// <summary>A bar of a share from 0 to 1.</summary>
    public static string Bar(double share, int cells = 40)
    {
        int full = (int)(Math.Clamp(share, 0, 1) * cells);
        return string.Create(CultureInfo.InvariantCulture, $"{new string('━', full)}{new string('─', cells - full)} {share,4:P0}");
    }

    private static Rows Picture(CliContext context, DeviceSession session, string footer)
    {
        KismetStatistic statistic = session.Statistics;
        int room = Math.Max(3, context.Terminal.Profile.Height - OtherLines);
        IReadOnlyList<KismetDevice> devices = DeviceOutput.BySignal(session.GetDevices());
        string title = string.Create(CultureInfo.InvariantCulture, $"{session.EndPoint}: {statistic.Devices} devices, {statistic.Networks} networks, {statistic.FramesPerSecond:0} frames/s");
        IRenderable table = TablePrinter.Draw(context, title, devices.Take(room), Columns.Device);
        string more = devices.Count > room ? string.Create(CultureInfo.InvariantCulture, $"and {devices.Count - room} more") : string.Empty;
        return new Rows(table, new Text(more), new Text(TerminalText.Clean(footer)));
    }
}
