using System.Text.Json;
using KismetPS.Capture;

namespace KismetPS.Export.Formats;

/// <summary>A list of records: in JSON an array of objects, in a cell what each shows of itself.</summary>
/// <param name="table">The record's fields.</param>
/// <param name="format">An item as text, escaped.</param>
/// <param name="parse">The reverse, as far as the text tells.</param>
internal sealed class RecordListCodec<TRecord>(RecordTable<TRecord> table, Func<TRecord, string> format, Func<string, TRecord> parse)
    : FieldCodec<DetailList<TRecord>>
    where TRecord : class
{
    public override bool IsFreeText => true;

    public override string Format(DetailList<TRecord> value) => CellList.Join(value.Select(format));

    public override bool TryParse(string text, out DetailList<TRecord> value)
    {
        value = text.Length == 0 ? DetailList<TRecord>.Empty : new DetailList<TRecord>([.. CellList.Split(text).Select(parse)]);
        return true;
    }

    public override void WriteJson(Utf8JsonWriter json, DetailList<TRecord> value)
    {
        json.WriteStartArray();
        foreach (TRecord item in value)
        {
            table.WriteJson(json, item);
        }

        json.WriteEndArray();
    }

    public override bool TryReadJson(ref Utf8JsonReader json, out DetailList<TRecord> value)
    {
        value = DetailList<TRecord>.Empty;
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return base.TryReadJson(ref json, out value);
        }

        var items = new List<TRecord>();
        bool good = true;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (table.TryReadJson(ref json, out TRecord? item, out _))
            {
                items.Add(item!);
            }
            else
            {
                good = false;
            }
        }

        value = new DetailList<TRecord>(items);
        return good;
    }
}
