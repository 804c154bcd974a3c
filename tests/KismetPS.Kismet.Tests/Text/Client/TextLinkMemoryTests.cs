using KismetPS.Kismet.Text;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Kismet.Tests.Text.Client;

/// <summary>What a connection keeps of what it cannot use. The memory measured is that of the process: no other test runs beside.</summary>
[Collection(AloneCollection.Name)]
public sealed class TextLinkMemoryTests
{
    private static readonly byte[] s_network = Lines.Bytes(
        $"*BSSID: {string.Join(' ', SentenceCatalog.Find("2016-07-R1")!.Find("BSSID")!.Fields.Select(static f => f == "bssid" ? "00:0C:41:82:B2:55" : "0"))} ");

    [Fact]
    public async Task A_flood_of_junk_costs_counters_and_no_memory()
    {
        using ScriptedServer server = new(SentenceCatalog.Find("2016-07-R1")!, [s_network]);
        using KismetConnection session = TextRig.Open(server.Port);
        Random random = new(5);
        byte[] junk = new byte[1 << 20];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < 16; i++)
        {
            random.NextBytes(junk);
            server.Say(Lines.Text(junk));
            server.Say("\n*CAPABILITY: Z" + i + " a,b\n*ACK: " + random.Next() + " \n*ERROR: -1\n");
        }

        await TextRig.Until(() => session.Statistics.Bytes > 16 << 20);
        Assert.True(session.Statistics.Malformed > 1000);
        Assert.Single(session.GetDevices(), static d => d.MacAddress == "00:0C:41:82:B2:55");
        Assert.Equal(KismetSessionState.Running, session.State);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 32 << 20);
    }
}
