using KismetPS.Capture;
using KismetPS.Tracking;

namespace KismetPS.Export.Messages;

/// <summary>Makes encoders.</summary>
internal static class MessageEncoders
{
    private const int MinBytes = 512;
    private const int DefaultLine = 1023;
    private const int DefaultSyslog = 2048;

    /// <summary>Names of all fields, as the properties are called.</summary>
    public static IReadOnlyList<string> FieldNames { get; } = [.. DeviceMessageFields.All.Select(static f => f.Name)];

    /// <summary>An encoder. Throws <see cref="KismetException"/> (ArgumentInvalid) where a field is not known or named twice.</summary>
    public static IMessageEncoder Create(DeviceDataFormat format, MessageOptions options)
    {
        MessageFieldSet<KismetDevice> device = DeviceSet(format, options.Fields);
        MessageFieldSet<KismetAlert> alert = new(
            format switch
            {
                DeviceDataFormat.Csv => AlertMessageFields.Csv,
                DeviceDataFormat.Simple => AlertMessageFields.Simple,
                _ => AlertMessageFields.All,
            },
            AlertMessageFields.LeastImportantFirst);
        int most = options.MaxBytes switch
        {
            0 => 0,
            int given => Math.Max(given, MinBytes),
            null when format is DeviceDataFormat.Syslog or DeviceDataFormat.Cef => DefaultSyslog,
            null when format is DeviceDataFormat.Gelf => 0,
            null => DefaultLine,
        };
        return format switch
        {
            DeviceDataFormat.Json => new JsonEncoder(device, alert, most),
            DeviceDataFormat.Csv => new CsvEncoder(device, alert, most),
            DeviceDataFormat.Simple => new SimpleEncoder(device, alert, most),
            DeviceDataFormat.Syslog => new SyslogEncoder(device, alert, most, new SyslogHeader(options)),
            DeviceDataFormat.Cef => new CefEncoder(device, alert, most, new SyslogHeader(options), options),
            DeviceDataFormat.Gelf => new GelfEncoder(device, alert, most, options),
            _ => throw new KismetException(KismetErrorId.ArgumentInvalid, $"The format {format} is not known."),
        };
    }

    /// <summary>How messages of the format are told apart on a stream.</summary>
    public static MessageFraming FramingOf(DeviceDataFormat format) => format switch
    {
        DeviceDataFormat.Syslog or DeviceDataFormat.Cef => MessageFraming.OctetCount,
        DeviceDataFormat.Gelf => MessageFraming.Nul,
        _ => MessageFraming.LineFeed,
    };

    /// <summary>The field of a name, of the property or as in messages, in any case; null if there is none.</summary>
    public static MessageField<KismetDevice>? Find(string name) => Array.Find(
        DeviceMessageFields.All,
        f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase) || string.Equals(f.Wire, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The fields of a list of names. Throws <see cref="KismetException"/> (ArgumentInvalid) where one is not known or named twice, or there is none.</summary>
    public static List<MessageField<KismetDevice>> Choose(IReadOnlyList<string> names)
    {
        var chosen = new List<MessageField<KismetDevice>>();
        foreach (string name in names)
        {
            MessageField<KismetDevice> field = Find(name.Trim())
                ?? throw new KismetException(KismetErrorId.ArgumentInvalid, $"There is no field '{name}'.", $"Fields are {string.Join(", ", FieldNames)}.");
            if (chosen.Contains(field))
            {
                throw new KismetException(KismetErrorId.ArgumentInvalid, $"The field {field.Name} is named twice.", "Name each field once.");
            }

            chosen.Add(field);
        }

        return chosen.Count > 0
            ? chosen
            : throw new KismetException(KismetErrorId.ArgumentInvalid, "The list of fields is empty.", "Name at least one field, MacAddress for instance.");
    }

    private static MessageFieldSet<KismetDevice> DeviceSet(DeviceDataFormat format, IReadOnlyList<string>? names)
    {
        if (names is null)
        {
            MessageField<KismetDevice>[] fields = format switch
            {
                DeviceDataFormat.Json => DeviceMessageFields.Json,
                DeviceDataFormat.Csv => DeviceMessageFields.Csv,
                DeviceDataFormat.Simple => DeviceMessageFields.Simple,
                DeviceDataFormat.Cef => DeviceMessageFields.Cef,
                _ => DeviceMessageFields.Log,
            };
            return new MessageFieldSet<KismetDevice>(fields, DeviceMessageFields.LeastImportantFirst);
        }

        List<MessageField<KismetDevice>> chosen = Choose(names);

        // The last is given up first; the address never, since without it nobody knows what the rest is about.
        return new MessageFieldSet<KismetDevice>(chosen, [.. Enumerable.Reverse(chosen).Where(static f => f != DeviceMessageFields.MacAddress)]);
    }
}
