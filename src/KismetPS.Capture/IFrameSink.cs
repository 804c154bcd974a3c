
namespace KismetPS.Capture;

/// <summary>Where a source puts frames: the engine. Called on the source's thread only.</summary>
internal interface IFrameSink
{
    /// <summary>Opens a batch: the engine takes what it needs to write its tables. Every frame comes between this and <see cref="EndBatch"/>.</summary>
    void BeginBatch();

    /// <summary>One packet. The span is valid during the call only.</summary>
    void OnFrame(ReadOnlySpan<byte> packet, in FrameInfo info);

    /// <summary>Most stations of one call of <see cref="Expect"/>.</summary>
    const int MostExpected = 16;

    /// <summary>Calls of <see cref="Expect"/> after that with a station, until all that its frame wants is on the way.</summary>
    const int ExpectSteps = 2;

    /// <summary>Whether <see cref="Expect"/> is of use now; asked once a batch.</summary>
    bool TakesHints => false;

    /// <summary>
    /// Frames that name these stations come soon in the open batch: a guess, so that what is known of the stations can be fetched meanwhile. May be
    /// wrong, may never be called. Fetching takes some steps: those stations are at hand whose groups were announced <see cref="ExpectSteps"/> calls ago.
    /// </summary>
    /// <param name="stations">The stations of the next few frames, at most <see cref="MostExpected"/>; none, where only the steps are to go on.</param>
    void Expect(ReadOnlySpan<ExpectedStation> stations)
    {
    }

    /// <summary>Closes the batch: readers get their turn, subscribers are woken.</summary>
    void EndBatch();

    /// <summary>Called at least every 200 ms while nothing arrives, outside a batch, so that time passes in the engine (expiry, rates).</summary>
    void OnIdle();
}
