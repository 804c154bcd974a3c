using System.Globalization;
using System.Text;
using KismetPS.Kismet.Text.Values;
using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Text.Server;

/// <summary>Prints the sentences that tell of the server itself: sources, counters, channels, messages, alerts.</summary>
internal static class ServerLines
{
    // Shown by the old clients as the build; the same in every release of 2005 to 2008.
    private static ReadOnlySpan<byte> StableTimestamp => "20050815211952"u8;

    /// <summary>The greeting of an era: the words behind the third mean different things.</summary>
    public static void Greeting(ref SentenceWriter writer, TextEra era, TextHubOptions options)
    {
        writer.Begin("KISMET"u8);
        writer.Word("0.0.0"u8);
        writer.Number(options.StartTime.ToUnixTimeSeconds());
        FieldWriter.Quoted(ref writer, options.ServerName);
        if (era == TextEra.Stable)
        {
            writer.Word(StableTimestamp);
            writer.Number(0L);
            FieldWriter.Word(ref writer, options.StableVersion);
        }
        else
        {
            writer.Quoted([]);
            writer.Number((long)options.UserId);
        }

        writer.End();
    }

    /// <summary>SOURCE or CARD, one line each.</summary>
    public static int Sources(ref SentenceWriter writer, LineGroup group, IReadOnlyList<WireSource> sources)
    {
        for (int number = 0; number < sources.Count; number++)
        {
            WireSource source = sources[number];
            writer.Begin(group.Sentence.Definition.NameBytes);
            foreach (byte index in group.Selection.Indexes)
            {
                switch (group.Sentence[index])
                {
                    case WireField.Interface:
                        FieldWriter.Word(ref writer, source.Interface);
                        break;
                    case WireField.Type:
                        FieldWriter.Word(ref writer, source.Type);
                        break;
                    case WireField.Username when group.Sentence.Kind == SentenceKind.Card:
                        FieldWriter.Quoted(ref writer, source.Name);
                        break;
                    case WireField.Username:
                        FieldWriter.Word(ref writer, source.Name);
                        break;
                    case WireField.Uuid:
                        writer.Uuid(source.Uuid);
                        break;
                    case WireField.Id:
                        writer.Number((long)number);
                        break;
                    case WireField.Packets:
                        writer.Number(source.Packets);
                        break;
                    case WireField.Channel:
                        writer.Number((long)source.Channel);
                        break;
                    case WireField.Velocity:
                        // What newcore's servers tell of sources that do not hop.
                        writer.Number(3L);
                        break;
                    case WireField.Error:
                        writer.Flag(source.Problem.Length > 0);
                        break;
                    case WireField.Warning:
                        FieldWriter.Quoted(ref writer, source.Problem);
                        break;
                    default:
                        writer.Number(0L);
                        break;
                }
            }

            writer.End();
        }

        return sources.Count;
    }

    /// <summary>INFO.</summary>
    public static int Info(ref SentenceWriter writer, LineGroup group, in WireTotals totals)
    {
        writer.Begin("INFO"u8);
        foreach (byte index in group.Selection.Indexes)
        {
            WireField field = group.Sentence[index];
            writer.Number(field switch
            {
                WireField.Networks => totals.Networks,
                WireField.Packets => totals.Packets,
                WireField.Crypt => totals.Crypt,
                WireField.Noise => totals.Noise,
                WireField.Dropped => totals.Dropped,
                WireField.Rate => totals.Rate,
                WireField.Clients => totals.Clients,
                WireField.LlcPackets => totals.LlcPackets,
                WireField.DataPackets => totals.DataPackets,
                WireField.NumSources => totals.Sources,
                WireField.NumErrorSources => totals.ErrorSources,
                _ => 0,
            });
            if (field == WireField.Signal && group.Sentence.Era == TextEra.Stable)
            {
                // One field of three words wherever it is asked for: quality, signal, noise. The server of 2008 has no quality, but which one a client
                // was made for is not known, and its own client reads neither.
                writer.Number(0L);
                writer.Number(0L);
            }
        }

        writer.End();
        return 1;
    }

