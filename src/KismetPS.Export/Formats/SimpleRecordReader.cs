using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.Export.Formats;

/// <summary>Lines of the simple format to devices; those of alerts are left out.</summary>
internal sealed class SimpleRecordReader(TextReader reader) : IDeviceRecordReader
{
    private readonly BoundedLineReader _lines = new(reader);

    public long Line => _lines.Line;

    public string? Start() => null;

    public bool TryRead(out KismetDevice? device, out string? problem)
    {
        device = null;
        while (_lines.TryRead(out string? line, out problem))
        {
            if (problem is not null)
            {
                return true;
            }

            string[] fields = line!.TrimStart('\uFEFF').Split('|');
            if (line.Length == 0 || fields[0] == "ALERT")
            {
                continue;
            }

            if (fields[0] is not ("DEVICE" or "EXPIRED") || fields.Length != 5 || !MacAddress.TryParse(fields[1], null, out MacAddress mac)
                || !IntegerCodec.Instance.TryParse(fields[3], out int? signal) || !CountCodec.Instance.TryParse(fields[4], out long packets))
            {
                problem = "it is no line of DEVICE, address, physical layer, signal, packets";
                return true;
            }

            device = new KismetDevice { MacAddress = mac.ToString(), SignalDbm = signal, Packets = packets };
            return true;
        }

        return false;
    }
}
