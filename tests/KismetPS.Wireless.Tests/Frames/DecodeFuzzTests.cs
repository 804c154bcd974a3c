using KismetPS.TestKit;
using KismetPS.TestKit.Frames;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;
using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Wireless.Tests.Frames;

/// <summary>Frames cut at every byte and with flipped bytes: no exception, every place inside the frame, no address out of a cut header.</summary>
public sealed class DecodeFuzzTests
{
    private const FrameParts AnyAddress = FrameParts.Receiver | FrameParts.Transmitter | FrameParts.Source | FrameParts.Destination
        | FrameParts.Bssid | FrameParts.MeshSource | FrameParts.MeshDestination;

    private static readonly MacAddress A = MacAddress.Parse("02:AA:00:00:00:0A");
    private static readonly MacAddress B = MacAddress.Parse("02:BB:00:00:00:0B");
    private static readonly MacAddress C = MacAddress.Parse("02:CC:00:00:00:0C");
    private static readonly MacAddress D = MacAddress.Parse("02:DD:00:00:00:0D");

    public static TheoryData<string> Files => OracleCaptures.All;

    [CapturesTheory]
    [MemberData(nameof(Files))]
    public void CutAtEveryByteAndFlipped(string file)
    {
        var random = new Random(20_250_811);
        int step = 1;
        IReadOnlyList<CapturedPacket> packets = OracleCaptures.Packets(file);
        if (packets.Count > 2000)
        {
            step = packets.Count / 500; // the volume capture repeats itself
        }

        for (int i = 0; i < packets.Count; i += step)
        {
            Torture(packets[i].Bytes, (LinkType)packets[i].LinkType, random, flips: 24);
        }
    }

    [Fact]
    public void BuiltFramesCutAtEveryByteAndFlipped()
    {
        var random = new Random(42);
        foreach (byte[] frame in BuiltFrames())
        {
            Torture(frame, LinkType.Ieee80211, random, flips: 400);
        }
    }

    [Fact]
    public void ArbitraryBytes()
    {
        var random = new Random(7);
        LinkType[] links = [LinkType.Ieee80211, LinkType.Radiotap, LinkType.Prism, LinkType.Avs, LinkType.Ppi];
        for (int i = 0; i < 40_000; i++)
        {
            var packet = new byte[random.Next(0, 120)];
            random.NextBytes(packet);
            if (packet.Length > 2 && random.Next(2) == 0)
            {
                packet[0] &= 0xFC;
                packet[1] = 0;
            }

            Check(packet, links[i % links.Length]);
        }
    }

    /// <summary>Elements whose length fields lie, around every payload reader.</summary>
    [Fact]
    public void ArbitraryElements()
    {
        var random = new Random(11);
        byte[] ids = [0, 1, 3, 7, 11, 37, 45, 48, 50, 60, 61, 71, 114, 133, 191, 192, 201, 221, 242, 244, 255];
        byte[] extensions = [35, 36, 59, 106, 107, 108];
        uint[] vendors = [VendorOui.Wpa, VendorOui.Wmm, VendorOui.Wps, VendorOui.P2P, VendorOui.OweTransition, VendorOui.RsnOverride];
        for (int i = 0; i < 60_000; i++)
        {
            FrameBuilder frame = FrameBuilder.BareBeacon(A, random.Next(65536));
            int count = random.Next(1, 5);
            for (int n = 0; n < count; n++)
            {
                var payload = new byte[random.Next(0, random.Next(4) == 0 ? 252 : 40)];
                random.NextBytes(payload);
                if (payload.Length > 2 && random.Next(2) == 0)
                {
                    payload[0] = 1;
                    payload[1] = 0;
                }

                byte id = ids[random.Next(ids.Length)];
                frame = id switch
                {
                    255 => frame.ExtendedElement(extensions[random.Next(extensions.Length)], payload),
                    221 when payload.Length <= 251 => Vendor(frame, vendors[random.Next(vendors.Length)], payload),
                    _ => frame.Element(id, payload),
                };
            }

            byte[] bytes = frame.Build();
            Check(bytes.AsSpan(0, bytes.Length - random.Next(0, 3)).ToArray(), LinkType.Ieee80211);
        }

        static FrameBuilder Vendor(FrameBuilder frame, uint oui, byte[] payload) => frame.VendorElement(oui >> 8, (byte)oui, payload);
    }

    private static IEnumerable<byte[]> BuiltFrames()
    {
        foreach (SecurityPreset security in Enum.GetValues<SecurityPreset>())
        {
            yield return FrameBuilder.Beacon(A, "network", 36, security).Vht(1, 42, 50).Build();
            yield return FrameBuilder.AssociationRequest(B, A, "network", security).HtCapabilities().VhtCapabilities().Build();
        }

        for (int message = 1; message <= 6; message++)
        {
            yield return FrameBuilder.EapolKey(message, A, B).Build();
        }

        yield return FrameBuilder.Mesh(A, B, C, D, B, C).Snap(0x0800, new byte[30]).Build();
        yield return FrameBuilder.Wds(A, B, C, D, tid: 3).HtControl().Protect(DataProtection.Tkip).Body(new byte[60]).Build();
        yield return FrameBuilder.FromDs(A, A, B, tid: 0).Subframe(B, C, new byte[29]).Subframe(B, D, new byte[36]).Build();
        yield return FrameBuilder.Authentication(A, B, A, 1, 2).Element(16, new byte[128]).Build();
        yield return FrameBuilder.ReassociationRequest(B, A, C, "network").Build();
        yield return FrameBuilder.AssociationResponse(A, B).Build();
        yield return FrameBuilder.Action(B, A, A, 0, 4).Element(37, 0, 11, 3).Build();
        yield return FrameBuilder.Rts(A, B).Build();
        yield return FrameBuilder.BlockAck(A, B).Build();
    }

