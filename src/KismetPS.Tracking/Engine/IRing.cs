namespace KismetPS.Tracking.Engine;

/// <summary>What the engine needs of a subscriber's queue, whatever is in it.</summary>
internal interface IRing
{
    /// <summary>Records dropped because it was full.</summary>
    long Dropped { get; }

    /// <summary>Most records that ever waited in it.</summary>
    long HighWater { get; }

    /// <summary>Wakes the reader if there is something for it. Called once a batch, not once a record.</summary>
    void Publish();

    /// <summary>Tells the reader that nothing more will come.</summary>
    void Complete();
}
