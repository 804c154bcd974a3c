using System.Diagnostics.CodeAnalysis;
using System.Text;
using KismetPS.Capture;
using KismetPS.Tracking;

namespace KismetPS.Export.Formats;

/// <summary>
/// Reads devices back from a file, one after another. A record that cannot be read is reported with its line and skipped; columns may be in
/// any order, unknown ones are ignored, missing ones are unknown values (only MacAddress must be there). One thread at a time.
/// </summary>
internal sealed class DeviceFileReader : IDisposable
{
    private readonly string? _path;
    private readonly Stream _stream;
    private readonly bool _owned;
    private readonly Action<KismetException>? _onBadRecord;
    private readonly IDeviceRecordReader _records;

    private DeviceFileReader(Stream stream, string? path, bool owned, DeviceFileFormat format, Action<KismetException>? onBadRecord)
    {
        _stream = stream;
        _path = path;
        _owned = owned;
        _onBadRecord = onBadRecord;
        Format = format;
        _records = format switch
        {
            DeviceFileFormat.Csv => new CsvRecordReader(Text(stream)),
            DeviceFileFormat.Simple => new SimpleRecordReader(Text(stream)),
            DeviceFileFormat.WigleCsv => new WigleRecordReader(Text(stream)),
            DeviceFileFormat.AirodumpCsv => new AirodumpRecordReader(Text(stream)),
            DeviceFileFormat.NetXml => new NetXmlRecordReader(stream),
            _ => new JsonRecordReader(stream, lines: format == DeviceFileFormat.JsonLines),
        };
    }

    /// <summary>Format of the file.</summary>
    public DeviceFileFormat Format { get; }

    /// <summary>Devices read.</summary>
    public long Count { get; private set; }

    /// <summary>Records that could not be read.</summary>
    public long BadRecords { get; private set; }

    /// <summary>Bytes read, for progress.</summary>
    public long Position => _stream.CanSeek ? _stream.Position : 0;

    /// <summary>Bytes in all, 0 where that is not known.</summary>
    public long Length => _stream.CanSeek ? _stream.Length : 0;

    /// <summary>Opens a file.</summary>
    /// <param name="path">Path.</param>
    /// <param name="format">Format; null: by what the file begins with, else by the extension.</param>
    /// <param name="onBadRecord">Called for each record that is skipped, with <see cref="KismetErrorId.RecordInvalid"/> and the line in the message.</param>
    /// <exception cref="KismetException">FileNotFound, FileNotReadable, FormatInvalid, ArgumentInvalid.</exception>
    public static DeviceFileReader Open(string path, DeviceFileFormat? format = null, Action<KismetException>? onBadRecord = null)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KismetException(KismetErrorId.FileNotFound, $"There is no file '{path}'.", "Check the path.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw NotReadable(path, e);
        }

        try
        {
            DeviceFileFormat chosen = DeviceFileFormats.ChooseToRead(path, stream, format);
            var reader = new DeviceFileReader(stream, path, owned: true, chosen, onBadRecord);
            reader.Start();
            return reader;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            stream.Dispose();
            throw NotReadable(path, e);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads from a stream, which stays open.</summary>
    public static DeviceFileReader Open(Stream stream, DeviceFileFormat format, Action<KismetException>? onBadRecord = null)
    {
        var reader = new DeviceFileReader(stream, null, owned: false, format, onBadRecord);
        reader.Start();
        return reader;
    }

    /// <summary>Reads the next device; false at the end. Throws <see cref="KismetException"/> where the rest cannot be read at all.</summary>
    public bool TryRead([NotNullWhen(true)] out KismetDevice? device)
    {
        while (true)
        {
            string? problem;
            long line;
            try
            {
                bool more = _records.TryRead(out device, out problem);
                if (!more)
                {
                    return false;
                }

                line = _records.Line;
            }
            catch (IOException e)
            {
                throw NotReadable(_path, e);
            }

            if (device is not null)
            {
                Count++;
                return true;
            }

            BadRecords++;
            _onBadRecord?.Invoke(new KismetException(
                KismetErrorId.RecordInvalid,
                $"{Name}, line {line}: the record is left out, {problem}.",
                "Correct that line, or leave it out; all others are read."));
        }
    }

    public void Dispose()
    {
        (_records as IDisposable)?.Dispose();
        if (_owned)
        {
            _stream.Dispose();
        }
    }

    private string Name => _path ?? "The input";

    private static StreamReader Text(Stream stream) => new(stream, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true, 64 * 1024, leaveOpen: true);

    private void Start()
    {
        string? problem;
        try
        {
            problem = _records.Start();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotReadable(_path, e);
        }

        if (problem is not null)
        {
            throw new KismetException(KismetErrorId.FormatInvalid, $"{Name} is no {Format} file of devices: {problem}.", "Name the right format, or export the file anew.");
        }
    }

    private static KismetException NotReadable(string? path, Exception e) => new(
        KismetErrorId.FileNotReadable,
        path is null ? $"The input cannot be read: {e.Message}" : $"'{path}' cannot be read: {e.Message}",
        "Check the path and the rights.",
        e);
}
