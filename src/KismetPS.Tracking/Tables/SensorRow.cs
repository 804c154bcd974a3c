namespace KismetPS.Tracking.Tables;

/// <summary>How one sensor hears one device.</summary>
internal struct SensorRow
{
    public long LastNs;
    public long Packets;
    public long SignalSum;
    public long SignalCount;
    public int Next;
    public ushort Origin;
    public short Signal;
    public short SignalMin;
    public short SignalMax;
}
