namespace KismetPS.Export.Delivery;

/// <summary>Counters of a store at one moment.</summary>
internal readonly record struct MessageStoreCounters
{
    /// <summary>Number of the last message.</summary>
    public long Last { get; init; }

    /// <summary>Messages made in this run.</summary>
    public long Made { get; init; }

    /// <summary>Number of the last message that is known to have been received, and all before it.</summary>
    public long Confirmed { get; init; }

    /// <summary>Messages given to a sink, each counted once.</summary>
    public long Taken { get; init; }

    /// <summary>Messages among them that are not known to have been received.</summary>
    public long Unconfirmed { get; init; }

    /// <summary>Messages that wait to be sent, in memory or on the disk.</summary>
    public long Queued { get; init; }

    /// <summary>Messages on the disk that are not known to have been received.</summary>
    public long Spooled { get; init; }

    /// <summary>Bytes on the disk.</summary>
    public long SpoolBytes { get; init; }

    /// <summary>Messages pushed out of the memory queue.</summary>
    public long DroppedInMemory { get; init; }

    /// <summary>Messages pushed out of the spool.</summary>
    public long DroppedOnDisk { get; init; }

    /// <summary>Messages that could not be read from the spool.</summary>
    public long Damaged { get; init; }

    /// <summary>Messages given again.</summary>
    public long Resent { get; init; }

    /// <summary>Messages sent from memory because the disk took none.</summary>
    public long NotSpooled { get; init; }
}
