namespace KismetPS.Tracking.Engine;

/// <summary>What belongs to a TZSP message in a subscriber's queue.</summary>
internal struct PacketRecord
{
    public long TimestampNs;
    public int Origin;
}
