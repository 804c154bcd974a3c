using System.Text;
using KismetPS.Capture;
using KismetPS.Tracking;
using KismetPS.Tracking.Remote;

namespace KismetPS.Kismet.Text.Client;

/// <summary>What users are told of a text server and of the connection to it.</summary>
internal sealed class ServerReport(RemoteTables tables, TextWorld world, TextConversation conversation, LinkState state)
{
    /// <summary>The server as it is known now.</summary>
    public KismetServerInfo Info()
    {
        using (tables.Enter())
        {
            ServerFacts server = world.Server;
            ServerTotals totals = server.Totals;
            totals.InFeet = world.Era == TextEra.Stable;
            (double? latitude, double? longitude, double? altitude) = totals.Position();
            return new KismetServerInfo
            {
                SessionId = tables.SessionId,
                EndPoint = world.EndPoint,
                Protocol = KismetServerProtocol.Text,
                Era = world.Era == TextEra.Unknown ? null : world.Era.ToString(),
                ServerName = server.Greeting is { } greeting ? UserText.Of(Encoding.Latin1.GetBytes(greeting.ServerName)) : null,
                Version = server.Greeting?.Release,
                StartTime = server.Greeting?.StartedUtc,
                ServerTime = server.Time,
                Networks = totals.Networks < 0 ? null : totals.Networks,
                Packets = totals.Packets < 0 ? null : totals.Packets,
                PacketsPerSecond = totals.Rate < 0 ? null : totals.Rate,
                BatteryPercent = totals.BatteryPercent(),
                Latitude = latitude,
                Longitude = longitude,
                AltitudeM = altitude,
                IsConnected = state.IsConnected,
                Reconnects = state.Reconnects,
                LastHeard = state.Heard,
                LastFailure = state.Failure,
                Channels = server.Channels(),
                Messages = server.Messages(),
            };
        }
    }

    /// <summary>The counters now.</summary>
    public KismetStatistic Statistics()
    {
        List<KismetCounter> reasons = [];
        long dropped = 0;
        long malformed = 0;
        foreach (TextDropReason reason in Enum.GetValues<TextDropReason>())
        {
            long count = world.Dropped(reason);
            if (count > 0)
            {
                reasons.Add(new KismetCounter { Name = reason.ToString(), Count = count });
                dropped += reason is TextDropReason.BadValue ? 0 : count;
                malformed += reason is TextDropReason.BadValue or TextDropReason.GroupAddress or TextDropReason.NotAskedFor or TextDropReason.TooMany ? 0 : count;
            }
        }

        (long lines, long longLines, _) = conversation.Counters;
        if (longLines > 0)
        {
            reasons.Add(new KismetCounter { Name = "LongLine", Count = longLines });
        }

        return new KismetStatistic
        {
            SessionId = tables.SessionId,
            Name = tables.SessionName,
            Received = lines + longLines,
            Decoded = world.Taken,
            Malformed = malformed + longLines,
            Dropped = dropped + longLines,
            Bytes = conversation.Bytes,
            FramesPerSecond = Math.Max(0, world.Server.Totals.Rate),
            Devices = tables.DeviceCount,
            Networks = tables.NetworkCount,
            Expired = state.Expired,
            Evicted = tables.Evicted,
            Alerts = tables.AlertCount,
            DropReasons = reasons.Count == 0 ? DetailList<KismetCounter>.Empty : new DetailList<KismetCounter>(reasons),
        };
    }
}
