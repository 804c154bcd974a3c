using System.Globalization;
using KismetPS.Tracking;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace KismetPS.Cli.Output;

/// <summary>How many devices were last heard on which channel, as bars.</summary>
internal static class ChannelBars
{
    /// <summary>Cells the bars take.</summary>
    public const int Width = 32;

    private const int Lowest6GHz = 5925;

    /// <summary>The channels with the most devices, by number; null where no channel is known.</summary>
    /// <param name="devices">Devices.</param>
    /// <param name="room">Most channels.</param>
    /// <param name="width">Cells.</param>
    public static IRenderable? Draw(IEnumerable<KismetDevice> devices, int room, int width = Width)
    {
        // Channel numbers of 6 GHz begin at 1 again.
        (int Channel, bool Is6GHz, int Devices)[] channels =
        [
            .. devices.Where(static d => d.Channel is not null)
                .GroupBy(static d => (Channel: d.Channel!.Value, Is6GHz: d.FrequencyMHz >= Lowest6GHz))
                .Select(static g => (g.Key.Channel, g.Key.Is6GHz, Devices: g.Count()))
                .OrderByDescending(static c => c.Devices)
                .ThenBy(static c => c.Is6GHz)
                .ThenBy(static c => c.Channel),
        ];
        if (channels.Length == 0)
        {
            return null;
        }

        BarChart chart = new BarChart { Width = width, Culture = CultureInfo.InvariantCulture }.Label("Devices by channel").CenterLabel();
        foreach ((int channel, bool is6GHz, int count) in channels.Take(room).OrderBy(static c => c.Is6GHz).ThenBy(static c => c.Channel))
        {
            Color color = is6GHz ? Color.Purple : channel > 14 ? Color.Teal : Color.Green;
            chart.AddItem(string.Create(CultureInfo.InvariantCulture, $"{channel}{(is6GHz ? " 6G" : string.Empty)}"), count, color);
        }

        string more = channels.Length > room ? string.Create(CultureInfo.InvariantCulture, $"and {channels.Length - room} channels more") : string.Empty;
        return more.Length == 0 ? chart : new Rows(chart, new Text(more));
    }
}
