using System.Diagnostics;
using System.Globalization;
using KismetPS.Tracking;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace KismetPS.Cli.Output;

/// <summary>
/// The devices of a session as a table that is drawn again and again, the loudest on top, as many as the terminal holds; its channels as bars beside it,
/// or under it where the terminal is narrow.
/// </summary>
internal static class LiveTable
{
    private const int OtherLines = 9;
    private const int RedrawMs = 250;

    // A table that is narrower than this leaves out too much.
    private const int TableWidth = 88;
    private const int Between = 2;

    // Bars under the table: so many channels, where at least as many devices are left.
    private const int BarsUnder = 6;

    /// <summary>Draws until <paramref name="done"/> says so.</summary>
    /// <param name="context">The terminal.</param>
    /// <param name="session">Whose devices.</param>
    /// <param name="footer">A line under the table.</param>
    /// <param name="done">Asked before each drawing.</param>
    public static void Run(CliContext context, DeviceSession session, Func<string> footer, Func<bool> done)
    {
        context.Out.Flush();
        while (!done())
        {
            (int Width, int Height) size = Size(context);
            bool resized = false;
            context.Terminal.Live(Picture(context, session, footer())).AutoClear(true).Overflow(VerticalOverflow.Crop).Start(live =>
            {
                while (!done() && !resized)
                {
                    long begin = Stopwatch.GetTimestamp();
                    live.UpdateTarget(Picture(context, session, footer()));
                    live.Refresh();

                    // A picture of very many devices takes its time; most of the time belongs to receiving them.
                    Thread.Sleep(Math.Max(RedrawMs, 4 * (int)Stopwatch.GetElapsedTime(begin).TotalMilliseconds));
                    resized = Size(context) != size;
                }
            });
            if (resized)
            {
                // The terminal has broken the old lines anew, where they begin is not known any more; and a live picture never becomes smaller.
                context.Terminal.Clear(home: true);
            }
        }
    }

    /// <summary>A bar of a share from 0 to 1.</summary>
    public static string Bar(double share, int cells = 40)
    {
        int full = (int)(Math.Clamp(share, 0, 1) * cells);
        return string.Create(CultureInfo.InvariantCulture, $"{new string('━', full)}{new string('─', cells - full)} {share,4:P0}");
    }

    private static (int Width, int Height) Size(CliContext context) => (context.Terminal.Profile.Width, context.Terminal.Profile.Height);

    private static Rows Picture(CliContext context, DeviceSession session, string footer)
    {
        KismetStatistic statistic = session.Statistics;
        (int width, int height) = Size(context);
        int room = Math.Max(3, height - OtherLines);
        bool beside = width >= TableWidth + Between + ChannelBars.Width;
        bool under = !beside && room >= 3 * BarsUnder;
        IReadOnlyList<KismetDevice> devices = DeviceOutput.BySignal(session.GetDevices());
        IRenderable? bars = beside || under ? ChannelBars.Draw(devices, beside ? room : BarsUnder, beside ? ChannelBars.Width : width - 1) : null;
        if (under && bars is not null)
        {
            // Its title, a line for what is left out, and one between.
            room -= BarsUnder + 3;
        }

        string title = string.Create(CultureInfo.InvariantCulture, $"{session.EndPoint}: {statistic.Devices} devices, {statistic.Networks} networks, {statistic.FramesPerSecond:0} frames/s");
        IRenderable table = TablePrinter.Draw(context, title, devices.Take(room), Columns.Device, bars is not null && beside ? ChannelBars.Width + Between : 0);
        string more = devices.Count > room ? string.Create(CultureInfo.InvariantCulture, $"and {devices.Count - room} more") : string.Empty;
        List<IRenderable> rows = [bars is not null && beside ? Beside(table, bars) : table, new Text(more)];
        if (bars is not null && under)
        {
            rows.AddRange([bars, Text.Empty]);
        }

        rows.Add(new Text(TerminalText.Clean(footer)));
        return new Rows(rows);
    }

    private static Grid Beside(IRenderable table, IRenderable bars) => new Grid()
        .AddColumn(new GridColumn { Padding = new Padding(0, 0, Between, 0) })
        .AddColumn(new GridColumn { Width = ChannelBars.Width, Padding = new Padding(0) })
        .AddRow(table, bars);
}
