using KismetPS.Bench.Corpora;
using KismetPS.Kismet.Rest;
using KismetPS.Tracking.Remote;

namespace KismetPS.Bench.Measures;

/// <summary>Records of polls into the tables, on one core: all of them changed, or none.</summary>
internal sealed class PolledRecordMeasure
{
    private const int Devices = 10_000;

    private readonly PolledRecords _records = new(Devices);
    private readonly RemoteTables _tables = new(Devices * 2, 100, 1);
    private readonly RestTables _rest;
    private readonly bool _changed;
    private int _round;

    private PolledRecordMeasure(bool changed)
    {
        _changed = changed;
        _rest = new RestTables(_tables, "bench");
        Round();
    }

    /// <summary>Measures.</summary>
    public static void Run(bool changed, double seconds)
    {
        PolledRecordMeasure measure = new(changed);
        Loop.Run(seconds, measure.Round);
        Output.Put("bytes", measure._records.Bytes.Length / Devices);
        Output.Put("malformed", measure._rest.Malformed);
        Output.Put("devices", measure._tables.DeviceCount);
    }

    private long Round()
    {
        _round++;
        if (_changed)
        {
            for (int i = 0; i < Devices; i++)
            {
                _records.Touch(i, 1_700_000_000 + (_round & 0xFFFFF), 1_000_000 + (_round & 0xFFFFF));
            }
        }

        using (_tables.Enter())
        {
            for (int i = 0; i < Devices; i++)
            {
                _rest.Take(_records[i]);
            }
        }

        return Devices;
    }
}
