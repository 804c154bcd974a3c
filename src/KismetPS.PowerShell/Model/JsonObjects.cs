using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.Json;

namespace KismetPS.PowerShell.Model;

/// <summary>
/// JSON as objects of PowerShell and back. The servers' JSON has the same name twice in an object, and names that differ in case only, which no
/// converter of the shell takes: the last of a name counts, and one of another case gets a number.
/// </summary>
internal static class JsonObjects
{
    private const int MaxDepth = 64;

    /// <summary>The value: an object, an array of them, or a scalar. Throws <see cref="JsonException"/>.</summary>
    public static object? Read(string json)
    {
        Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        return Value(ref reader);
    }

    /// <summary>The JSON of text that is JSON already, of a hashtable, an object or a list of those. Throws <see cref="JsonException"/>.</summary>
    public static string Write(object? value)
    {
        if (Bare(value) is string text)
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return text;
        }

        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter writer = new(bytes))
        {
            Put(writer, value, 0);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static object? Value(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                PSObject made = new();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    string name = Text(ref reader);
                    reader.Read();
                    Add(made, name.Length == 0 ? "_" : name, Value(ref reader));
                }

                return made;
            case JsonTokenType.StartArray:
                List<object?> list = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    list.Add(Value(ref reader));
                }

                return list.ToArray();
            case JsonTokenType.String:
                return Text(ref reader);
            case JsonTokenType.Number:
                return reader.TryGetInt64(out long whole) ? whole : reader.TryGetUInt64(out ulong large) ? large : reader.GetDouble();
            case JsonTokenType.True or JsonTokenType.False:
                return reader.TokenType == JsonTokenType.True;
            default:
                return null;
        }
    }

    // Names from the air may be no UTF-8, which the reader's own way throws on.
    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    private static void Add(PSObject target, string name, object? value)
    {
        PSPropertyInfo? known = target.Properties[name];
        if (known is not null && known.Name == name)
        {
            known.Value = value;
            return;
        }

        string free = name;
        for (int number = 2; target.Properties[free] is not null; number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
        }

        target.Properties.Add(new PSNoteProperty(free, value));
    }

    private static object? Bare(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    private static void Put(Utf8JsonWriter writer, object? value, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new JsonException("It is nested too deeply.");
        }

        switch (Bare(value))
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case SwitchParameter set:
                writer.WriteBooleanValue(set);
                break;
            case byte or sbyte or short or ushort or int or uint or long:
                writer.WriteNumberValue(Convert.ToInt64(Bare(value), CultureInfo.InvariantCulture));
                break;
            case ulong large:
                writer.WriteNumberValue(large);
                break;
            case float or double or decimal:
                writer.WriteNumberValue(Convert.ToDecimal(Bare(value), CultureInfo.InvariantCulture));
                break;
            case IDictionary map:
                writer.WriteStartObject();
                foreach (DictionaryEntry entry in map)
                {
                    writer.WritePropertyName(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!);
                    Put(writer, entry.Value, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable list:
                writer.WriteStartArray();
                foreach (object? item in list)
                {
                    Put(writer, item, depth + 1);
                }

                writer.WriteEndArray();
                break;
            case PSObject made:
                writer.WriteStartObject();
                foreach (PSPropertyInfo property in made.Properties)
                {
                    writer.WritePropertyName(property.Name);
                    Put(writer, property.Value, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case { } other:
                writer.WriteStringValue(Convert.ToString(other, CultureInfo.InvariantCulture));
                break;
        }
    }
}
