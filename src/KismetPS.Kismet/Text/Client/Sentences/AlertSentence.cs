using KismetPS.Kismet.Text.Values;
using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Text.Client.Sentences;

/// <summary>ALERT of either era.</summary>
internal static class AlertSentence
{
    /// <summary>Takes an alert; false when it came to nothing. One without a time is of now.</summary>
    public static bool Take(TextWorld world, scoped ref FieldReader fields, DateTimeOffset now)
    {
        long seconds = 0;
        long microseconds = 0;
        MacAddress bssid = default;
        MacAddress source = default;
        MacAddress destination = default;
        int channel = 0;
        ReadOnlySpan<byte> header = [];
        ReadOnlySpan<byte> text = [];
        while (fields.TryRead(out TextField field, out Word word))
        {
            switch (field)
            {
                case TextField.Sec:
                    fields.Check(word.TryCount(ref seconds));
                    break;
                case TextField.Usec:
                    fields.Check(word.TryCount(ref microseconds));
                    break;
                case TextField.Header:
                    header = word.Value;
                    break;
                case TextField.Bssid:
                    fields.Check(word.TryGetMac(out bssid));
                    break;
                case TextField.Source:
                    fields.Check(word.TryGetMac(out source));
                    break;
                case TextField.Dest:
                    fields.Check(word.TryGetMac(out destination));
                    break;
                case TextField.Channel:
                    fields.Check(word.TryNumber(0, 1000, ref channel));
                    break;
                case TextField.Text:
                    text = word.Value;
                    break;
                default:
                    break;
            }
        }

        if (!fields.IsWhole(world))
        {
            return false;
        }

        if (!world.Alerts.IsNew(HashCode.Combine(seconds, microseconds, source, bssid), Hash(header) ^ Hash(text)))
        {
            return true;
        }

        Add(world, UserText.Time(seconds)?.AddMicroseconds(microseconds % 1_000_000) ?? now, header, text, bssid, source, destination, channel);
        return true;
    }

    private static void Add(TextWorld world, DateTimeOffset time, ReadOnlySpan<byte> header, ReadOnlySpan<byte> text, MacAddress bssid, MacAddress source, MacAddress destination, int channel)
    {
        bool known = AlertHeader.TryRead(header, out KismetAlertType type);
        string headerText = UserText.Plain(header);
        string sentenceText = UserText.Of(text);
        string? ssid = world.Device(bssid)?.Bss?.Current?.Name is { Length: > 0 } name ? name : null;
        world.Tables.AddAlert(sequence => new KismetAlert
        {
            Sequence = sequence,
            Time = time,
            Type = known ? type : KismetAlertType.Other,
            Header = headerText,
            Text = sentenceText,
            Bssid = Address(bssid),
            MacAddress = Address(source),
            Destination = Address(destination),
            Ssid = ssid,
            Channel = channel == 0 ? null : channel,
            SessionId = world.SessionId,
        });
    }

    private static string? Address(MacAddress address) => address.IsZero ? null : address.ToString();

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        HashCode hash = default;
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
