using KismetPS.Capture;
using KismetPS.Tracking;

namespace KismetPS.Export.Formats;

/// <summary>
/// Writes devices to one file, or to files that follow each other by size or age, named after the path with a running number and the UTC time
/// they were begun. Each comes into being whole, in one step; what was complete stays, whatever becomes of the one being written. Only files
/// written by this object are ever deleted. One thread at a time.
/// </summary>
internal sealed class RollingDeviceWriter : IDisposable
{
    private readonly string _path;
    private readonly DeviceFileFormat? _format;
    private readonly FileRolling _roll;
    private readonly bool _noClobber;
    private readonly bool _force;
    private readonly TimeProvider _time;
    private readonly Queue<string> _kept = new();
    private readonly Action<string>? _onFile;
    private DeviceFileWriter _writer;
    private long _countBefore;
    private long _skippedBefore;
    private int _number;
    private DateTimeOffset _begun;

    /// <summary>Opens the first file. Throws <see cref="KismetException"/>: as <see cref="DeviceFileWriter"/>, and ArgumentInvalid where rolling cannot be.</summary>
    public RollingDeviceWriter(
        string path, DeviceFileFormat? format, FileRolling roll, bool append = false, bool noClobber = false, bool force = false, Action<string>? onFile = null, TimeProvider? time = null)
    {
        _path = path;
        _format = format;
        _roll = roll;
        _noClobber = noClobber;
        _force = force;
        _onFile = onFile;
        _time = time ?? TimeProvider.System;
        if (roll.Rolls && append)
        {
            throw Invalid("Files that roll are new ones, and -Append adds to an old one.", "Leave one of the two out.");
        }

        roll.Check();
        if (roll.MaxBytes > 0 && !DeviceFileFormats.IsWrittenAtOnce(DeviceFileFormats.Choose(path, format)))
        {
            throw Invalid("The format is written at its end, networks first: its size is not known before.", "Roll by age.");
        }

        _writer = roll.Rolls ? Next() : DeviceFileWriter.Open(path, format, append, noClobber, force);
    }

    /// <summary>Devices written.</summary>
    public long Count => _countBefore + _writer.Count;

    /// <summary>Devices that the format has no place for.</summary>
    public long Skipped => _skippedBefore + _writer.Skipped;

    /// <summary>Format of the files.</summary>
    public DeviceFileFormat Format => _writer.Format;

    /// <summary>Writes one device. Throws <see cref="KismetException"/> (FileNotWritable).</summary>
    public void Write(KismetDevice device)
    {
        if (_roll.Rolls && _writer.Count > 0 && IsDue())
        {
            EndFile();
            _countBefore += _writer.Count;
            _skippedBefore += _writer.Skipped;
            _writer.Dispose();
            _writer = Next();
        }

        if (_writer.Count == 0)
        {
            _begun = _time.GetUtcNow();
        }

        _writer.Write(device);
    }

    /// <summary>Ends the last file and puts it in its place. Throws <see cref="KismetException"/>.</summary>
    public void Complete() => EndFile();

    /// <summary>Closes; without <see cref="Complete"/> before, the file being written has never been.</summary>
    public void Dispose() => _writer.Dispose();

    private static KismetException Invalid(string message, string advice) => new(KismetErrorId.ArgumentInvalid, message, advice);

    private bool IsDue() =>
        (_roll.MaxBytes > 0 && _writer.Length >= _roll.MaxBytes) || (_roll.MaxAge > TimeSpan.Zero && _time.GetUtcNow() - _begun >= _roll.MaxAge);

    private void EndFile()
    {
        _writer.Complete();
        string path = _writer.Path!;
        _kept.Enqueue(path);
        _onFile?.Invoke(path);
        while (_roll.MaxFiles > 0 && _kept.Count > _roll.MaxFiles)
        {
            string oldest = _kept.Dequeue();
            try
            {
                File.Delete(oldest);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw TargetFile.NotWritable(oldest, e);
            }
        }
    }

    private DeviceFileWriter Next()
    {
        // "devices.wigle.csv" keeps both of its extensions.
        string extension = _path.EndsWith(".wigle.csv", StringComparison.OrdinalIgnoreCase) ? _path[^".wigle.csv".Length..] : Path.GetExtension(_path);
        return DeviceFileWriter.Open(FileRolling.Name(_path, extension, ++_number, _time.GetUtcNow()), _format, append: false, _noClobber, _force);
    }
}
