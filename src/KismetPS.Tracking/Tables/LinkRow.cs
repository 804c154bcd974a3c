namespace KismetPS.Tracking.Tables;

/// <summary>An access point and one of its clients. Doubly linked on the access point's side, where lists are long.</summary>
internal struct LinkRow
{
    public int AccessPoint;
    public int Client;
    public int NextOfAccessPoint;
    public int PreviousOfAccessPoint;
    public int NextOfClient;
    public long LastNs;
}
