using System.Globalization;
using System.Text;

namespace KismetPS.VendorPack;

/// <summary>Reads the IEEE's lists: Registry, Assignment (hexadecimal), Organization Name, Organization Address; quoted as RFC 4180 has it.</summary>
internal static class RegistryCsv
{
    /// <summary>MA-L, MA-M, MA-S and the individual address blocks assigned before there was MA-S.</summary>
    public static readonly string[] FileNames = ["oui.csv", "mam.csv", "oui36.csv", "iab.csv"];

    /// <summary>Reads one list; throws <see cref="InvalidDataException"/> with the record where it is not what the IEEE writes.</summary>
    public static IEnumerable<RegistryEntry> Read(string text)
    {
        int record = 0;
        foreach (List<string> fields in Records(text))
        {
            record++;
            if (record == 1)
            {
                if (fields is not ["Registry", "Assignment", "Organization Name", ..])
                {
                    throw new InvalidDataException("The first line is not the IEEE's header line.");
                }

                continue;
            }

            if (fields.Count < 3
                || fields[1].Length is not (6 or 7 or 9)
                || !ulong.TryParse(fields[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong prefix))
            {
                throw new InvalidDataException($"Record {record} is no assignment: {string.Join(',', fields)}");
            }

            yield return new RegistryEntry(prefix, fields[1].Length * 4, fields[2]);
        }
    }

    private static IEnumerable<List<string>> Records(string text)
    {
        List<string> fields = [];
        StringBuilder field = new();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted)
            {
                if (c != '"')
                {
                    field.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (c is ',' or '\n')
            {
                fields.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    yield return fields;
                    fields = [];
                }
            }
            else if (c is not ('\r' or '\uFEFF'))
            {
                field.Append(c);
            }
        }

        if (fields.Count > 0)
        {
            fields.Add(field.ToString());
            yield return fields;
        }
    }
}
