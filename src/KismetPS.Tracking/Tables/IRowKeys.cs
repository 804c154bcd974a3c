namespace KismetPS.Tracking.Tables;

/// <summary>The keys of rows, where they stand: in the rows themselves.</summary>
internal interface IRowKeys
{
    /// <summary>Key of a row that is in the index.</summary>
    ulong KeyOf(int row);
}
