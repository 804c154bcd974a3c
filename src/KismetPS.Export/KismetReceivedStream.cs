using System.Globalization;

namespace KismetPS.Export;

/// <summary>What a receiver got of one count of messages.</summary>
public sealed class KismetReceivedStream
{
    /// <summary>Name of the count.</summary>
    public required string StreamId { get; init; }

    /// <summary>Messages received, repeats among them.</summary>
    public long Received { get; init; }

    /// <summary>The highest number.</summary>
    public long LastSequence { get; init; }

    /// <summary>Numbers below it that did not come.</summary>
    public long Missing { get; init; }

    /// <summary>Messages that were there before.</summary>
    public long Repeats { get; init; }

    /// <summary>Name and counters.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{StreamId} {Received} received, {Missing} missing, {Repeats} repeated");
}
