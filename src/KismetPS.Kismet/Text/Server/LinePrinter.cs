using KismetPS.Kismet.Text.Values;
using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Text.Server;

/// <summary>Prints for a group of clients what they all get, once. Null where there is nothing. Under the hub's gate.</summary>
/// <param name="model">What is known.</param>
/// <param name="uuidOf">The number of a sensor of a session.</param>
internal sealed class LinePrinter(WireModel model, Func<int, string, Guid> uuidOf)
{
    private readonly BatchWriter _output = new();

    /// <summary>What a tick has for a group.</summary>
    public OutputBatch? Tick(LineGroup group, in WireTick tick)
    {
        SentenceWriter writer = Begin(group);
        int lines = group.Sentence.Kind switch
        {
            SentenceKind.Time => Time(ref writer, tick.Now),
            SentenceKind.Source or SentenceKind.Card => ServerLines.Sources(ref writer, group, tick.Sources),
            SentenceKind.Info => ServerLines.Info(ref writer, group, tick.Totals),
            SentenceKind.Battery => ServerLines.Battery(ref writer, group),

            // Newcore tells it only where there is a receiver.
            SentenceKind.Gps when group.Sentence.Era == TextEra.Stable => ServerLines.Gps(ref writer, group),
            SentenceKind.Channel when tick.Channels is { } channels => ServerLines.Channels(ref writer, group, channels),
            SentenceKind.Remove => Removed(ref writer, group),
            >= SentenceKind.Network and <= SentenceKind.CliTag => Changed(ref writer, group),
            _ => 0,
        };
        return Take(ref writer, lines);
    }

    /// <summary>A page of all that was known at a version, for a dump.</summary>
    public OutputBatch? Page(LineGroup group, int page, long until)
    {
        long version = model.PageChanged(page);
        if (version <= until && group.TryGetPage(page, version, out OutputBatch? batch))
        {
            return batch;
        }

        SentenceWriter writer = Begin(group);
        int lines = 0;
        foreach (WireDevice? device in model.Page(page))
        {
            if (device is not null && device.Added != 0 && device.Added <= until)
            {
                lines += DeviceLines.Write(ref writer, group, device, uuidOf);
            }
        }

        batch = Take(ref writer, lines);
        if (version <= until)
        {
            group.KeepPage(page, version, batch);
        }

        return batch;
    }

    /// <summary>Sources.</summary>
    public OutputBatch? Sources(LineGroup group, IReadOnlyList<WireSource> sources)
    {
        SentenceWriter writer = Begin(group);
        return Take(ref writer, ServerLines.Sources(ref writer, group, sources));
    }

    /// <summary>Alerts.</summary>
    public OutputBatch? Alerts(LineGroup group, IEnumerable<KismetAlert> alerts)
    {
        SentenceWriter writer = Begin(group);
        int lines = 0;
        foreach (KismetAlert alert in alerts)
        {
            lines += ServerLines.Alert(ref writer, group, alert);
        }

        return Take(ref writer, lines);
    }

    /// <summary>A message.</summary>
    public OutputBatch? Status(LineGroup group, ReadOnlySpan<byte> text, MessageFlags flags)
    {
        SentenceWriter writer = Begin(group);
        return Take(ref writer, ServerLines.Status(ref writer, group, text, flags));
    }

    /// <summary>Good-bye.</summary>
    public OutputBatch? Terminate(LineGroup group)
    {
        SentenceWriter writer = Begin(group);
        writer.Raw("TERMINATE"u8, "Kismet server terminating."u8);
        return Take(ref writer, 1);
    }

    private static int Time(ref SentenceWriter writer, DateTimeOffset now)
    {
        writer.Raw("TIME"u8, now.ToUnixTimeSeconds());
        return 1;
    }

    private int Removed(ref SentenceWriter writer, LineGroup group)
    {
        foreach (MacAddress bssid in model.Removed)
        {
            DeviceLines.Removed(ref writer, group, bssid);
        }

        return model.Removed.Count;
    }

    private int Changed(ref SentenceWriter writer, LineGroup group)
    {
        int lines = 0;
        bool tags = group.Sentence.Kind is SentenceKind.NetTag or SentenceKind.CliTag;
        foreach (WireDevice device in model.Changed)
        {
            // Tags say what hardly ever changes, so they are told when it does.
            if (device.Added != 0 && (!tags || device.TagsChanged == model.Version || device.Added == model.Version))
            {
                lines += DeviceLines.Write(ref writer, group, device, uuidOf);
            }
        }

        return lines;
    }

    private SentenceWriter Begin(LineGroup group) => new(_output, group.Sentence.Era);

    private OutputBatch? Take(ref SentenceWriter writer, int lines)
    {
        writer.Flush();
        _output.Lines += lines;
        return _output.Take();
    }
}
