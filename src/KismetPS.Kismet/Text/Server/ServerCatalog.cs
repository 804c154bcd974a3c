using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace KismetPS.Kismet.Text.Server;

/// <summary>
/// What the server offers to clients of one era: its own fields first and in its own order, then those only the other era has. So a client that
/// counts words finds them where it expects them, and one that was taken for the wrong era still finds every field it asks for.
/// A list of stable's is that of 2008, which has rssi and rssi_max in NETWORK between what 2005 had already: clients of either name the fields they
/// read, and one that asks for all of them (*) has said nothing by then that tells 2005 from 2008.
/// Only what can come is listed: PACKET, STRING, WEPKEY, TRACKINFO, COMMON, CRITFAIL and PLUGIN never would.
/// </summary>
internal sealed class ServerCatalog
{
    private static readonly ServerCatalog s_stable = new(TextEra.Stable);
    private static readonly ServerCatalog s_newcore = new(TextEra.Newcore);

    private readonly SentenceCatalog _catalog;
    private readonly Dictionary<SentenceDefinition, ServedSentence> _served = [];
    private readonly ServedSentence[] _byKind = new ServedSentence[Enum.GetValues<SentenceKind>().Length];

    private ServerCatalog(TextEra era)
    {
        Era = era;
        SentenceCatalog own = SentenceCatalog.Newest(era);
        SentenceCatalog other = SentenceCatalog.Newest(era == TextEra.Stable ? TextEra.Newcore : TextEra.Stable);
        List<SentenceDefinition> definitions = [];
        foreach (SentenceKind kind in Enum.GetValues<SentenceKind>())
        {
            string name = kind.ToString().ToUpperInvariant();
            SentenceDefinition definition = Merge(own.Find(name), other.Find(name));
            definitions.Add(definition);
            _byKind[(int)kind] = _served[definition] = new ServedSentence(kind, era, definition);
        }

        _catalog = new SentenceCatalog("KismetPS", era, definitions);
        Protocols = Encoding.ASCII.GetBytes(string.Join(',', ListingOrder.Select(kind => this[kind].Definition.Name)));
    }

    /// <summary>The era.</summary>
    public TextEra Era { get; }

    /// <summary>The value of PROTOCOLS.</summary>
    public byte[] Protocols { get; }

    /// <summary>A sentence by kind.</summary>
    public ServedSentence this[SentenceKind kind] => _byKind[(int)kind];

    // As the servers list them: the required ones first, then those of newcore in its order, then what only stable has.
    private static SentenceKind[] ListingOrder =>
    [
        SentenceKind.Kismet, SentenceKind.Error, SentenceKind.Ack, SentenceKind.Protocols, SentenceKind.Capability, SentenceKind.Terminate, SentenceKind.Time,
        SentenceKind.Status, SentenceKind.Source, SentenceKind.Alert, SentenceKind.Gps, SentenceKind.Bssid, SentenceKind.Ssid, SentenceKind.Client,
        SentenceKind.BssidSrc, SentenceKind.CliSrc, SentenceKind.NetTag, SentenceKind.CliTag, SentenceKind.Remove, SentenceKind.Channel, SentenceKind.Info,
        SentenceKind.Battery, SentenceKind.Network, SentenceKind.Card,
    ];

    /// <summary>The catalog of an era; newcore's for one not known yet.</summary>
    public static ServerCatalog Of(TextEra era) => era == TextEra.Stable ? s_stable : s_newcore;

    /// <summary>Whether clients have this sentence on without asking, as both eras give it to them.</summary>
    public static bool IsRequired(SentenceKind kind) => kind <= SentenceKind.Time;

    /// <summary>Finds a sentence by the name a client sent.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, [NotNullWhen(true)] out ServedSentence? sentence)
    {
        sentence = _catalog.TryGet(name, out SentenceDefinition? definition) ? _served[definition] : null;
        return sentence is not null;
    }

    private static SentenceDefinition Merge(SentenceDefinition? own, SentenceDefinition? other)
    {
        // One raw value each, or a form of its own in each era: nothing to add.
        if (own is { Name: "KISMET" or "ERROR" or "ACK" or "STATUS" } || other is null)
        {
            return own!;
        }

        return own is null ? other : new SentenceDefinition(own.Name, [.. own.Fields, .. other.Fields.Except(own.Fields)]);
    }
}