    /// <summary>CHANNEL, one line each.</summary>
    public static int Channels(ref SentenceWriter writer, LineGroup group, IEnumerable<WireChannel> channels)
    {
        int lines = 0;
        foreach (WireChannel channel in channels)
        {
            writer.Begin("CHANNEL"u8);
            foreach (byte index in group.Selection.Indexes)
            {
                writer.Number(group.Sentence[index] switch
                {
                    WireField.Channel => channel.Number,
                    WireField.Packets => channel.Packets,
                    WireField.PacketsDelta => channel.PacketsDelta,
                    WireField.Bytes => channel.Bytes,
                    WireField.BytesDelta => channel.BytesDelta,
                    WireField.Networks => channel.Networks,
                    WireField.ActiveNetworks => channel.ActiveNetworks,
                    WireField.MaxSignalDbm => channel.MaxSignal,
                    WireField.MaxNoiseDbm => channel.MaxNoise,
                    _ => 0,
                });
            }

            writer.End();
            lines++;
        }

        return lines;
    }

    /// <summary>BATTERY: none, and the mains are there, as newcore's servers tell where there is no battery.</summary>
    public static int Battery(ref SentenceWriter writer, LineGroup group)
    {
        writer.Begin("BATTERY"u8);
        foreach (byte index in group.Selection.Indexes)
        {
            writer.Flag(group.Sentence[index] == WireField.Ac);
        }

        writer.End();
        return 1;
    }

    /// <summary>GPS: no fix. Stable sends it each second all the same; newcore only with a receiver.</summary>
    public static int Gps(ref SentenceWriter writer, LineGroup group)
    {
        writer.Begin("GPS"u8);
        foreach (byte index in group.Selection.Indexes)
        {
            switch (group.Sentence[index])
            {
                case WireField.Fix or WireField.Connected:
                    writer.Number(0L);
                    break;
                case WireField.SatInfo:
                    writer.Quoted([]);
                    break;
                default:
                    writer.Word("0.0"u8);
                    break;
            }
        }

        writer.End();
        return 1;
    }

    /// <summary>STATUS; one raw text in stable.</summary>
    public static int Status(ref SentenceWriter writer, LineGroup group, scoped ReadOnlySpan<byte> text, MessageFlags flags)
    {
        if (group.Sentence.Era == TextEra.Stable)
        {
            writer.Raw("STATUS"u8, text);
            return 1;
        }

        writer.Begin("STATUS"u8);
        foreach (byte index in group.Selection.Indexes)
        {
            if (group.Sentence[index] == WireField.Flags)
            {
                writer.Number((long)flags);
            }
            else
            {
                writer.Quoted(text);
            }
        }

        writer.End();
        return 1;
    }

    /// <summary>ALERT.</summary>
    public static int Alert(ref SentenceWriter writer, LineGroup group, KismetAlert alert)
    {
        writer.Begin("ALERT"u8);
        foreach (byte index in group.Selection.Indexes)
        {
            switch (group.Sentence[index])
            {
                case WireField.Sec:
                    writer.Number(alert.Time.ToUnixTimeSeconds());
                    break;
                case WireField.Usec:
                    writer.Number(alert.Time.ToUniversalTime().Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
                    break;
                case WireField.Header:
                    writer.Word(HeaderOf(alert));
                    break;
                case WireField.Bssid:
                    Mac(ref writer, alert.Bssid);
                    break;
                case WireField.Source:
                    Mac(ref writer, alert.MacAddress);
                    break;
                case WireField.Dest:
                    Mac(ref writer, alert.Destination);
                    break;
                case WireField.Other:
                    Mac(ref writer, null);
                    break;
                case WireField.Channel:
                    writer.Number(alert.Channel ?? 0);
                    break;
                default:
                    FieldWriter.Quoted(ref writer, alert.Text);
                    break;
            }
        }

        writer.End();
        return 1;
    }

    private static void Mac(ref SentenceWriter writer, string? text) =>
        writer.Mac(MacAddress.TryParse(text, CultureInfo.InvariantCulture, out MacAddress mac) ? mac : default);

    // A kind that only the server we heard it from knows goes on under its own name, if that is a name.
    private static ReadOnlySpan<byte> HeaderOf(KismetAlert alert) =>
        alert.Type == KismetAlertType.Other && alert.Header is { Length: > 0 and <= 32 } header && header.All(char.IsAsciiLetterOrDigit)
            ? Encoding.ASCII.GetBytes(header)
            : AlertHeader.Of(alert.Type);
}
