namespace KismetPS.Tracking.Tables;

/// <summary>Links by the rows of their two ends.</summary>
internal readonly struct LinkKeys(RowTable<LinkRow> rows) : IRowKeys
{
    /// <summary>Key of the link between two rows; never 0.</summary>
    public static ulong Of(int accessPoint, int client) => ((ulong)(uint)(accessPoint + 1) << 32) | (uint)client;

    public ulong KeyOf(int row) => Of(rows[row].AccessPoint, rows[row].Client);
}
