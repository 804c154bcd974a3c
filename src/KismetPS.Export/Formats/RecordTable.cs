using System.Text.Json;

namespace KismetPS.Export.Formats;

/// <summary>The ordered fields of a record type, and the way from values back to a record.</summary>
internal sealed class RecordTable<TRecord>
    where TRecord : class
{
    private readonly Func<RecordDraft, TRecord?> _build;
    private readonly Dictionary<string, RecordField<TRecord>> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="build">Makes the record; null where a value it needs is missing.</param>
    /// <param name="fields">The fields in order.</param>
    public RecordTable(Func<RecordDraft, TRecord?> build, params RecordField<TRecord>[] fields)
    {
        _build = build;
        Fields = fields;
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i].Index = i;
            _byName.Add(fields[i].Name, fields[i]);
        }
    }

    public IReadOnlyList<RecordField<TRecord>> Fields { get; }

    /// <summary>The field of that name, in any case; null if there is none.</summary>
    public RecordField<TRecord>? Find(string name) => _byName.GetValueOrDefault(name);

    public RecordDraft NewDraft() => new(Fields.Count);

    public TRecord? Build(RecordDraft draft) => _build(draft);

    public void WriteJson(Utf8JsonWriter json, TRecord record)
    {
        json.WriteStartObject();
        foreach (RecordField<TRecord> field in Fields)
        {
            field.WriteJson(json, record);
        }

        json.WriteEndObject();
    }

    /// <summary>Reads the object the reader stands at the start of. Unknown properties are skipped. False with the reason where a value is wrong.</summary>
    public bool TryReadJson(ref Utf8JsonReader json, out TRecord? record, out string? problem)
    {
        record = null;
        problem = null;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            problem = "it is no JSON object";
            return false;
        }

        RecordDraft draft = NewDraft();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            RecordField<TRecord>? field = Find(json.GetString()!);
            json.Read();
            if (field is null)
            {
                json.Skip();
            }
            else if (!field.TryReadJson(ref json, draft))
            {
                problem ??= $"{field.Name} has no value of its type";
            }
        }

        record = problem is null ? Build(draft) : null;
        problem ??= record is null ? $"{Fields[0].Name} is missing or wrong" : null;
        return record is not null;
    }
}
