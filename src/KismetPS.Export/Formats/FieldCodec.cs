using System.Text.Json;

namespace KismetPS.Export.Formats;

/// <summary>How values of one type are written and read, as the text of a CSV cell and as JSON.</summary>
internal abstract class FieldCodec<T>
{
    /// <summary>Whether the text can hold anything, so that a spreadsheet might take it for a formula.</summary>
    public virtual bool IsFreeText => false;

    /// <summary>Text, culture independent; empty for an unknown value.</summary>
    public abstract string Format(T value);

    /// <summary>The reverse; false where the text is no such value.</summary>
    public abstract bool TryParse(string text, out T value);

    public abstract void WriteJson(Utf8JsonWriter json, T value);

    /// <summary>
    /// Reads the token the reader stands on and leaves it on the last token of the value. Scalars are read by their text, so that a number
    /// in quotes is a number too: other tools write them.
    /// </summary>
    public virtual bool TryReadJson(ref Utf8JsonReader json, out T value)
    {
        string? text = json.TokenType switch
        {
            JsonTokenType.Null => string.Empty,
            JsonTokenType.String => json.GetString(),
            JsonTokenType.Number => System.Text.Encoding.ASCII.GetString(json.ValueSpan),
            JsonTokenType.True => bool.TrueString,
            JsonTokenType.False => bool.FalseString,
            _ => null,
        };
        if (text is null)
        {
            json.Skip();
            value = default!;
            return false;
        }

        return TryParse(text, out value);
    }
}
