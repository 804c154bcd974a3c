using KismetPS.Tracking;

namespace KismetPS.Export.Formats;

/// <summary>Reads the devices of one format.</summary>
internal interface IDeviceRecordReader
{
    /// <summary>Line on which the last record began.</summary>
    long Line { get; }

    /// <summary>Looks at the beginning; gives what is wrong with it.</summary>
    string? Start();

    /// <summary>Reads the next record; false at the end. Either the device or the problem is set.</summary>
    bool TryRead(out KismetDevice? device, out string? problem);
}
