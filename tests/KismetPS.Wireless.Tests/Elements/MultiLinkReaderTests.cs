using KismetPS.TestKit.Frames;
using KismetPS.Wireless.Elements;
using Xunit;

namespace KismetPS.Wireless.Tests.Elements;

public sealed class MultiLinkReaderTests
{
    private static readonly MacAddress Ap = MacAddress.Parse("02:AA:00:00:00:0A");
    private static readonly MacAddress Mld = MacAddress.Parse("02:AA:00:00:00:FF");

    [Fact]
    public void LinksOfABasicElement()
    {
        List<MultiLinkStation> links = Links(Element(0, [Profile(1, true), [221, 3, 1, 2, 3], Profile(2, true), Profile(9, false)]), out MacAddress mld);
        Assert.Equal(Mld, mld);
        Assert.Equal([new(1, Link(1)), new(2, Link(2)), new(9, default)], links);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void OtherTypesHaveNoAddress(int type)
    {
        var frame = new DecodedFrame(FrameBuilder.BareBeacon(Ap).ExtendedElement(107, Element(type, [Profile(1, true)])).Build());
        Assert.False(frame.Elements.Has(ElementParts.MultiLink));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(120)]
    [InlineData(240)]
    public void LinksGoOnInFragments(int profileExtra)
    {
        // Six profiles that together are longer than one element: cut into 254 + 255 + ... bytes (10.28.11).
        byte[] element = Element(0, [.. Enumerable.Range(1, 6).Select(i => Profile(i, true, profileExtra))]);
        Assert.Equal(Enumerable.Range(1, 6).Select(i => new MultiLinkStation((byte)i, Link(i))), Links(element, out _));
    }

    [Fact]
    public void AFragmentGoesOnOnlyWhereTheOneBeforeIsFull()
    {
        // A stray fragment behind an element of less than 255 bytes, and behind a fragment of less.
        byte[] stray = Profile(5, true);
        Assert.Equal([new(1, Link(1))], Read(new DecodedFrame(Frame(Element(0, [Profile(1, true)])).Element(242, stray).Build())));
        byte[] element = Element(0, [.. Enumerable.Range(1, 6).Select(i => Profile(i, true, 40))]);
        Assert.NotEqual(0, (element.Length - 254) % 255);
        Assert.Equal(6, Read(new DecodedFrame(Frame(element).Element(242, stray).Build())).Count);
    }

    [Fact]
    public void CutFragmentsEndTheList()
    {
        byte[] element = Element(0, [.. Enumerable.Range(1, 6).Select(i => Profile(i, true, 100))]);
        byte[] frame = Frame(element).Build();
        int last = 0;
        for (int length = 40; length <= frame.Length; length++)
        {
            var decoded = new DecodedFrame(frame[..length]);
            if (!decoded.Elements.Has(ElementParts.MultiLink))
            {
                continue;
            }

            int count = Read(decoded).Count;
            Assert.True(count >= last);
            last = count;
        }

        Assert.Equal(6, last);
    }

    private static List<MultiLinkStation> Links(byte[] element, out MacAddress mld)
    {
        var frame = new DecodedFrame(Frame(element).Ssid("after").Build());
        Assert.True(frame.Elements.Has(ElementParts.MultiLink));
        Assert.Equal("after", frame.Text(frame.Elements.Ssid));
        mld = frame.Elements.MldAddress;
        return Read(frame);
    }

    private static List<MultiLinkStation> Read(DecodedFrame frame)
    {
        var reader = new MultiLinkReader(frame.Frame, frame.Elements.MultiLinkOffset);
        var links = new List<MultiLinkStation>();
        while (reader.TryRead(out MultiLinkStation station))
        {
            links.Add(station);
        }

        Assert.False(reader.TryRead(out _));
        return links;
    }

    private static FrameBuilder Frame(byte[] element)
    {
        FrameBuilder frame = FrameBuilder.BareBeacon(Ap).ExtendedElement(107, element.AsSpan(0, Math.Min(254, element.Length)));
        for (int at = 254; at < element.Length; at += 255)
        {
            frame = frame.Element(242, element.AsSpan(at, Math.Min(255, element.Length - at)));
        }

        return frame;
    }

    private static MacAddress Link(int id) => new(0x02AA_0000_0100UL + (ulong)id);

    /// <summary>Control, common info of MLD address and link id, then the subelements.</summary>
    private static byte[] Element(int type, byte[][] subelements)
    {
        Span<byte> address = stackalloc byte[6];
        Mld.Write(address);
        return [(byte)(0x10 | type), 0, 8, .. address, 0, .. subelements.SelectMany(s => s)];
    }

    private static byte[] Profile(int link, bool hasAddress, int extra = 0)
    {
        Span<byte> address = stackalloc byte[6];
        Link(link).Write(address);
        byte[] info = hasAddress ? [7, .. address] : [1];
        return [0, (byte)(2 + info.Length + extra), (byte)(link | (hasAddress ? 0x20 : 0)), 0, .. info, .. new byte[extra]];
    }
}
