namespace KismetPS.Tracking.Tables;

/// <summary>A name a device asked for.</summary>
internal struct ProbeRow
{
    public int Name;
    public int Next;
}
