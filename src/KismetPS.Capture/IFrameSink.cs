
namespace KismetPS.Capture;

/// <summary>Where a source puts frames: the engine. Called on the source's thread only.</summary>
internal interface IFrameSink
{
    /// <summary>Opens a batch: the engine takes what it needs to write its tables. Every frame comes between this and <see cref="EndBatch"/>.</summary>
    void BeginBatch();

    /// <summary>One packet. The span is valid during the call only.</summary>
    void OnFrame(ReadOnlySpan<byte> packet, in FrameInfo info);

    /// <summary>Whether <see cref="Expect"/> is of use now; asked once a batch.</summary>
    bool TakesHints => false;

    /// <summary>
    /// Frames that name these stations come soon in the open batch: a guess, so that what is known of the stations can be fetched meanwhile. May be
    /// wrong, may never be called.
    /// </summary>
    /// <param name="stations">Addresses as numbers, in any order; 0 is none.</param>
    void Expect(ReadOnlySpan<ulong> stations)
    {
    }

    /// <summary>Closes the batch: readers get their turn, subscribers are woken.</summary>
    void EndBatch();

    /// <summary>Called at least every 200 ms while nothing arrives, outside a batch, so that time passes in the engine (expiry, rates).</summary>
    void OnIdle();
}
