using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using KismetPS.Tracking;

namespace KismetPS.Export.Formats;

/// <summary>JSON: an array, or an object a line.</summary>
internal sealed class JsonDeviceWriter : DeviceFormatWriter
{
    // Letters of all scripts stay readable; control, format and HTML-sensitive characters are \uXXXX.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), SkipValidation = true };

    private readonly Stream _stream;
    private readonly bool _lines;
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _json;
    private bool _any;

    public JsonDeviceWriter(Stream stream, bool lines)
    {
        _stream = stream;
        _lines = lines;
        _json = new Utf8JsonWriter(_buffer, s_options);
    }

    public override bool Write(KismetDevice device)
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        DeviceFields.Table.WriteJson(_json, device);
        _json.Flush();
        if (!_lines)
        {
            _stream.Write(_any ? ",\n"u8 : "[\n"u8);
        }

        _any = true;
        _stream.Write(_buffer.WrittenSpan);
        if (_lines)
        {
            _stream.Write("\n"u8);
        }

        return true;
    }

    public override void Complete()
    {
        if (!_lines)
        {
            _stream.Write(_any ? "\n]\n"u8 : "[]\n"u8);
        }
    }

    public override void Dispose()
    {
        _json.Dispose();
        base.Dispose();
    }
}
