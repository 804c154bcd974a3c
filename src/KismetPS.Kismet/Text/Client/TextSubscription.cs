namespace KismetPS.Kismet.Text.Client;

/// <summary>A sentence that was asked for, with the fields in the order asked for.</summary>
internal sealed class TextSubscription
{
    // What is between the fields is one blank, and these are printed without quotes though they may hold some: they go last, so that what is behind the
    // others' last blank is theirs. wps_manuf was quoted only after 2016-07-R1.
    private static readonly (string Sentence, string Field)[] Loose =
    [
        ("SOURCE", "interface"), ("CARD", "interface"), ("SSID", "wps_manuf"), ("INFO", "signal"), ("STRING", "text"), ("STATUS", "text"),
    ];

    private readonly TextField[] _fields;
    private readonly string[] _names;
    private readonly byte[] _nameBytes;

    private TextSubscription(string name, TextKind kind, string[] names, TextEra era, bool loose)
    {
        Name = name;
        _nameBytes = System.Text.Encoding.ASCII.GetBytes(name);
        Kind = kind;
        _names = names;
        _fields = [.. names.Select(FieldOf)];
        IsLoose = loose;
        IsRaw = SentenceReader.IsRawSentence(_nameBytes, era);

        // INFO.signal of stable is several words wherever it stands.
        WideField = loose ? names.Length - 1 : name == "INFO" && era == TextEra.Stable ? Array.IndexOf(names, "signal") : -1;
    }

    /// <summary>Name of the sentence.</summary>
    public string Name { get; }

    /// <summary>Its name as on the wire.</summary>
    public ReadOnlySpan<byte> NameBytes => _nameBytes;

    /// <summary>What it is about.</summary>
    public TextKind Kind { get; }

    /// <summary>The fields.</summary>
    public ReadOnlySpan<TextField> Fields => _fields;

    /// <summary>Their names on the wire.</summary>
    public ReadOnlySpan<string> Names => _names;

    /// <summary>Whether the last field takes all that is left of the line.</summary>
    public bool IsLoose { get; }

    /// <summary>Place of the field that is more than one word: the last where it takes all that is left, or one with as many as there are too many; -1 for none.</summary>
    public int WideField { get; }

    /// <summary>Whether the sentence is one raw value, whatever fields it was asked for with.</summary>
    public bool IsRaw { get; }

    /// <summary>All fields of a sentence that can be relied on, in an order that survives what old servers forget to quote.</summary>
    public static TextSubscription All(SentenceDefinition sentence, TextEra era)
    {
        string? loose = Loose.FirstOrDefault(l => l.Sentence == sentence.Name && sentence.IndexOf(l.Field) >= 0).Field;
        List<string> keys = [];
        List<string> others = [];
        foreach (string field in sentence.Fields)
        {
            // Nothing at all or several copies of itself come for it, in every release that has it.
            if (field == loose || (sentence.Name == "CLIENT" && field == "dot11d"))
            {
                continue;
            }

            (IsKey(FieldOf(field)) ? keys : others).Add(field);
        }

        List<string> names = [.. keys, .. others];
        if (sentence.Name == "SOURCE" && loose is not null && names.Remove("username") && keys.Contains("uuid"))
        {
            // Two of them: the UUID, once more between them, tells where the first ends.
            names.AddRange(["username", "uuid"]);
        }

        if (loose is not null)
        {
            names.Add(loose);
        }

        return Of(sentence.Name, [.. names], era, loose is not null);
    }

    /// <summary>A sentence with the fields in an order that is given, such as the default one.</summary>
    public static TextSubscription Of(string name, string[] fields, TextEra era, bool loose = false) =>
        new(name, KindOf(name), fields, era, loose);

    /// <summary>A sentence with the fields in the order of the line, where what is printed without quotes takes the rest if it is last.</summary>
    public static TextSubscription InOrder(string name, string[] fields, TextEra era) =>
        Of(name, fields, era, fields.Length > 0 && Array.IndexOf(Loose, (name, fields[^1])) >= 0);

    /// <summary>The field of a name on the wire.</summary>
    public static TextField FieldOf(string name) =>
        name.Length > 0 && char.IsAsciiLetter(name[0]) && Enum.TryParse(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out TextField field) ? field : TextField.None;

    private static bool IsKey(TextField field) => field is TextField.Bssid or TextField.Mac or TextField.Checksum or TextField.Uuid;

    private static TextKind KindOf(string name) => name switch
    {
        "BSSID" => TextKind.Bss,
        "SSID" => TextKind.Ssid,
        "NETWORK" => TextKind.Network,
        "CLIENT" => TextKind.Client,
        "BSSIDSRC" => TextKind.BssSource,
        "CLISRC" => TextKind.ClientSource,
        "REMOVE" => TextKind.Remove,
        "ALERT" => TextKind.Alert,
        "SOURCE" or "CARD" => TextKind.Source,
        "INFO" => TextKind.Info,
        "GPS" => TextKind.Gps,
        "TIME" => TextKind.Time,
        "STATUS" or "CRITFAIL" => TextKind.Message,
        "CHANNEL" => TextKind.Channel,
        "BATTERY" => TextKind.Battery,
        "NETTAG" => TextKind.NetworkTag,
        "CLITAG" => TextKind.ClientTag,
        _ => TextKind.Other,
    };
}