    private static void Torture(byte[] packet, LinkType link, Random random, int flips)
    {
        Check(packet, link);
        for (int length = 0; length < packet.Length; length++)
        {
            Check(packet[..length], link);
        }

        if (packet.Length == 0)
        {
            return;
        }

        var copy = new byte[packet.Length];
        for (int i = 0; i < flips; i++)
        {
            packet.CopyTo(copy, 0);
            for (int n = random.Next(1, 4); n > 0; n--)
            {
                // Half of the time near the start, where lengths and types are.
                copy[random.Next(random.Next(2) == 0 ? copy.Length : Math.Min(64, copy.Length))] = (byte)random.Next(256);
            }

            Check(copy, link);
        }
    }

    private static void Check(byte[] packet, LinkType link)
    {
        RadioInfo radio = default;
        FrameFacts facts = default;
        DecodeStatus status = FrameDecoder.Decode(packet, link, null, ref radio, ref facts);
        Assert.InRange(facts.FrameOffset, 0, packet.Length);
        Assert.InRange(facts.FrameLength, 0, packet.Length - facts.FrameOffset);
        if (status != DecodeStatus.Ok)
        {
            Assert.Equal(FrameParts.None, facts.Parts & AnyAddress);
            Assert.True(facts.Receiver.IsZero && facts.Transmitter.IsZero && facts.Source.IsZero && facts.Destination.IsZero && facts.Bssid.IsZero);
            return;
        }

        ReadOnlySpan<byte> frame = packet.AsSpan(facts.FrameOffset, facts.FrameLength);
        Assert.InRange(facts.HeaderLength, 10, frame.Length);
        if (facts.Has(FrameParts.Elements))
        {
            Assert.True(facts.ElementsLength > 0 && facts.ElementsOffset >= facts.HeaderLength && facts.ElementsOffset + facts.ElementsLength == frame.Length);
        }

        // An address is either said to be there or is zero.
        Assert.True(facts.Has(FrameParts.Transmitter) || facts.Transmitter.IsZero);
        Assert.True(facts.Has(FrameParts.Source) || facts.Source.IsZero);
        Assert.True(facts.Has(FrameParts.Destination) || facts.Destination.IsZero);
        Assert.True(facts.Has(FrameParts.Bssid) || facts.Bssid.IsZero);
        Assert.True(facts.Has(FrameParts.MeshSource) || facts.MeshSource.IsZero);
        Assert.True(facts.Has(FrameParts.EapolKey) == (facts.EapolMessage is >= 1 and <= 6));

        ElementFacts elements = default;
        ElementReader.Read(frame, in facts, ref elements);
        foreach (ByteRange range in new[]
        {
            elements.Ssid, elements.MeshId, elements.ApName, elements.OweSsid, elements.WpsDeviceName, elements.WpsManufacturer,
            elements.WpsModelName, elements.WpsModelNumber, elements.WpsSerial, elements.ReducedNeighborReport,
        })
        {
            Assert.True(range.IsEmpty || (range.Offset >= facts.ElementsOffset && range.Offset + range.Length <= frame.Length));
        }

        Assert.InRange(elements.Ssid.Length, 0, 32);
        Assert.InRange(elements.MeshId.Length, 0, 32);
        Assert.InRange(elements.OweSsid.Length, 0, 32);
        Assert.True(elements.WidthMHz is 0 or 20 or 40 or 80 or 160 or 320);
        Assert.InRange(elements.MaxRateKbps, 0, 46_116_667);
        Assert.True(elements.Has(ElementParts.Channel) || elements.Channel == 0);
        if ((elements.Security.Encryption & (WirelessEncryption.Open | WirelessEncryption.Wep)) != 0)
        {
            // Nothing else beside them, and only where the capability field was there.
            Assert.True(elements.Security.Encryption is WirelessEncryption.Open or WirelessEncryption.Wep);
            Assert.True(facts.Has(FrameParts.Capability));
        }

        _ = SecurityText.Of(in elements.Security);
        int links = 0;
        if (elements.Has(ElementParts.MultiLink))
        {
            var reader = new MultiLinkReader(frame, elements.MultiLinkOffset);
            while (reader.TryRead(out MultiLinkStation station))
            {
                Assert.InRange(station.LinkId, 0, 15);
                links++;
            }
        }

        int neighbors = 0;
        var report = new RnrReader(elements.ReducedNeighborReport.Of(frame));
        while (report.TryRead(out _))
        {
            neighbors++;
        }

        Assert.True(neighbors <= elements.NeighborCount || elements.NeighborCount == byte.MaxValue);
        var subframes = new AmsduReader(frame[facts.HeaderLength..]);
        int count = 0;
        while (subframes.TryRead(out _, out _))
        {
            count++;
        }

        Assert.True(links * 5 <= frame.Length && count * 14 <= frame.Length);
    }
}
