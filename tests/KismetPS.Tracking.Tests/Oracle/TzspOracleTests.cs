using System.Net;
using System.Net.Sockets;
using KismetPS.Capture.Tzsp;
using KismetPS.TestKit;
using Xunit;

namespace KismetPS.Tracking.Tests.Oracle;

/// <summary>The same frames as a file, as TZSP in a file and as TZSP over real UDP are the same devices.</summary>
public sealed class TzspOracleTests
{
    /// <summary>
    /// Its radiotap headers promise an FCS for 180 frames and tell nothing of the twelve others, which have none. Wrapped without any header, one
    /// sensor sends both: an FCS there is, so the twelve read as damaged.
    /// </summary>
    private const string MixedFcs = "aircrack-test1.pcap";
    private const int FramesWithoutFcs = 12;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    public static TheoryData<string> Captures => OracleCaptures.All;

    [CapturesTheory]
    [MemberData(nameof(Captures))]
    public async Task Devices_heard_over_udp_are_those_of_the_file(string file)
    {
        using KismetImport original = Imports.Run(OracleCaptures.Path(file));
        using KismetImport wrapped = Imports.Run(OracleCaptures.TzspPath(file));
        using TzspListener listener = TzspListener.Start(new TzspListenerOptions { Port = 0, Address = IPAddress.Loopback });
        IReadOnlyList<byte[]> messages = Messages(file);
        await SendAsync(listener, messages);
        await listener.StopAsync().WaitAsync(s_patience);

        IReadOnlyList<KismetDevice> ofFile = original.GetDevices();
        IReadOnlyList<KismetDevice> ofUdp = listener.GetDevices();
        Assert.Equal(messages.Count, listener.Statistics.Received);
        Assert.Equal(0, listener.Statistics.KernelDropped);
        Assert.Equal(DeviceLine.Of(wrapped.GetDevices()), DeviceLine.Of(ofUdp));
        HashSet<string> all = [.. ofUdp.Select(static d => d.MacAddress)];
        Assert.Equal(DeviceLine.RadioOf(wrapped.GetDevices(), all), DeviceLine.RadioOf(ofUdp, all));

        // The wrapper makes up a signal where the file has none, and tells the bare channel number in 6 GHz, which reads as another band's.
        HashSet<string> told = [.. ofFile.Where(static d => d.SignalDbm is not null && d.FrequencyMHz is null or < 5925).Select(static d => d.MacAddress)];
        if (file == MixedFcs)
        {
            Assert.Equal(FramesWithoutFcs, listener.Statistics.DropReasons.Single(static r => r.Name == "FcsError").Count);
            Assert.Subset(ofFile.Select(static d => d.MacAddress).ToHashSet(), all);
            return;
        }

        Assert.Equal(DeviceLine.Of(ofFile), DeviceLine.Of(ofUdp));
        Assert.Equal(DeviceLine.RadioOf(ofFile, told), DeviceLine.RadioOf(ofUdp, told));
    }

    // The messages of a capture of UDP datagrams: Ethernet 14, IPv4 20, UDP 8.
    private static IReadOnlyList<byte[]> Messages(string file) =>
        [.. PcapFileReader.ReadAll(OracleCaptures.TzspPath(file)).Select(static p => p.Bytes[42..])];

    // In steps that fit any receive buffer, so that no kernel drop makes the comparison void.
    private static async Task SendAsync(TzspListener listener, IReadOnlyList<byte[]> messages)
    {
        const int Step = 64;
        using UdpClient client = new();
        client.Connect(IPAddress.Loopback, listener.Port);
        DateTime end = DateTime.UtcNow + s_patience;
        for (int sent = 0; sent < messages.Count;)
        {
            for (int stop = Math.Min(messages.Count, sent + Step); sent < stop; sent++)
            {
                client.Send(messages[sent]);
            }

            while (listener.Statistics.Received < sent)
            {
                Assert.True(DateTime.UtcNow < end, $"{listener.Statistics.Received} of {sent} received.");
                await Task.Yield();
            }
        }
    }
}
