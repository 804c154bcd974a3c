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
    private readonly TargetFile? _file;
    private readonly Stream _stream;
    private readonly DeviceFormatWriter _devices;
    private bool _done;

    private DeviceFileWriter(Stream stream, DeviceFileFormat format, TargetFile? file, IReadOnlyList<RecordField<KismetDevice>?>? columns, bool appending)
    {
        _stream = stream;
        _file = file;
        Format = format;
        _devices = format switch
        {
            DeviceFileFormat.Csv => new CsvDeviceWriter(stream, columns),
            DeviceFileFormat.Simple => new SimpleDeviceWriter(stream),
            DeviceFileFormat.WigleCsv => new WigleDeviceWriter(stream, appending),
            DeviceFileFormat.AirodumpCsv => new AirodumpDeviceWriter(stream),
            DeviceFileFormat.NetXml => new NetXmlDeviceWriter(stream),
            _ => new JsonDeviceWriter(stream, lines: format == DeviceFileFormat.JsonLines),
        };
    }

    /// <summary>Devices written.</summary>
    public long Count { get; private set; }

    /// <summary>Devices that the format has no place for.</summary>
    public long Skipped { get; private set; }

    /// <summary>Bytes written so far, those still buffered too; of formats that are written at the end none before it.</summary>
    public long Length
    {
        get
        {
            _devices.Flush();
            return _stream.Position;
        }
    }

    /// <summary>Path of the file; null of a stream.</summary>
    public string? Path => _file?.Path;

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
            throw new KismetException(KismetErrorId.ArgumentInvalid, "To append and not to touch an existing file contradict each other.", "Leave one of them out.");
        }

        if (append && !DeviceFileFormats.CanAppend(chosen))
        {
            throw new KismetException(
                KismetErrorId.ArgumentInvalid,
                chosen == DeviceFileFormat.Json ? "A JSON array ends with a bracket and cannot be appended to." : $"A {chosen} file has an end and cannot be appended to.",
                "Use the format JsonLines (.jsonl), which can.");
        }

        bool appending = append && File.Exists(path) && new FileInfo(path).Length > 0;
        if (appending && chosen is DeviceFileFormat.Simple or DeviceFileFormat.WigleCsv)
        {
            CheckFormat(path, chosen);
        }

        IReadOnlyList<RecordField<KismetDevice>?>? columns = appending && chosen == DeviceFileFormat.Csv ? ReadColumns(path, force) : null;
        TargetFile file = TargetFile.Open(path, append, noClobber, force);
        return new DeviceFileWriter(file.Stream, chosen, file, columns, appending);
    }

    /// <summary>Writes to a stream, which stays open; <see cref="Complete"/> flushes it.</summary>
    public static DeviceFileWriter Open(Stream stream, DeviceFileFormat format) => new(stream, format, null, null, appending: false);

    /// <summary>Writes one device. Throws <see cref="KismetException"/> (FileNotWritable) where the disk fails.</summary>
    public void Write(KismetDevice device)
    {
        try
        {
            if (_devices.Write(device))
            {
                Count++;
            }
            else
            {
                Skipped++;
            }
        }
        catch (IOException e)
        {
            throw TargetFile.NotWritable(_file?.Path, e);
        }
    }

    /// <summary>Hands what was written so far to the system: for a file that others follow.</summary>
    public void Flush()
    {
        try
        {
            _devices.Flush();
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
            _devices.Complete();
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
        _devices.Dispose();
        if (!_done)
        {
            _done = true;
            _file?.Discard();
        }
    }

    // Rows behind something else would be lost to every reader.
    private static void CheckFormat(string path, DeviceFileFormat format)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (DeviceFileFormats.Detect(stream) == format)
            {
                return;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TargetFile.NotWritable(path, e);
        }

        throw new KismetException(KismetErrorId.FormatInvalid, $"'{path}' is no {format} file of devices.", "Write to another file.");
    }

    // The columns of the file to append to.
    private static RecordField<KismetDevice>?[] ReadColumns(string path, bool force)
    {
        var names = new List<string>();
        string? problem;
        try
        {
            using var reader = new StreamReader(path);
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
