using System.Text.Json;

namespace KismetPS.Export.Formats;

/// <summary>One named field of a record.</summary>
internal abstract class RecordField<TRecord>(string name)
{
    /// <summary>The property's name: the CSV column and the JSON property.</summary>
    public string Name { get; } = name;

    /// <summary>Its place in the table.</summary>
    public int Index { get; set; }

    /// <summary>Whether the text can hold anything.</summary>
    public abstract bool IsFreeText { get; }

    /// <summary>The value as the object has it.</summary>
    public abstract object? GetValue(TRecord record);

    /// <summary>The value as text.</summary>
    public abstract string Format(TRecord record);

    /// <summary>Name and value.</summary>
    public abstract void WriteJson(Utf8JsonWriter json, TRecord record);

    public abstract bool TryParse(string text, RecordDraft draft);

    public abstract bool TryReadJson(ref Utf8JsonReader json, RecordDraft draft);
}
