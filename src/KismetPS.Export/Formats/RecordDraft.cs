namespace KismetPS.Export.Formats;

/// <summary>The values read so far of a record whose type is immutable.</summary>
internal sealed class RecordDraft(int fields)
{
    private readonly object?[] _values = new object?[fields];

    public object? this[int index]
    {
        get => _values[index];
        set => _values[index] = value;
    }
}
