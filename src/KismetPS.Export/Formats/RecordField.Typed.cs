using System.Text.Json;

namespace KismetPS.Export.Formats;

/// <summary>One named field and its type.</summary>
internal sealed class RecordField<TRecord, T>(string name, Func<TRecord, T> get, FieldCodec<T> codec) : RecordField<TRecord>(name)
{
    private readonly JsonEncodedText _jsonName = JsonEncodedText.Encode(name);

    public override bool IsFreeText => codec.IsFreeText;

    public override object? GetValue(TRecord record) => get(record);

    public override string Format(TRecord record) => codec.Format(get(record));

    public override void WriteJson(Utf8JsonWriter json, TRecord record)
    {
        json.WritePropertyName(_jsonName);
        codec.WriteJson(json, get(record));
    }

    public override bool TryParse(string text, RecordDraft draft)
    {
        bool read = codec.TryParse(text, out T value);
        draft[Index] = value;
        return read;
    }

    public override bool TryReadJson(ref Utf8JsonReader json, RecordDraft draft)
    {
        bool read = codec.TryReadJson(ref json, out T value);
        draft[Index] = value;
        return read;
    }

    /// <summary>What was read into the draft, or the type's empty value.</summary>
    public T Read(RecordDraft draft) => draft[Index] is T value ? value : default!;
}
