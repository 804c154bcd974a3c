using System.Globalization;
using System.Text;

namespace KismetPS.Export.Messages;

/// <summary>The header of a syslog message (RFC 5424 6.2): what is the same in every message is made once.</summary>
internal sealed class SyslogHeader
{
    private const int Informational = 6;
    private const int Warning = 4;

    private readonly byte[] _afterTime;
    private readonly int _facility;

    public SyslogHeader(MessageOptions options)
    {
        _facility = Math.Clamp(options.Facility, 0, 23);
        string process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        _afterTime = Encoding.ASCII.GetBytes($" {Printable(options.HostName, 255)} {Printable(options.AppName, 48)} {process} ");
    }

    /// <summary>Writes it, with the blank behind.</summary>
    public void Write(Utf8Text to, in ExportRecord record, ReadOnlySpan<byte> messageId)
    {
        to.Byte((byte)'<');
        to.Number((_facility * 8) + (record.Kind == ExportRecordKind.Alert ? Warning : Informational));
        to.Bytes(">1 "u8);
        to.Time(record.Time, zone: true);
        to.Bytes(_afterTime);
        to.Bytes(messageId);
        to.Byte((byte)' ');
    }

    // RFC 5424 6: PRINTUSASCII; a name that has none is the nil value.
    private static string Printable(string name, int most)
    {
        string kept = string.Concat(name.Where(static c => c is > ' ' and <= '~').Take(most));
        return kept.Length == 0 ? "-" : kept;
    }
}
