namespace KismetPS.Tracking.Tables;

/// <summary>Totals of a BSS: frames that the access point and its clients sent in it.</summary>
internal struct BssRow
{
    public long Packets;
    public long DataPackets;
    public long Bytes;
    public uint ManagementPackets;
    public uint EncryptedPackets;
}
