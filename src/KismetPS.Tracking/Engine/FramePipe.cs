using System.Runtime.ExceptionServices;
using KismetPS.Capture;
using KismetPS.Capture.Tzsp;

namespace KismetPS.Tracking.Engine;

/// <summary>
/// The source on one thread, decoding and tracking on another: for a file that is read as fast as it goes. The engine gets the same calls in the same
/// order as it does from the source itself. The batches between the two are bounded and used again; when all are full the source waits, where
/// none is the tracking does. Nothing is allocated per frame. (Decoding on the source's thread would share the work more evenly, but what it finds
/// is as many bytes as the frame, and they too would have to get from one processor to the other.)
/// </summary>
internal sealed class FramePipe(CaptureEngine engine) : IFrameSink, IDatagramTap
{
    // 12 MB at most. So many that a batch has left the other processor's cache when it is written again: to take each line from there costs the source
    // as much as all it does with a frame, where the two processors share no cache.
    private const int MaxBatches = 128;

    private readonly FrameBatch?[] _batches = new FrameBatch?[MaxBatches];
    private readonly WaitableCount _filled = new();
    private readonly WaitableCount _tracked = new();
    private FrameBatch _batch = null!;
    private bool _isRunning;
    private bool _claimed;
    private bool _takesMessages;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Runs a source to its end, and tracks what it delivers to the end too. Throws what either threw.</summary>
    /// <param name="source">The source; it delivers to this. On the calling thread.</param>
    /// <param name="name">Name of the thread that tracks.</param>
    /// <param name="stop">Tells the source to stop; what it delivered until then is tracked.</param>
    public void Run(IFrameSource source, string name, CancellationToken stop)
    {
        using CancellationTokenSource halt = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Thread tracking = new(() => Track(halt)) { IsBackground = true, Name = name };
        _isRunning = true;
        tracking.Start();
        try
        {
            source.Run(this, halt.Token);
        }
        finally
        {
            if (_claimed)
            {
                // The source fell out of a batch.
                HandOver();
            }

            _filled.End();
            tracking.Join();

            // What went wrong in tracking did so in earlier frames than what went wrong in the source.
            _failure?.Throw();
        }
    }

    public void BeginBatch()
    {
        Claim();
        _batch.Opens = true;

        // Asked once: the thread that tracks writes beside it, and at every message it would have to be fetched from there.
        _takesMessages = engine.HasPacketReaders;
    }

    public void OnFrame(ReadOnlySpan<byte> packet, in FrameInfo info)
    {
        if (!_batch.HasRoom(packet.Length))
        {
            HandOver();
            Claim();
        }

        ref PipedFrame frame = ref _batch.Add(packet, info.TimestampNs, info.Origin);
        frame.IsMessage = false;
        frame.Info.LinkType = info.LinkType;
        frame.Info.OriginalLength = info.OriginalLength;
        frame.Info.SensorClockNs = info.SensorClockNs;
        frame.Info.Radio = info.Radio;
    }

    public void OnMessage(ReadOnlySpan<byte> message, FrameOrigin origin, long timestampNs)
    {
        if (!_isRunning)
        {
            // The source is run on the engine itself after all.
            engine.OnMessage(message, origin, timestampNs);
            return;
        }

        if (!_takesMessages)
        {
            return;
        }

        if (!_batch.HasRoom(message.Length))
        {
            HandOver();
            Claim();
        }

        _batch.Add(message, timestampNs, origin).IsMessage = true;
    }

    public void EndBatch()
    {
        _batch.Closes = true;
        HandOver();
    }

    public void OnIdle()
    {
        Claim();
        _batch.IsIdle = true;
        HandOver();
    }

    // The source's side. Where tracking has failed the batches go nowhere, until the source sees that it is to stop.
    private void Claim()
    {
        long filled = _filled.Value;
        if (_tracked.Value <= filled - MaxBatches)
        {
            // Until half are free: to be woken for each would cost the other side a call of the system every time.
            _tracked.WaitAbove(filled - (MaxBatches / 2) - 1);
        }

        _batch = _batches[filled % MaxBatches] ??= new FrameBatch();
        _batch.Clear();
        _claimed = true;
    }

    private void HandOver()
    {
        _claimed = false;
        _filled.Advance();
    }

    private void Track(CancellationTokenSource halt)
    {
        try
        {
            TrackAll();
        }
#pragma warning disable CA1031 // thrown again on the thread that runs the session
        catch (Exception e)
#pragma warning restore CA1031
        {
            _failure = ExceptionDispatchInfo.Capture(e);
            halt.Cancel();
        }

        _tracked.End();
    }

    private void TrackAll()
    {
        bool open = false;
        try
        {
            for (long tracked = 0; _filled.WaitAbove(tracked); tracked++)
            {
                FrameBatch batch = _batches[tracked % MaxBatches]!;
                if (batch.Opens)
                {
                    engine.BeginBatch();
                    open = true;
                }

                Give(batch);
                if (batch.Closes)
                {
                    open = false;
                    engine.EndBatch();
                }

                if (batch.IsIdle)
                {
                    engine.OnIdle();
                }

                _tracked.Advance();
            }
        }
        finally
        {
            if (open)
            {
                engine.EndBatch();
            }
        }
    }

    private void Give(FrameBatch batch)
    {
        foreach (ref readonly PipedFrame frame in batch.Frames)
        {
            if (frame.IsMessage)
            {
                engine.OnMessage(batch.Bytes(in frame), frame.Info.Origin, frame.Info.TimestampNs);
            }
            else
            {
                engine.OnFrame(batch.Bytes(in frame), in frame.Info);
            }
        }
    }
}
