using System.Collections.Frozen;
using System.Collections.Specialized;

namespace KismetPS.Kismet.Text.Client;

/// <summary>Sentences as objects: values by field names, each of the one type its field has.</summary>
internal static class SentenceValues
{
    private static readonly FrozenDictionary<string, FieldType> Types = Table();

    private enum FieldType
    {
        Number,
        Decimal,
        Flag,
        Time,
        Text,
    }

    /// <summary>Makes the object of a line that was found to be a sentence. Without a subscription its words are numbered.</summary>
    public static KismetSentence Make(ReadOnlySpan<byte> line, SentenceReader sentence, TextEra era, TextSubscription? subscription, DateTimeOffset now, int sessionId)
    {
        string name = System.Text.Encoding.ASCII.GetString(sentence.Name);
        OrderedDictionary fields = [];
        int extra = 0;
        FieldReader reader = new(sentence, subscription);
        while (reader.TryReadNamed(out string? field, out Word word))
        {
            field ??= $"word{++extra}";
            if (!fields.Contains(field))
            {
                fields.Add(field, Value(name, field, word));
            }
        }

        return new KismetSentence(line.ToArray()) { Name = name, Era = era, Fields = fields, ReceivedAt = now, SessionId = sessionId };
    }

    private static object? Value(string sentence, string field, scoped in Word word)
    {
        FieldType type = field == "type" && sentence is "SOURCE" or "CARD" ? FieldType.Text
            : Types.TryGetValue(field, out FieldType known) ? known
            : field.EndsWith("lat", StringComparison.Ordinal) || field.EndsWith("lon", StringComparison.Ordinal) || field.EndsWith("alt", StringComparison.Ordinal) || field.EndsWith("spd", StringComparison.Ordinal)
                ? FieldType.Decimal
                : FieldType.Number;
        switch (type)
        {
            case FieldType.Number when word.TryGetInt64(out long number):
                return number;
            case FieldType.Number when word.TryGetUInt64(out ulong large):
                return large;
            case FieldType.Decimal when word.TryGetDouble(out double value):
                return value;
            case FieldType.Flag when word.TryGetInt64(out long flag):
                return flag != 0;
            case FieldType.Time when word.TryGetInt64(out long seconds):
                return UserText.Time(seconds);
            default:
                return word.IsEmpty ? "" : UserText.Of(word.Value);
        }
    }

    private static FrozenDictionary<string, FieldType> Table()
    {
        Dictionary<string, FieldType> types = [];
        Add(FieldType.Flag, "cloaked decrypted channelhop charging ac connected unloadable root hopping encrypted decrypted");
        Add(FieldType.Time, "firsttime lasttime starttime timesec sec time");
        Add(FieldType.Decimal, "maxrate heading hdop vdop");
        Add(
            FieldType.Text,
            "bssid mac source dest other sourcemac destmac macaddr uuid rangeip netmaskip gatewayip ip sourceip destip ssid beaconinfo manuf manufkey text header servername version " +
            "newversion dumpfiles cdpdevice cdpport dhcphost dhcpvendor dot11d freqmhz interface username channellist warning tag value message string key name filename description " +
            "satinfo wps_manuf wps_device_name wps_model_name wps_model_number protocols capabilities nbsource sourcename phytype");
        return types.ToFrozenDictionary();

        void Add(FieldType type, string names)
        {
            foreach (string name in names.Split(' '))
            {
                types[name] = type;
            }
        }
    }
}
