using System.Globalization;
using System.Text;
using KismetPS.Bench.Report;

namespace KismetPS.Bench.Goals;

/// <summary>The growth as a table of values (CSV) and as a drawing (SVG) beside it.</summary>
internal static class GrowthFile
{
    private const int PanelWidth = 300;
    private const int PanelHeight = 190;
    private const int Columns = 3;
    private const int Left = 20;
    private const int Top = 46;
    private const int PlotWidth = 260;
    private const int PlotHeight = 110;

    /// <summary>Writes both.</summary>
    /// <param name="path">Without extension.</param>
    /// <param name="axes">What was measured.</param>
    public static void Write(string path, IReadOnlyList<Growth> axes)
    {
        StringBuilder csv = new("axis,size,ns\n");
        foreach (Growth axis in axes)
        {
            foreach ((int size, double ns) in axis.Points)
            {
                csv.Append(CultureInfo.InvariantCulture, $"\"{axis.What}\",{size},{ns:F1}\n");
            }
        }

        File.WriteAllText(path + ".csv", csv.ToString());
        File.WriteAllText(path + ".svg", Draw(axes));
        Console.WriteLine($"  written: {path}.csv, {path}.svg");
    }

    private static string Draw(IReadOnlyList<Growth> axes)
    {
        int rows = (axes.Count + Columns - 1) / Columns;
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Columns * PanelWidth} {rows * PanelHeight}\" font-family=\"sans-serif\" font-size=\"11\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (int i = 0; i < axes.Count; i++)
        {
            Panel(svg, axes[i], i % Columns * PanelWidth, i / Columns * PanelHeight);
        }

        return svg.Append("</svg>\n").ToString();
    }

    // From zero up, so that what looks flat is flat.
    private static void Panel(StringBuilder svg, Growth axis, int x, int y)
    {
        IReadOnlyList<(int Size, double Ns)> points = axis.Points;
        double top = points.Max(static p => p.Ns) * 1.15;
        double step = (double)PlotWidth / points.Count;
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + Left}\" y=\"{y + 20}\" font-weight=\"bold\">{axis.What}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + Left}\" y=\"{y + 34}\" fill=\"#555\">ns of processor time a frame</text>\n");
        for (int i = 0; i < points.Count; i++)
        {
            double height = Math.Max(1, points[i].Ns / top * PlotHeight);
            double left = x + Left + (i * step) + (step * 0.15);
            double middle = left + (step * 0.35);
            double up = y + Top + PlotHeight - height;
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left:F1}\" y=\"{up:F1}\" width=\"{step * 0.7:F1}\" height=\"{height:F1}\" fill=\"{(axis.IsJudged ? "#2a6f97" : "#a9a9a9")}\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{middle:F1}\" y=\"{up - 3:F1}\" text-anchor=\"middle\">{Units.Number(points[i].Ns)}</text>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{middle:F1}\" y=\"{y + Top + PlotHeight + 14}\" text-anchor=\"middle\">{points[i].Size.ToString("N0", CultureInfo.InvariantCulture)}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x + Left}\" y1=\"{y + Top + PlotHeight}\" x2=\"{x + Left + PlotWidth}\" y2=\"{y + Top + PlotHeight}\" stroke=\"black\"/>\n");
    }
}
