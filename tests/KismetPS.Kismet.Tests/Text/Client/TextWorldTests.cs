using KismetPS.Kismet.Text;
using KismetPS.Kismet.Text.Client;
using KismetPS.TestKit;
using KismetPS.Tracking.Remote;
using Xunit;

namespace KismetPS.Kismet.Tests.Text.Client;

/// <summary>What sentences change in the tables.</summary>
public sealed class TextWorldTests
{
    [KismetReferenceFact]
    public void What_is_told_again_and_again_allocates_nothing()
    {
        SentenceCatalog release = SentenceCatalog.Find("2016-07-R1")!;
        Dictionary<string, TextSubscription> subscriptions = [];
        foreach (string name in new[] { "BSSID", "SSID", "CLIENT", "BSSIDSRC", "CLISRC", "CHANNEL", "INFO", "TIME" })
        {
            subscriptions.Add(name, TextSubscription.InOrder(name, [.. release.Find(name)!.Fields], TextEra.Newcore));
        }

        List<(byte[] Line, TextSubscription Subscription)> said = [];
        foreach (byte[] line in Lines.Framed(KismetReference.Transcript("2016-05-live-enable-star.txt").Where(static l => l.FromServer).SelectMany(static l => l.Bytes).ToArray()))
        {
            if (SentenceReader.Read(line, TextEra.Newcore, out SentenceReader sentence) == SentenceStatus.Ok && subscriptions.TryGetValue(Lines.Text(sentence.Name), out TextSubscription? subscription))
            {
                said.Add((line, subscription));
            }
        }

        Assert.True(said.Count > 400, $"{said.Count} lines");
        TextWorld world = new(new RemoteTables(10_000, 100, 1)) { Era = TextEra.Newcore };
        long least = long.MaxValue;
        for (int round = 0; round < 20; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach ((byte[] line, TextSubscription subscription) in said)
            {
                SentenceReader.Read(line, TextEra.Newcore, out SentenceReader sentence);
                world.Take(sentence, subscription, default);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
        Assert.Equal(20L * said.Count, world.Taken);
    }
}
