namespace KismetPS.Tracking.Tables;

/// <summary>Devices by their address.</summary>
internal readonly struct DeviceKeys(RowTable<DeviceRow> rows) : IRowKeys
{
    public ulong KeyOf(int row) => rows[row].Address.Value;
}
