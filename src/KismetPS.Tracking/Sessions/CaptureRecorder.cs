using KismetPS.Capture;
using KismetPS.Capture.Pcap;

namespace KismetPS.Tracking;

/// <summary>Writes a session's frames to a capture file on a thread of its own; what the disk cannot take in time is dropped and counted.</summary>
internal sealed class CaptureRecorder : IDisposable
{
    private static readonly TimeSpan s_flushEvery = TimeSpan.FromSeconds(1);

    private readonly FrameReader _frames;
    private readonly CaptureFileWriter _writer;
    private readonly Thread _thread;

    /// <summary>Creates the file; throws <see cref="KismetException"/>.</summary>
    public CaptureRecorder(string path, CaptureWriterOptions options, FrameReader frames)
    {
        _frames = frames;
        _writer = new CaptureFileWriter(path, options);
        _thread = new Thread(Run) { IsBackground = true, Name = "Capture file" };
    }

    /// <summary>The file.</summary>
    public string Path => _writer.Path;

    /// <summary>What ended the writing early, null if nothing did. The session goes on without its file.</summary>
    public KismetException? Error { get; private set; }

    public void Start() => _thread.Start();

    /// <summary>Writes what is waiting and closes the file; the session's frames have ended.</summary>
    public void Dispose()
    {
        _frames.Dispose();
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            _writer.Dispose();
        }
        else
        {
            _thread.Join();
        }
    }

    private void Run()
    {
        try
        {
            while (_frames.Wait(s_flushEvery, CancellationToken.None))
            {
                while (_frames.TryReadRaw(out ReadOnlySpan<byte> packet, out FrameInfo info))
                {
                    _writer.Write(packet, info);
                }

                _writer.Flush();
            }
        }
#pragma warning disable CA1031 // a thread of ours: what it does not catch takes the process down
        catch (Exception e)
#pragma warning restore CA1031
        {
            Error = ErrorOf(e);
        }

        // From here on nobody reads: frames are not kept for a file that has failed, nor counted as missed by it.
        _frames.Dispose();
        try
        {
            _writer.Dispose();
        }
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            Error ??= ErrorOf(e);
        }
    }

    private static KismetException ErrorOf(Exception e) => e as KismetException
        ?? new KismetException(KismetErrorId.InternalFailure, e.Message, "This is a defect; please report it with the details.", e);
}
