using KismetPS.Capture;
using KismetPS.Tracking.Tables;
using KismetPS.Wireless;
using KismetPS.Wireless.Radio;

namespace KismetPS.Tracking.Engine;

/// <summary>Puts the counters of source, decoder, tables and queues into one picture.</summary>
internal sealed class StatisticBuilder(CaptureEngine engine, IFrameSource source, int sessionId, string name)
{
    /// <summary>The picture now.</summary>
    public KismetStatistic Build()
    {
        SourceCounters counters = source.ReadCounters();
        TableCounters tables;
        int devices;
        int networks;
        long namesRefused;
        long suppressed;
        engine.Gate.EnterReader();
        try
        {
            tables = engine.Tracker.Tables.Counters;
            devices = engine.Tracker.Tables.Devices.Count;
            networks = engine.Tracker.Tables.Networks.Count;
            namesRefused = engine.Tracker.Tables.Names.Refused;
            suppressed = engine.Tracker.Alerts.Suppressed;
        }
        finally
        {
            engine.Gate.ExitReader();
        }

        List<KismetCounter> reasons = [];
        long malformed = 0;
        long dropped = 0;
        foreach ((SourceDropReason reason, long count) in counters.Drops ?? new Dictionary<SourceDropReason, long>())
        {
            Add(reasons, reason.ToString(), count);
            dropped += count;
            malformed += reason is SourceDropReason.TzspTruncated or SourceDropReason.TzspVersion or SourceDropReason.TzspType or SourceDropReason.RecordMalformed
                or SourceDropReason.DroneMalformed or SourceDropReason.DroneSentinel or SourceDropReason.DroneTooLong or SourceDropReason.DroneVersion ? count : 0;
        }

        foreach (DecodeStatus status in Enum.GetValues<DecodeStatus>())
        {
            if (status != DecodeStatus.Ok)
            {
                long count = engine.Outcome(status);
                Add(reasons, status.ToString(), count);
                dropped += count;
                malformed += status is DecodeStatus.NotWireless or DecodeStatus.UnsupportedType ? 0 : count;
            }
        }

        (long highWater, long queueDropped) = engine.QueueCounters();
        Add(reasons, "QueueFull", queueDropped);
        Add(reasons, nameof(TableCounters.DevicesEvicted), tables.DevicesEvicted);
        Add(reasons, nameof(TableCounters.NetworksRefused), tables.NetworksRefused);
        Add(reasons, nameof(TableCounters.ProbesRefused), tables.ProbesRefused);
        Add(reasons, nameof(TableCounters.LinksRefused), tables.LinksRefused);
        Add(reasons, nameof(TableCounters.SensorsRefused), tables.SensorsRefused);
        Add(reasons, "NamesRefused", namesRefused);
        Add(reasons, "AlertsSuppressed", suppressed);
        return new KismetStatistic
        {
            SessionId = sessionId,
            Name = name,
            Received = counters.Received,
            Decoded = engine.Outcome(DecodeStatus.Ok),
            Malformed = malformed,
            Dropped = dropped,
            KernelDropped = counters.KernelDropped,
            Bytes = counters.Bytes,
            Duplicates = engine.Tracker.Duplicates,
            FramesPerSecond = engine.FramesPerSecond,
            QueueHighWater = highWater,
            QueueDropped = queueDropped,
            ReceiveBufferBytes = counters.ReceiveBufferBytes,
            Devices = devices,
            Networks = networks,
            Expired = tables.DevicesExpired,
            Evicted = tables.DevicesEvicted + tables.NetworksRefused + tables.ProbesRefused + tables.LinksRefused + tables.SensorsRefused + namesRefused,
            Alerts = engine.Tracker.Alerts.Count,
            EapolKeys = engine.Tracker.EapolKeys,
            DropReasons = new DetailList<KismetCounter>(reasons),
            Sensors = new DetailList<KismetSensor>([.. source.Origins.Select(Sensor)]),
        };
    }

    private static void Add(List<KismetCounter> reasons, string name, long count)
    {
        if (count > 0)
        {
            reasons.Add(new KismetCounter { Name = name, Count = count });
        }
    }

    private static KismetSensor Sensor(FrameOrigin origin) => new()
    {
        Id = origin.Id,
        Address = origin.Address,
        Serial = origin.Serial,
        Name = origin.Name,
        Location = origin.Location,
        Received = origin.Counters.Received,
        Lost = origin.Counters.Lost,
        Reordered = origin.Counters.Reordered,
        Duplicates = origin.Counters.Duplicates,
        Restarts = origin.Counters.Restarts,
        Malformed = origin.Counters.Malformed,
        SendsFcs = origin.Fcs.Habit switch
        {
            FcsState.Present => true,
            FcsState.Absent => false,
            _ => null,
        },
        LastSeen = origin.Counters.LastSeenNs == 0 ? null : UnixTime.ToDateTime(origin.Counters.LastSeenNs),
    };
}
