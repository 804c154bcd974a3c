using KismetPS.Kismet;
using KismetPS.Kismet.Text;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Completion;

/// <summary>Sentences of the servers connected to, else of the newest release of each era.</summary>
internal static class OfferedSentences
{
    public static IEnumerable<SentenceDefinition> Now(IEnumerable<DeviceSession> sessions)
    {
        SentenceDefinition[] offered = [.. sessions.OfType<KismetConnection>().SelectMany(static c => c.Offered)];
        return offered.Length > 0 ? offered : SentenceCatalog.Newest(TextEra.Newcore).Sentences.Concat(SentenceCatalog.Newest(TextEra.Stable).Sentences);
    }
}
