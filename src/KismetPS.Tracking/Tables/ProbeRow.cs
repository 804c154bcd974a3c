namespace KismetPS.Tracking.Tables;

/// <summary>A name a device asked for.</summary>
internal struct ProbeRow
{
    /// <summary>Hash of the name: who asks for it once more is known by that, without the table of names.</summary>
    public ulong Hash;
    public int Name;
    public int Next;
}
