using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using KismetPS.Capture;
using KismetPS.Tracking;

namespace KismetPS.Export.Formats;

/// <summary>
/// Writes devices to a file, UTF-8 without byte order mark. A new file comes into being under its name by <see cref="Complete"/> only, in
/// one step, so nobody ever reads half of one; without it the old file stays as it was, and a file appended to gets its old length back.
/// One thread at a time.
/// </summary>
internal sealed class DeviceFileWriter : IDisposable
{
    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false);

    // Letters of all scripts stay readable; control, format and HTML-sensitive characters are \uXXXX.
    private static readonly JsonWriterOptions s_jsonOptions = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), SkipValidation = true };

    private readonly TargetFile? _file;
    private readonly Stream _stream;
    private readonly StreamWriter? _text;
    private readonly ArrayBufferWriter<byte> _json = new(4096);
    private readonly Utf8JsonWriter? _jsonWriter;
    private readonly IReadOnlyList<RecordField<KismetDevice>?> _columns;
    private bool _done;

    private DeviceFileWriter(Stream stream, DeviceFileFormat format, TargetFile? file, IReadOnlyList<RecordField<KismetDevice>?>? columns)
    {
        _stream = stream;
        _file = file;
        Format = format;
        _columns = columns ?? DeviceFields.All;
        if (format == DeviceFileFormat.Csv)
        {
            _text = new StreamWriter(stream, s_encoding, 64 * 1024, leaveOpen: true) { NewLine = CsvText.NewLine };
            if (columns is null)
            {
                _text.WriteLine(string.Join(',', DeviceFields.All.Select(static f => f.Name)));
            }
        }
        else
        {
            _jsonWriter = new Utf8JsonWriter(_json, s_jsonOptions);
        }
    }

    /// <summary>Devices written.</summary>
    public long Count { get; private set; }

    /// <summary>Format of the file.</summary>
    public DeviceFileFormat Format { get; }

    /// <summary>Opens a file to write.</summary>
    /// <param name="path">Path; its folder must exist.</param>
    /// <param name="format">Format; null: by the extension.</param>
    /// <param name="append">
    /// Adds to what is there. CSV rows follow the columns of the file (which must all be known, unless forced); a JSON array cannot be
    /// appended to (<see cref="KismetErrorId.ArgumentInvalid"/>).
    /// </param>
    /// <param name="noClobber">Fails with <see cref="KismetErrorId.FileExists"/> where the file exists.</param>
    /// <param name="force">Replaces a read-only file too; appends to a file with other columns.</param>
    /// <exception cref="KismetException">FileExists, FileNotWritable, FormatInvalid, ArgumentInvalid.</exception>
    public static DeviceFileWriter Open(string path, DeviceFileFormat? format = null, bool append = false, bool noClobber = false, bool force = false)
    {
        if (Directory.Exists(path))
        {
            throw TargetFile.NotWritable(path, null);
        }

        DeviceFileFormat chosen = DeviceFileFormats.Choose(path, format);
        if (append && noClobber)
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, "To append and not to touch an existing file contradict each other.");
        }

        if (append && chosen == DeviceFileFormat.Json)
        {
            throw new KismetException(
                KismetErrorId.ArgumentInvalid,
                "A JSON array ends with a bracket and cannot be appended to.",
                "Use the format JsonLines (.jsonl), which can.");
        }

        IReadOnlyList<RecordField<KismetDevice>?>? columns = append && chosen == DeviceFileFormat.Csv ? ReadColumns(path, force) : null;
        TargetFile file = TargetFile.Open(path, append, noClobber, force);
        return new DeviceFileWriter(file.Stream, chosen, file, columns);
    }

    /// <summary>Writes to a stream, which stays open; <see cref="Complete"/> flushes it.</summary>
    public static DeviceFileWriter Open(Stream stream, DeviceFileFormat format) => new(stream, format, null, null);

    /// <summary>Writes one device. Throws <see cref="KismetException"/> (FileNotWritable) where the disk fails.</summary>
    public void Write(KismetDevice device)
    {
        try
        {
            if (_text is not null)
            {
                WriteRow(device, _text);
            }
            else
            {
                WriteObject(device, _jsonWriter!);
            }
        }
        catch (IOException e)
        {
            throw TargetFile.NotWritable(_file?.Path, e);
        }

        Count++;
    }

    /// <summary>Hands what was written so far to the system: for a file that others follow.</summary>
    public void Flush()
    {
        try
        {
            _text?.Flush();
            _stream.Flush();
        }
        catch (IOException e)
        {
            throw TargetFile.NotWritable(_file?.Path, e);
        }
    }

    /// <summary>Ends the file and puts it in its place. Throws <see cref="KismetException"/>.</summary>
    public void Complete()
    {
        if (_done)
        {
            return;
        }

        try
        {
            if (Format == DeviceFileFormat.Json)
            {
                _stream.Write(Count == 0 ? "[]\n"u8 : "\n]\n"u8);
            }

            _text?.Flush();
            _stream.Flush();
        }
        catch (IOException e)
        {
            throw TargetFile.NotWritable(_file?.Path, e);
        }

        _file?.Complete();
        _done = true;
    }

    /// <summary>Closes; without <see cref="Complete"/> before, nothing has changed.</summary>
    public void Dispose()
    {
        _jsonWriter?.Dispose();
        if (!_done)
        {
            _done = true;
            _file?.Discard();
        }

        // The text writer is not disposed of: it holds nothing but its buffer, and disposing would write that to a closed file.
    }

    private void WriteRow(KismetDevice device, StreamWriter text)
    {
        for (int i = 0; i < _columns.Count; i++)
        {
            if (i > 0)
            {
                text.Write(',');
            }

            if (_columns[i] is RecordField<KismetDevice> field)
            {
                string cell = field.Format(device);
                CsvText.Write(text, field.IsFreeText ? CsvText.Guard(cell) : cell);
            }
        }

        text.WriteLine();
    }

    private void WriteObject(KismetDevice device, Utf8JsonWriter json)
    {
        _json.ResetWrittenCount();
        json.Reset();
        DeviceFields.Table.WriteJson(json, device);
        json.Flush();
        if (Format == DeviceFileFormat.Json)
        {
            _stream.Write(Count == 0 ? "[\n"u8 : ",\n"u8);
        }

        _stream.Write(_json.WrittenSpan);
        if (Format == DeviceFileFormat.JsonLines)
        {
            _stream.Write("\n"u8);
        }
    }

    // The columns of the file to append to; null where there is none yet, or nothing in it.
    private static RecordField<KismetDevice>?[]? ReadColumns(string path, bool force)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
        {
            return null;
        }

        var names = new List<string>();
        string? problem;
        try
        {
            using var reader = new StreamReader(path, s_encoding);
            new CsvRowReader(reader).TryRead(names, out problem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TargetFile.NotWritable(path, e);
        }

        RecordField<KismetDevice>?[] columns = [.. names.Select(static name => DeviceFields.Table.Find(name))];
        bool same = columns.Length == DeviceFields.All.Count && columns.Distinct().Count() == columns.Length && !columns.Contains(null);
        if (problem is not null || Array.TrueForAll(columns, static c => c is null) || (!same && !force))
        {
            throw new KismetException(
                KismetErrorId.FormatInvalid,
                $"The columns of '{path}' are not those of a device.",
                problem is null ? "Write to another file, or force it to fill the columns that the file has." : "Write to another file.");
        }

        return columns;
    }
}
