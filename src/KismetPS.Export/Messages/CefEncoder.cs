using System.Text;
using KismetPS.Capture;
using KismetPS.Export.Formats;
using KismetPS.Tracking;

namespace KismetPS.Export.Messages;

/// <summary>
/// ArcSight Common Event Format, version 0, as the message of syslog. Fields have the keys of its dictionary where it has one, else keys of
/// our own beginning with kismet; what is not known is left out. No byte order mark: readers look for CEF: at the start.
/// </summary>
internal sealed class CefEncoder : MessageEncoder
{
    private const int LowSeverity = 1;
    private const int HighSeverity = 6;

    private readonly SyslogHeader _header;
    private readonly byte[] _device;
    private readonly byte[] _host;

    public CefEncoder(MessageFieldSet<KismetDevice> device, MessageFieldSet<KismetAlert> alert, int maxBytes, SyslogHeader header, MessageOptions options)
        : base(device, alert, maxBytes)
    {
        _header = header;
        string version = typeof(CefEncoder).Assembly.GetName().Version?.ToString(3) ?? "0";
        _device = Encoding.ASCII.GetBytes($"- CEF:0|KismetPS|KismetPS|{version}|");
        var host = new Utf8Text();
        host.Text(options.HostName, TextEscape.CefExtension, 255);
        _host = host.Written.ToArray();
    }

    public override void LeftOut(MessageField field)
    {
    }

    public override void Unknown(MessageField field)
    {
    }

    public override void Text(MessageField field, string value)
    {
        Line.Bytes(field.Cef);
        Line.Text(value, TextEscape.CefExtension, MostText);
    }

    public override void Word(MessageField field, string value)
    {
        Line.Bytes(field.Cef);
        Line.Ascii(value);
    }

    public override void Number(MessageField field, long value)
    {
        Line.Bytes(field.Cef);
        Line.Number(value);
    }

    public override void Number(MessageField field, double value)
    {
        Line.Bytes(field.Cef);
        Line.Number(value);
    }

    public override void Flag(MessageField field, bool value)
    {
        Line.Bytes(field.Cef);
        Line.Bytes(value ? "true"u8 : "false"u8);
    }

    // The dictionary's times are milliseconds since 1970.
    public override void Time(MessageField field, DateTimeOffset value, bool zone)
    {
        Line.Bytes(field.Cef);
        Line.Number(value.ToUnixTimeMilliseconds());
    }

    public override void List<T>(MessageField field, DetailList<T> items, Func<T, string?> text)
    {
        if (items.Count > 0)
        {
            Text(field, CellList.Join(items.Select(item => CellList.Escape(text(item) ?? string.Empty))));
        }
    }

    protected override void Compose(in ExportRecord record)
    {
        _header.Write(Line, record, UpperKind(record.Kind));
        Line.Bytes(_device);
        if (record.Kind == ExportRecordKind.Alert)
        {
            string type = AlertMessageFields.TypeName(record.Alert!);
            Line.Text(type, TextEscape.CefHeader, MostText);
            Line.Byte((byte)'|');
            Line.Text(type, TextEscape.CefHeader, MostText);
            Line.Byte((byte)'|');
            Line.Number(HighSeverity);
        }
        else
        {
            Line.Bytes(LowerKind(record.Kind));
            Line.Bytes(record.Kind == ExportRecordKind.Expired ? "|Wireless device expired|"u8 : "|Wireless device seen|"u8);
            Line.Number(LowSeverity);
        }

        Line.Bytes("|dvchost="u8);
        Line.Bytes(_host);
        Line.Bytes(" externalId="u8);
        Line.Number(record.Sequence);
        Line.Bytes(" kismetStream="u8);
        Line.Text(record.StreamId, TextEscape.CefExtension, MostText);
        WriteFields(record);
    }
}
