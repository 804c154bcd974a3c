using KismetPS.Wireless;

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
    /// A frame that names this station comes soon in the open batch: a guess, so that what is known of the station can be fetched meanwhile. May be
    /// wrong, may never be called; a zero address only lets time pass for the earlier ones.
    /// </summary>
    /// <param name="station">Its address.</param>
    /// <param name="receives">Whether it is sent to only.</param>
    void Expect(MacAddress station, bool receives)
    {
    }

    /// <summary>Closes the batch: readers get their turn, subscribers are woken.</summary>
    void EndBatch();

    /// <summary>Called at least every 200 ms while nothing arrives, outside a batch, so that time passes in the engine (expiry, rates).</summary>
    void OnIdle();
}
