using System.Text.Json;
using KismetPS.Capture;

namespace KismetPS.Export.Formats;

/// <summary>A list of texts: joined in a cell, an array in JSON.</summary>
internal sealed class TextListCodec : FieldCodec<DetailList<string>>
{
    public static TextListCodec Instance { get; } = new();

    public override bool IsFreeText => true;

    public override string Format(DetailList<string> value) => CellList.Join(value.Select(static item => CellList.Escape(item)));

    public override bool TryParse(string text, out DetailList<string> value)
    {
        value = text.Length == 0 ? DetailList<string>.Empty : new DetailList<string>([.. CellList.Split(text).Select(CellList.Unescape)]);
        return true;
    }

    public override void WriteJson(Utf8JsonWriter json, DetailList<string> value)
    {
        json.WriteStartArray();
        foreach (string item in value)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }

    public override bool TryReadJson(ref Utf8JsonReader json, out DetailList<string> value)
    {
        value = DetailList<string>.Empty;
        if (json.TokenType != JsonTokenType.StartArray)
        {
            // One name that a tool took out of its array, or the joined form.
            return base.TryReadJson(ref json, out value);
        }

        var items = new List<string>();
        bool good = true;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            good &= TextCodec.Instance.TryReadJson(ref json, out string? item);
            if (item is not null)
            {
                items.Add(item);
            }
        }

        value = new DetailList<string>(items);
        return good;
    }
}
